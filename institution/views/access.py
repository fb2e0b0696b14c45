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
    sought, right = request.GET.get("q", "").strip(), request.GET.get("right", "")
    everybody = reads.holders(timezone.localdate())
    found = reads.narrowed(everybody, words=sought, right=right)
    return render(
        request,
        "institution/access.html",
        {
            "parts": reads.matrix(),
            "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
            "total": len(everybody),
            "strays": [holder for holder in everybody if not holder.fits],
            "sought": sought,
            "right": right,
            "all_rights": PERMISSIONS.items(),
        },
    )


@require_GET
def access_table(request):
    """The same as a workbook, everybody in it."""
    require(permissions.can_see_access(request.user))
    return download("yetkiler", reads.sheets(reads.holders(timezone.localdate())))
