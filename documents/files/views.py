from typing import BinaryIO

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.decisions import require
from common.middleware import POWERLESS
from common.turkish import turkish_order
from documents.files import kinds, permissions, places, presenters, previews, services
from documents.files.forms import RoomForm, RoomUploadForm
from documents.files.models import StoredFile
from documents.files.querysets import rooms
from documents.files.receiving import receive, tell
from documents.files.uploads import MEGABYTE
from institution.models import Body

PAGE = 50
DOWNLOADS = 50  # shown


@require_safe
def index(request):
    """Files of the rooms that the person may enter, those of the shown period and the standing ones."""
    visible = (
        StoredFile.objects.visible_to(request.user)
        .of(request.period)
        .newest()
        .select_related("blob", "body", "uploaded_by", "screening")
    )
    shown = Body.objects.filter(pk__in=visible.order_by().values("body")).order_by(turkish_order("name"))
    form = RoomForm(request.GET, rooms=shown)
    if form.is_valid() and form.cleaned_data["room"]:
        visible = visible.filter(body=form.cleaned_data["room"])
    page = Paginator(visible, PAGE).get_page(request.GET.get("page"))
    return render(request, "files/index.html", {"page_obj": page, "form": form})


@require_safe
def room(request, pk: int):
    """The files of one body, by what they belong to; htmx gets the list alone."""
    return _room_page(request, _room(request, pk))


@require_POST
def upload(request, pk: int):
    """Take one file or several. A script sends them one by one and gets a sentence for each."""
    body = _room(request, pk)
    require(permissions.can_upload(request.user, body))
    received = receive(request, services.upload, body=body)
    if "X-Requested-With" in request.headers:  # uploads.js
        return HttpResponse(
            " ".join(received.refusals or received.news),
            status=422 if received.refusals else 201,
            content_type="text/plain; charset=utf-8",
        )
    tell(request, received)
    if received.refusals:
        return _room_page(request, body, status=422, refusals=received.refusals)
    return redirect("files:room", pk)


@require_safe
def file(request, pk: int):
    """One file: what it is, what it looks like, where it is used, its versions and who took it."""
    shown = _seen(request, pk)
    context = {
        "file": shown,
        "may_download": permissions.can_download(shown),
        "places": places.of(request.user, [pk])[pk],
        "versions": StoredFile.objects.visible_to(request.user)
        .versions_of(shown)
        .select_related("blob", "uploaded_by", "screening"),
        "picture": shown.is_clean and previews.picture(shown),
        "excerpt": previews.excerpt(shown) if shown.is_clean else "",
        "news": presenters.news(shown),
    }
    if permissions.can_read_downloads(request.user):
        context |= {"watches": True, "downloads": Paginator(shown.downloads.all(), DOWNLOADS).get_page(1)}
    return render(request, "files/file.html", context)


@require_safe
def preview(request, pk: int):
    """The small picture, drawn by us: it may stand in a page."""
    shown = _seen(request, pk)
    picture = previews.picture(shown) if shown.is_clean else None
    if picture is None:
        raise Http404
    return FileResponse(picture.open("rb"), content_type="image/jpeg")


@require_safe
def download(request, pk: int):
    """Always as an attachment; HeadersMiddleware takes its power, should a browser open it all the same."""
    file = _seen(request, pk)
    content = _opened(file)
    if request.method == "GET":
        services.note_download(file=file, by=request.user, now=timezone.now())
    return FileResponse(content, as_attachment=True, filename=file.name, content_type=file.blob.content_type)


@require_safe
def picture(request, pk: int):
    """A picture within a text, for whoever may open the file; nothing but a picture is ever shown so."""
    file = _seen(request, pk)
    if file.blob.content_type not in kinds.PICTURES:
        raise Http404
    headers = {"Content-Security-Policy": POWERLESS, "Content-Disposition": "inline"}
    return FileResponse(_opened(file), content_type=file.blob.content_type, headers=headers)


def _seen(request, pk: int) -> StoredFile:
    visible = StoredFile.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("blob", "body", "uploaded_by", "screening"), pk=pk)


def _opened(file: StoredFile) -> BinaryIO:
    """The bytes of a file that was found fit."""
    require(permissions.can_download(file))
    try:
        return services.place(file.blob).open("rb")
    except FileNotFoundError:
        raise Http404 from None


def _room(request, pk: int) -> Body:
    return get_object_or_404(rooms(request.user).select_related("period", "kind"), pk=pk)


def _room_page(request, body: Body, *, status: int = 200, refusals: list[str] | None = None):
    files = StoredFile.objects.filter(body=body)
    newest = files.newest().select_related("blob", "uploaded_by", "screening")
    page = Paginator(newest, PAGE).get_page(request.GET.get("page"))
    context = {
        "body": body,
        "page_obj": page,
        "folders": presenters.folders(request.user, page.object_list),
        "taken": files.size(),
        "quota": settings.ROOM_QUOTA_MB * MEGABYTE,
        "limit": settings.UPLOAD_MAX_MB,
        "may_upload": permissions.can_upload(request.user, body),
        "form": RoomUploadForm(request=None),
        "refusals": refusals or [],
    }
    return render(request, "files/room.html", context, status=status)
