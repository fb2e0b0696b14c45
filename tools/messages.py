#!/usr/bin/env python3
"""The catalogues of translations, one an app, kept without a system gettext.

tools/messages.py update [APP...]   brings new strings of the sources into locale/<app>/tr/…/django.po
tools/messages.py prune [APP...]    the same, and drops translations whose string is gone
tools/messages.py check             names every gap, contradiction and broken placeholder; exit 1
tools/messages.py compile           makes the .mo files that the application reads
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib

sys.path.insert(0, str(Path(__file__).resolve().parent))
from sources import APPS, ROOT, Found, sources_of

HEADER = {
    "Project-Id-Version": "Karesi Plan",
    "Language": "tr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdrf]|(?<!\{)\{\w*\}(?!\})")

Key = tuple[str | None, str]
Wanted = dict[Key, tuple[Found, list[str]]]


def path_of(app: str) -> Path:
    return ROOT / "locale" / app / "tr" / "LC_MESSAGES" / "django.po"


def load(app: str) -> polib.POFile:
    path = path_of(app)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    empty = polib.POFile(wrapwidth=100)
    empty.metadata = dict(HEADER)
    return empty


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def wanted_by(app: str) -> Wanted:
    """Each string of the app's sources once, in reading order, with the files that use it."""
    wanted: Wanted = {}
    for found in sources_of(app):
        _, files = wanted.setdefault((found.context, found.text), (found, []))
        if found.file not in files:
            files.append(found.file)
        if found.plural and not wanted[found.context, found.text][0].plural:
            wanted[found.context, found.text] = (found, files)
    return wanted


def update(app: str, known: dict[Key, polib.POEntry], *, prune: bool) -> None:
    """Rewrites one catalogue in the order of its sources. A string that another catalogue has
    already is taken over with its translation."""
    old = load(app)
    entries = {key_of(entry): entry for entry in old}
    new = polib.POFile(wrapwidth=100)
    new.metadata = dict(HEADER)
    for key, (found, files) in wanted_by(app).items():
        entry = entries.pop(key, None) or copied(known.get(key)) or polib.POEntry(msgid=found.text)
        entry.msgctxt, entry.obsolete = found.context, False
        if found.plural and not entry.msgid_plural:
            entry.msgstr, entry.msgstr_plural = "", {0: entry.msgstr, 1: ""}
        entry.msgid_plural = found.plural or ""
        entry.occurrences = [(file, "") for file in files]
        entry.flags = sorted(
            {*entry.flags} - {"python-format"} | ({"python-format"} if "%(" in found.text else set())
        )
        new.append(entry)
    for entry in [] if prune else entries.values():
        if entry.translated():
            entry.obsolete, entry.occurrences = True, []
            new.append(entry)
    path_of(app).parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path_of(app)))


def copied(entry: polib.POEntry | None) -> polib.POEntry | None:
    if entry is None:
        return None
    return polib.POEntry(msgid=entry.msgid, msgstr=entry.msgstr, msgstr_plural=dict(entry.msgstr_plural))


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def faults_of(entry: polib.POEntry) -> Iterator[str]:
    if entry.obsolete:
        yield "no source has it any more"
        return
    if entry.fuzzy:
        yield "marked as unsure"
    if not all(translations(entry)):
        yield "not translated"
        return
    allowed = [Counter(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text]
    for text in translations(entry):
        if Counter(PLACEHOLDER.findall(text)) not in allowed:
            yield f"other placeholders than the source: {text!r}"
        if text.endswith("\n") != entry.msgid.endswith("\n"):
            yield "one ends with a line break, the other does not"


def check() -> int:
    faults = []
    seen: dict[Key, tuple[str, list[str]]] = {}
    for app in APPS:
        catalogue = load(app)
        have = {key_of(entry) for entry in catalogue if not entry.obsolete}
        for key, (found, _) in wanted_by(app).items():
            if key not in have:
                faults.append(f"{app}: not in the catalogue (run update): {found.file}: {found.text!r}")
        for entry in catalogue:
            faults += [f"{app}: {fault}: {entry.msgid!r}" for fault in faults_of(entry)]
            first_app, first = seen.setdefault(key_of(entry), (app, translations(entry)))
            if all(first) and all(translations(entry)) and first[:1] != translations(entry)[:1]:
                faults.append(
                    f"{app}: {entry.msgid!r} is {translations(entry)[0]!r} here, {first[0]!r} in {first_app}"
                )
    faults += both_ways()
    print("\n".join(faults) or f"{len(seen)} strings, all translated.")
    return 1 if faults else 0


def both_ways() -> Iterator[str]:
    """Python 3.11.2 of Debian 12 finds no translation that has a plural when it is asked for without one."""
    plain, counted = {}, set()
    for app in APPS:
        for found in sources_of(app):
            key = (found.context, found.text)
            if found.plural:
                counted.add(key)
            else:
                plain[key] = found.file
    for key in sorted(counted & plain.keys(), key=str):
        yield f"{plain[key]}: {key[1]!r} stands elsewhere with a plural; give one of them another wording"


def compile_all() -> None:
    for app in APPS:
        source = path_of(app)
        target = source.with_suffix(".mo")
        if source.exists() and not (target.exists() and target.stat().st_mtime > source.stat().st_mtime):
            load(app).save_as_mofile(str(target))


def main(arguments: list[str]) -> int:
    command, *apps = arguments or [""]
    if command in ("update", "prune") and set(apps) <= set(APPS):
        known = {key_of(entry): entry for app in APPS for entry in load(app) if all(translations(entry))}
        for app in apps or APPS:
            update(app, known, prune=command == "prune")
        return 0
    if command == "check":
        return check()
    if command == "compile":
        compile_all()
        return 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
