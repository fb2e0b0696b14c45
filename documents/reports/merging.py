"""Merging: a section whose words go into an accepted section that another group wrote.

The joined text lives in the target and is a source of the plan there; both sections stay sources of it.
Several sections of one version may go into the same target: each is joined to what the one before leaves.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from common.decisions import Allowed, Decision, Denied
from documents.reports.models import Report, ReportSection, SectionDecision, SectionVersion
from documents.reports.querysets import SectionQuerySet
from documents.reports.workflow import TAKEN, ReportState


@dataclass(frozen=True)
class Words:
    """Text or rows of a section that are not stored as they stand here."""

    html: str = ""
    rows: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class Ground(Words):
    """What a merge is joined to: the target's text, with what is to be merged into it before.

    `revision` is the one that the target will have then; `within` are the sections merged before.
    """

    revision: int = 0
    within: tuple[ReportSection, ...] = ()

    @property
    def mark(self) -> str:
        """The same for the same words at the same revision."""
        told = json.dumps([self.revision, self.html, self.rows], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def targets(section: ReportSection) -> SectionQuerySet:
    """Sections that this one may be merged with: accepted ones of other groups, of its period and kind.

    Those of the same part of the plan come first.
    """
    report = section.report
    others = ReportSection.objects.filter(
        state__in=TAKEN, kind=section.kind, columns=section.columns, report__period=report.period_id
    )
    others = others.exclude(report__body=report.body_id).exclude(report__state=ReportState.CANCELLED)
    return others.select_related("report__body").near(section.chapter)


def ground(target: ReportSection, frozen: SectionVersion) -> Ground:
    """What this section is joined to, after the merges of its own version that were decided before. One query."""
    others = _merges(frozen.version_id).filter(target=target).exclude(section_version=frozen)
    before = _resting(others)
    last = before[-1] if before else target
    within = tuple(merge.section_version.section for merge in before)
    return Ground(last.html, last.rows, target.revision + len(before), within)


def joined(before: Words, frozen: SectionVersion) -> Words:
    """Both texts one after the other: what the joined text begins with."""
    return Words(before.html + frozen.html, [*before.rows, *frozen.rows])


def merged_into(sections: Any) -> dict[int, list[SectionDecision]]:
    """By section (of these ids, or of a query of ids), the closed decisions that merged others into it, the earliest first. One query."""
    found: dict[int, list[SectionDecision]] = {}
    merges = SectionDecision.objects.filter(target__in=sections).exclude(section_version__version__outcome="")
    merges = merges.select_related(
        "decided_by", "section_version__version", "section_version__section__report__body"
    )
    for merge in merges.order_by("target_revision"):
        assert merge.target_id is not None  # asked for by its target
        found.setdefault(merge.target_id, []).append(merge)
    return found


def pending(report: Report) -> Any:
    """The merges of the newest version, in the order in which they reach their targets."""
    return _merges(report.versions.order_by("-number").values("pk")[:1])


def reports_joined(report: Report) -> set[int]:
    """The reports whose sections the newest version is to be merged into."""
    return set(pending(report).values_list("target__report", flat=True))


def stands(report: Report) -> Decision:
    """Whether each merge of the newest version still rests on its target's text as it is now."""
    merges = pending(report)
    resting = _resting(merges)
    for merge in merges:
        if merge not in resting:
            return Denied(
                _(
                    "“%(target)s”, with which “%(section)s” is to be merged, has changed since. "
                    "Decide on this section again."
                )
                % {"target": merge.target.heading, "section": merge.section_version.section.heading}
            )
    return Allowed()


def rests(merge: SectionDecision) -> bool:
    """Whether the text to which it was joined is still the one that it will find."""
    return merge in _resting(_merges(merge.section_version.version_id))


def texts_of(frozen: SectionVersion, merges: list[SectionDecision]) -> list[Any]:
    """The texts that a section went through: as it was accepted, then as each merge made it."""
    own = frozen.decision
    return [own if own.choice == SectionDecision.Choice.EDIT else frozen, *merges]


def before(merge: SectionDecision) -> Any:
    """The text of the target to which this merge was joined."""
    target, frozen = merge.target, merge.section_version
    assert target is not None  # it is a merge
    if not frozen.version.outcome:
        return ground(target, frozen)
    own = target.versions.select_related("decision").latest("version__number")
    merges = merged_into([target.pk])[target.pk]
    return texts_of(own, merges)[merges.index(merge)]


def _merges(version: Any) -> Any:
    merges = SectionDecision.objects.filter(section_version__version=version).exclude(target=None)
    merges = merges.select_related("section_version__section", "target__report")
    return merges.order_by("target_revision", "decided_at")


def _resting(merges: Iterable[SectionDecision]) -> list[SectionDecision]:
    """Those joined to their target's text as it is, or to what the one before leaves: none is older than that one."""
    found: dict[int, list[SectionDecision]] = defaultdict(list)
    for merge in merges:
        target = merge.target
        assert target is not None  # it is a merge
        before = found[target.pk]
        follows = not before or before[-1].decided_at <= merge.decided_at
        at = target.revision + len(before)
        if follows and merge.target_revision == at and target.report.state != ReportState.CANCELLED:
            before.append(merge)
    return [merge for merges in found.values() for merge in merges]
