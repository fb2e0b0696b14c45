#!/usr/bin/env python3
"""Names Python files that grew beyond what one reads at a sitting; pyproject.toml lists the exceptions."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["karesi_plan"]
    tracked = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = [name for name in tracked.stdout.split() if "migrations" not in name]
    lengths = {name: len((ROOT / name).read_text().splitlines()) for name in names}
    long = {name: lines for name, lines in lengths.items() if lines > rules["longest_file"]}
    faults = [f"{name}: {lines} lines" for name, lines in long.items() if name not in rules["longer_files"]]
    faults += [
        f"{name}: no longer so long, take it off the list"
        for name in rules["longer_files"]
        if name not in long
    ]
    print("\n".join(faults) or f"{len(lengths)} files.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
