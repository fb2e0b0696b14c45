"""The reader's child process: a Word or Excel file in, what stands in it out as JSON.

Started confined by `intake.reading`, with nothing of Django:

    reader.py docx|xlsx FILE FOLDER

Pictures are written into FOLDER. Standard output is one JSON object, {blocks, notes, pictures} or
{sheets, notes}, or {"refused": code} for a file that no second try would read; the codes have their
sentences in `intake.reading`, so that no word of a hostile file gets there.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from documents.reports.intake import excel, word


def read(kind: str, path: Path, folder: Path) -> dict:
    try:
        return word.read(path, folder) if kind == "docx" else excel.read(path)
    except word.Refused as refused:
        return {"refused": str(refused)}
    except (RecursionError, MemoryError):
        return {"refused": "intricate"}
    except Exception as error:  # whatever a file does to the libraries, it would do again
        print(repr(error)[:500], file=sys.stderr)
        return {"refused": "damaged"}


if __name__ == "__main__":
    kind, path, folder = sys.argv[1:]
    json.dump(read(kind, Path(path), Path(folder)), sys.stdout, ensure_ascii=False)
