"""The council's arithmetic, as plain functions over the figures that held on the sitting's day.

Rules and articles: docs of each figure in institution/standard.py. The full membership counts the
mayor. Who abstains attends, and did not vote for: the needed votes are a majority of all present.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class Side(StrEnum):
    """Where somebody stands in an open vote."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True)
class CouncilLaw:
    """The law's figures on one day."""

    majority: str = "more_than_half"
    """more_than_half (since 29.04.2021) or half_or_more (before)"""
    rounding: str = "up"
    decision_floor: Fraction = Fraction(1, 4)
    tie: str = "chair"
    repeat_quorum: Fraction = Fraction(1, 4)

    def majority_of(self, people: int) -> int:
        """Absolute majority (salt çoğunluk) of so many people."""
        if self.majority == "more_than_half":
            return people // 2 + 1
        return self._whole(Fraction(people, 2))

    def share_of(self, people: int, share: Fraction) -> int:
        """A share of so many people, as a whole number of them."""
        return self._whole(people * share)

    def _whole(self, figure: Fraction) -> int:
        return ceil(figure) if self.rounding == "up" else floor(figure)


@dataclass(frozen=True)
class Hall:
    """Who is there, and what the law makes of it. Counts of people; one sitting at one moment."""

    full: int
    present: int
    law: CouncilLaw
    is_repeat: bool = False

    @property
    def quorum(self) -> int:
        """Members who must be in the hall to open and to vote: a majority of the full membership;
        at a sitting repeated for lack of quorum, a quarter of it."""
        if self.is_repeat:
            return self.law.share_of(self.full, self.law.repeat_quorum)
        return self.law.majority_of(self.full)

    @property
    def has_quorum(self) -> bool:
        return self.present >= self.quorum

    @property
    def missing(self) -> int:
        return max(0, self.quorum - self.present)

    @property
    def surplus(self) -> int:
        return max(0, self.present - self.quorum)

    @property
    def floor(self) -> int:
        """Fewest votes for a decision, whoever is there: a quarter of the full membership."""
        return self.law.share_of(self.full, self.law.decision_floor)

    @property
    def needed(self) -> int:
        """Votes for a decision now: a majority of those present, never below the floor."""
        return max(self.law.majority_of(self.present), self.floor)


@dataclass(frozen=True)
class Tally:
    """Votes counted."""

    in_favour: int
    against: int
    abstaining: int

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstaining

    @property
    def tied(self) -> bool:
        return self.in_favour == self.against > 0

    @property
    def unanimous(self) -> bool:
        """All votes the same way (oybirliği); an abstention makes it oyçokluğu."""
        return self.cast in (self.in_favour, self.against)


@dataclass(frozen=True)
class Result:
    """What a counted vote decided, and whether the chair's side decided it."""

    carried: bool
    by_chair: bool = False


class SideUnknown(ValueError):
    """The votes are equal and nobody said on which side the chair stands."""


def chair_decides(tally: Tally, hall: Hall) -> bool:
    """Whether the votes stand equal and the chair's side makes the difference: it tips the tie like
    one vote more, so a majority of those present must be that near, and the floor be reached."""
    tips = hall.law.tie == "chair" and tally.in_favour + 1 >= hall.needed
    return tally.tied and tips and tally.in_favour >= hall.floor


def decide(tally: Tally, hall: Hall, chair: str | None = None) -> Result:
    """Whether the motion is carried.

    Votes for and against equal in an open vote: the side on which the chair stands counts as the
    majority. A chair who abstains is on neither side, and the motion is not carried. Raises
    SideUnknown where the chair decides and nobody said how.
    """
    if chair_decides(tally, hall):
        if chair is None:
            raise SideUnknown
        return Result(chair == Side.FOR, by_chair=chair != Side.ABSTAIN)
    return Result(tally.in_favour >= hall.needed and not tally.tied)
