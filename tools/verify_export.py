#!/usr/bin/env python3
"""Verifies an export of the history (manage.py verify_audit --export FILE) with nothing but Python.

verify_export.py FILE [--key HEX] [--checkpoints FILE] [--code CODE]

--key          the public key, as the municipality published it: 64 hexadecimal digits. Without it the
               export's own keys are taken and named; compare them with what was published.
--checkpoints  a copy of the file of checkpoints that was kept elsewhere: each must fit.
--code         a code as printed on minutes or on a plan ("1250-ab12-cd34-…"): it must fit. May be repeated.

Ends with 0 where everything fits, with 1 where something does not, naming the first broken entry,
and with 2 where the file cannot be read. The signatures are those of RFC 8032 (Ed25519).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

# --- Ed25519 (RFC 8032, section 5.1), for verifying alone: nothing here is secret, so nothing need be constant in time

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

# A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z.
Point = tuple[int, int, int, int]


def add(one: Point, two: Point) -> Point:
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point = add(point, point)
        number >>= 1
    return result


def same(one: Point, two: Point) -> bool:
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


def x_of(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def point_of(encoded: bytes) -> Point | None:
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(words: bytes, signature: bytes, public: bytes) -> bool:
    """Whether `signature` over `words` was made with the private half of this key."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or BASE is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + words).digest(), "little") % Q
    return same(times(s, BASE), add(commitment, times(h, key)))


# --- The chain


def spelled(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(words: bytes) -> str:
    return hashlib.sha256(words).hexdigest()


CHECKPOINT = ("number", "seq", "hash", "count", "at", "occasion", "thing", "version", "key")
INDEX = {
    "history_id": "history_id",
    "act": "history_type",
    "at": "history_date",
    "actor_id": "history_user_id",
    "actor_name": "history_user_name",
}


class Verification:
    """Reads line by line, so that an export of any size needs little memory."""

    def __init__(self, keys: Iterable[bytes] = ()) -> None:
        self.keys = {sha256(key)[:16]: key for key in keys}
        self.given = bool(self.keys)
        self.header: dict[str, Any] = {}
        self.seq, self.prev, self.noted_at = 0, "", ""
        self.hashes: dict[int, str] = {}
        self.checkpoints: dict[int, dict[str, Any]] = {}
        self.has_head = False

    def read(self, lines: Iterable[str]) -> Iterator[tuple[int, str]]:
        """Faults with the number of the entry, in the order in which they are met."""
        for number, line in enumerate(lines, 1):
            try:
                told = json.loads(line)
                yield from getattr(self, f"on_{told.pop('kind')}")(told)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                yield self.seq + 1, f"line {number} of the export cannot be read: {error!r}"
        if not self.has_head:
            yield self.seq + 1, "the export ends before its last line"

    def on_header(self, told: dict[str, Any]) -> Iterator[tuple[int, str]]:
        self.header = told
        if not self.given:
            own = [bytes.fromhex(key) for key in told["keys"]]
            self.keys = {sha256(key)[:16]: key for key in own}
        yield from ()

    def on_entry(self, told: dict[str, Any]) -> Iterator[tuple[int, str]]:
        seq, where = told["seq"], f"{told['model']} {told['history_id']}"
        sealed = [seq, told["model"], told["history_id"], told["noted_at"], told["prev"], told["digest"]]
        if seq != self.seq + 1:
            yield self.seq + 1, f"entries {self.seq + 1} to {seq - 1} are missing"
        elif told["prev"] != self.prev or told["hash"] != sha256(spelled(sealed)):
            yield seq, f"{where}: the entry does not follow from the one before it"
        elif told["row"] is None:
            yield seq, f"{where}: the history row has been removed"
        elif sha256(told["row"].encode()) != told["digest"]:
            yield seq, f"{where}: the history row has been changed"
        else:
            yield from self.index(told, json.loads(told["row"]), where)
        self.seq, self.prev = seq, told["hash"]
        self.hashes[seq] = told["hash"]

    def index(self, told: dict[str, Any], row: dict[str, Any], where: str) -> Iterator[tuple[int, str]]:
        wanted = {name: row.get(column) for name, column in INDEX.items()}  # what is empty is not told
        wanted["object_id"] = str(row[self.header["primary_keys"][told["model"]]])
        if any(told[name] != value for name, value in wanted.items()):
            yield told["seq"], f"{where}: the entry tells of the row what the row does not say"

    def on_checkpoint(self, told: dict[str, Any]) -> Iterator[tuple[int, str]]:
        self.checkpoints[told["number"]] = told
        yield from self.signed(told, "checkpoint")

    def on_head(self, told: dict[str, Any]) -> Iterator[tuple[int, str]]:
        self.has_head = True
        if (told["seq"], told["hash"]) != (self.seq, self.prev):
            yield self.seq, "the head of the chain is not where the chain ends"

    def signed(self, told: dict[str, Any], what: str) -> Iterator[tuple[int, str]]:
        """One checkpoint, of the export or of the file kept elsewhere."""
        what = f"{what} {told['number']}"
        key = self.keys.get(told["key"])
        words = spelled({name: told[name] for name in CHECKPOINT})
        if key is None:
            yield told["seq"], f"{what}: signed with the key {told['key']}, which is not known"
        elif not is_signed(words, bytes.fromhex(told["signature"]), key):
            yield told["seq"], f"{what}: the signature does not fit"
        elif told["seq"] > self.seq:
            yield self.seq + 1, f"{what}: the chain ends before what was signed ({self.seq} < {told['seq']})"
        elif self.hashes.get(told["seq"]) != told["hash"] or told["count"] != told["seq"]:
            yield told["seq"], f"{what}: the chain is not the one that was signed"

    def elsewhere(self, lines: Iterable[str]) -> Iterator[tuple[int, str]]:
        """The copy of the checkpoints that was kept elsewhere."""
        for line in lines:
            try:
                told = json.loads(line)
                yield from self.signed(told, "kept checkpoint")
            except (ValueError, KeyError, TypeError):
                continue  # half a line, of a machine that stopped: what it told follows
            if self.checkpoints.get(told["number"]) != told:
                yield told["seq"], f"kept checkpoint {told['number']}: the export lacks it or has another one"

    def printed(self, code: str) -> Iterator[tuple[int, str]]:
        seq, _dash, digits = code.partition("-")
        if not seq.isdecimal() or not digits:
            yield 0, f"{code}: not a code as it is printed"
        elif self.hashes.get(int(seq), "")[:16] != digits.replace("-", ""):
            yield int(seq), f"{code}: the chain is not the one that this was printed from"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file")
    parser.add_argument("--key", action="append", default=[], type=bytes.fromhex)
    parser.add_argument("--checkpoints")
    parser.add_argument("--code", action="append", default=[])
    asked = parser.parse_args(arguments)
    verification = Verification(asked.key)
    try:
        with open(asked.file, encoding="utf-8") as lines:
            faults = list(verification.read(lines))
        if asked.checkpoints:
            with open(asked.checkpoints, encoding="utf-8") as lines:
                faults += verification.elsewhere(lines)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    for code in asked.code:
        faults += verification.printed(code)
    for seq, sentence in sorted(faults, key=lambda fault: fault[0]):
        print(f"#{seq} {sentence}")
    if not asked.key:
        print("keys taken from the export itself:", *(key.hex() for key in verification.keys.values()))
    print(f"{verification.seq} entries, {len(verification.checkpoints)} checkpoints: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
