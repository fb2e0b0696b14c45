"""The child process that opens what strangers sent. Started by door.py, confined and killed on time:

    python -I examiner.py check KIND SOURCE TARGET
    python -I examiner.py preview KIND SOURCE TARGET

Says one JSON object: {"code": …, "changed": …, "removed": …}. `code` is one of refusals.SENTENCES, empty
where the file is fit; `changed` tells that the file to keep is TARGET, `removed` that what acts was taken
out. No word of the file itself is handed on.
"""

import errno
import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from documents.files.kinds import KINDS, OFFICE
from documents.files.office import examine
from documents.files.refusals import Unfit

SIDE = 480  # pixels of a preview


def check(kind: str, source: Path, target: Path) -> dict[str, bool]:
    with source.open("rb") as file:
        if kind in OFFICE:
            examine(file)
        if not KINDS[kind].proves(file):
            raise Unfit("not_real")
    if kind == "pdf":
        from documents.files import pdfs  # each kind pays for its own library alone

        return pdfs.strip(source, target)._asdict()
    if kind in ("png", "jpg"):
        from documents.files import images

        target.write_bytes(images.reencoded(source.read_bytes())[0])
        return {"changed": True, "removed": False}
    return {"changed": False, "removed": False}


def preview(kind: str, source: Path, target: Path) -> dict[str, bool]:
    if kind == "pdf":
        from documents.files import pdfs

        target.write_bytes(pdfs.first_page(source, side=SIDE))
    else:
        from documents.files import images

        target.write_bytes(images.thumbnail(source.read_bytes(), side=SIDE))
    return {"changed": True, "removed": False}


def main(act: str, kind: str, source: str, target: str) -> dict[str, object]:
    try:
        done = {"check": check, "preview": preview}[act](kind, Path(source), Path(target))
        return {"code": "", **done}
    except Unfit as unfit:
        return {"code": unfit.code}
    except MemoryError:
        return {"code": "too_much"}
    except OSError as error:
        return {"code": "disk_full" if error.errno == errno.ENOSPC else "unread"}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
