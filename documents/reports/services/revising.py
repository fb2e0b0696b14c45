"""Writes over what stands already: words replaced in a section, an older state of it brought back."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils.translation import gettext as _

from common.decisions import Invalid, require
from common.history import service
from documents.reports import content, permissions, pictures, replacing
from documents.reports.models import ReportSection
from documents.reports.services import pending
from documents.reports.services.writing import SavedMeanwhile, as_it_stands, begin, keep


@service
def replace(
    *,
    section: ReportSection,
    revision: int,
    wanted: re.Pattern[str],
    put: str,
    by: Any,
    now: dt.datetime,
    only: int | None = None,
) -> int:
    """Put `put` at every hit of replacing.pattern in the section, or at the one numbered `only`; how many.

    `revision` is that of the text in which the hits were numbered. Raises SavedMeanwhile, Invalid, Refused.
    """
    section = as_it_stands(section)
    require(permissions.can_write_section(by, section))
    if section.revision != revision:
        raise SavedMeanwhile(section)
    count = len(replacing.hits(section, wanted)) if only is None else 1
    given = _cleaned(section, replacing.replaced(section, wanted, put, only=only))
    if _stands(section, given):
        return 0
    _put(section, given, by, now)
    return count


@service
def restore(*, section: ReportSection, state: Any, revision: int, by: Any, now: dt.datetime) -> ReportSection:
    """Make a row of the section's history its text again, as a new save; what stood until now stays in the history.

    Raises SavedMeanwhile, Invalid (it stands so already), Refused.
    """
    section = as_it_stands(section)
    require(permissions.can_write_section(by, section))
    if section.revision != revision:
        raise SavedMeanwhile(section)
    given = _cleaned(section, {"rows": state.rows} if section.is_table else {"html": state.html})
    if _stands(section, given):
        raise Invalid(_("The section stands so already."))
    pending.tell(section)
    _put(section, given, by, now)
    return section


def _cleaned(section: ReportSection, given: dict[str, Any]) -> dict[str, Any]:
    if "rows" in given:
        return {"rows": content.clean_rows(section.columns, given["rows"])}
    html = content.clean_html(given["html"])
    pictures.require_own(html, section.report)
    return {"html": html}


def _stands(section: ReportSection, given: dict[str, Any]) -> bool:
    return all(getattr(section, name) == value for name, value in given.items())


def _put(section: ReportSection, given: dict[str, Any], by: Any, now: dt.datetime) -> None:
    keep(section, section.revision, by, now, traced=True, **given)
    begin(section.report)
