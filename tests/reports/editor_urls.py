"""A section as the report's page writes it, over a store of this module: the editor's tests alone use it."""

import json
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.backends.django import DjangoTemplates
from django.urls import include, path

from documents.reports.html import TextRefused, clean

PAGE = Path(__file__).parent / "pages" / "section.html"
FRAME_ALONE = {  # the frame of the page without the menu of the whole product
    "context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]
}
TEMPLATES = DjangoTemplates(
    {"NAME": "editor", "DIRS": settings.TEMPLATES[0]["DIRS"], "APP_DIRS": True, "OPTIONS": FRAME_ALONE}
)
COLUMNS = [
    {"key": "name", "title": "Paydaş", "type": "text", "required": True},
    {"key": "way", "title": "İzlenecek yol", "type": "choice", "choices": ["Bilgilendir", "Birlikte çalış"]},
    {"key": "weight", "title": "Önem", "type": "number"},
    {"key": "since", "title": "Başlangıç", "type": "date"},
    {"key": "why", "title": "Gerekçe", "type": "long"},
]
POSTED: list[dict] = []  # every save, in order
SECTION: dict = {}
ANSWER: dict = {}  # what the next saves answer instead: {"status": 503} or a status with a message


def begin(**section) -> None:
    """A section before the first test step."""
    POSTED.clear()
    ANSWER.clear()
    SECTION.clear()
    SECTION.update({"version": 3, "html": "", "rows": [], "answer": "", "saved_at": "10.42", **section})


def section(request):
    as_cells = [[(column, row.get(column["key"], "")) for column in COLUMNS] for row in SECTION["rows"]]
    blank = [(column, "") for column in COLUMNS]
    context = {
        "section": SECTION,
        "plain": "plain" in request.GET,
        "kind": request.GET.get("kind", "text"),
        "columns": COLUMNS,
        "rows": [*as_cells, blank],
        "blank_row": blank,
    }
    return HttpResponse(TEMPLATES.from_string(PAGE.read_text()).render(context, request))


def save(request):
    POSTED.append(request.POST.dict())
    if ANSWER:
        answer = {"message": ANSWER["message"]} if "message" in ANSWER else {}
        return JsonResponse(answer, status=ANSWER["status"])
    if "X-Requested-With" not in request.headers:
        return HttpResponseRedirect("/section/")
    if request.POST["version"] != str(SECTION["version"]):
        theirs = {key: SECTION[key] for key in ("version", "html", "rows", "answer")}
        return JsonResponse({**theirs, "name": "Nihal Özdemir", "time": "10.45"}, status=409)
    try:
        text = clean(request.POST.get("html", ""))
    except TextRefused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    rows = json.loads(request.POST.get("rows", "[]"))
    SECTION.update(html=text, rows=rows, answer=request.POST["answer"], version=SECTION["version"] + 1)
    return JsonResponse({"version": SECTION["version"], "saved_at": "10.50", "status": "Yazılıyor"})


def evaporate(request):
    """Takes the post and answers nothing that can be read, as when the line breaks after the server saved."""
    save(request)
    return HttpResponse(status=502)


def picture(request):
    """Keeps a picture under the number of its name: 12.png is file 12."""
    name = request.FILES["file"].name
    if not name[:-4].isdecimal():
        return JsonResponse({"message": f"“{name}” resim olarak okunamıyor."}, status=422)
    return JsonResponse({"src": f"/files/{name[:-4]}/picture/"})


def elsewhere(request):
    return HttpResponse("başka sayfa")


urlpatterns = [
    path("section/", section),
    path("section/save/", save),
    path("section/pictures/", picture),
    path("section/evaporate/", evaporate),
    path("section/elsewhere/", elsewhere),
    path("", include("karesi_plan.urls")),
]
handler400 = "common.views.bad_request"
handler403 = "common.views.denied"
handler404 = "common.views.not_found"
handler500 = "common.views.server_error"
