"""What is wrong with a draft when it is frozen: rules over the plan's data, common language, open objections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from documents.drafts.compose import Block, Kind
from documents.drafts.models import DraftSource, Objection
from documents.plan import language
from documents.plan.rules import findings as rule_findings
from institution.models import PlanPeriod


def findings(period: PlanPeriod, blocks: list[Block]) -> list[dict[str, Any]]:
    """JSON-able findings: rule, severity ("blocks" or "warns"), sentence, place, url."""
    return [*_of_rules(period), *_of_language(blocks), *_of_objections(period)]


def _of_rules(period: PlanPeriod) -> Iterator[dict[str, Any]]:
    for found in rule_findings(period):
        # The card, which everybody may read; who may edit it goes on from there.
        card = found.objective.get_absolute_url()
        yield _finding(found.rule, found.severity, found.sentence, found.place, card)


def _of_language(blocks: list[Block]) -> Iterator[dict[str, Any]]:
    """Each wording once a block; the place is where the words are written: the report, the card."""
    vocabulary = language.vocabulary()
    for block in blocks:
        html = _words(block)
        if html:
            source = block.sources[0]
            place = f"{block.chapter} · {source.label}"
            for sentence in dict.fromkeys(f.message for f in language.check_html(html, vocabulary)):
                yield _finding(_("Common language"), "warns", sentence, place, source.url)


def _words(block: Block) -> str:
    """What people wrote in a block, as HTML; the plan's other blocks repeat it."""
    data = block.data
    if block.kind == Kind.TEXT:
        return data["html"]
    if block.kind == Kind.TABLE and block.sources[0].kind == DraftSource.Kind.REPORT:
        texts = [cell for row in data["rows"] for cell in row]
    elif block.kind == Kind.OUTLOOK:
        texts = [data["mission"], data["vision"], *(value["text"] for value in data["values"])]
    elif block.kind == Kind.GOAL:
        texts = [data["title"]]
    elif block.kind == Kind.CARD:
        texts = [data["title"], data["sentence"], *data["findings"], *data["needs"]]
        texts += [row["name"] for row in (*data["indicators"], *data["activities"])]
        texts += [words for risk in data["risks"] for words in (risk["text"], risk["control"])]
    else:
        texts = []
    return "".join(format_html("<p>{}</p>", text) for text in texts)


def _of_objections(period: PlanPeriod) -> Iterator[dict[str, Any]]:
    for objection in Objection.objects.filter(draft__period=period, answer="").select_related("draft"):
        sentence = _("Objection %(n)d of the council has no answer.") % {"n": objection.number}
        url = reverse("drafts:approval", args=[objection.draft_id])
        yield _finding(_("Council"), "warns", sentence, objection.draft, url)


def _finding(rule: str, severity: str, sentence: Any, place: Any, url: str) -> dict[str, Any]:
    return {
        "rule": str(rule),
        "severity": severity,
        "sentence": str(sentence),
        "place": str(place),
        "url": url,
    }
