from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from common.turkish import turkish_order
from documents.files import services
from documents.files.forms import RoomForm
from documents.files.models import StoredFile
from institution.models import Body

PAGE = 50


@require_safe
def index(request):
    """Files of the rooms that the person may enter, those of the shown period and the standing ones."""
    visible = (
        StoredFile.objects.visible_to(request.user)
        .of(request.period)
        .select_related("blob", "body", "uploaded_by")
    )
    rooms = Body.objects.filter(pk__in=visible.order_by().values("body")).order_by(turkish_order("name"))
    form = RoomForm(request.GET, rooms=rooms)
    if form.is_valid() and form.cleaned_data["room"]:
        visible = visible.filter(body=form.cleaned_data["room"])
    page = Paginator(visible, PAGE).get_page(request.GET.get("page"))
    return render(request, "files/index.html", {"page_obj": page, "form": form})


@require_safe
def download(request, pk: int):
    """Always as an attachment; HeadersMiddleware takes its power, should a browser open it all the same."""
    file = get_object_or_404(StoredFile.objects.visible_to(request.user).select_related("blob"), pk=pk)
    try:
        content = services.place(file.blob).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=file.name, content_type=file.blob.content_type)
