"""Who may do what, and who holds what today."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from common.decisions import require
from common.spreadsheet import download
from institution import access as reads
from institution import permissions
from institution.roles import PERMISSIONS

PER_PAGE = 50


@require_GET
def access(request):
    """The table of rights as it is enforced, and beside it today's grants; `q` and `right` narrow these."""
    require(permissions.can_see_access(request.user))
    everybody = reads.holders(timezone.localdate())
    found, asked = _narrowed(request, everybody)
    return render(
        request,
        "institution/access.html",
        {
            "parts": reads.matrix(),
            "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
            "total": len(everybody),
            "found": len(found),
            "strays": [holder for holder in everybody if not holder.fits],
            "sought": asked["words"],
            "right": asked["right"],
            "all_rights": PERMISSIONS.items(),
        },
    )


@require_GET
def access_table(request):
    """The same as a workbook, narrowed as the page that leads here."""
    require(permissions.can_see_access(request.user))
    found, _asked = _narrowed(request, reads.holders(timezone.localdate()))
    return download("yetkiler", reads.sheets(found))


def _narrowed(request, everybody: list[reads.Holder]) -> tuple[list[reads.Holder], dict[str, str]]:
    """Those whom the address asks for, and what it asks."""
    asked = {"words": request.GET.get("q", "").strip(), "right": request.GET.get("right", "")}
    return reads.narrowed(everybody, **asked), asked
