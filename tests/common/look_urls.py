"""Pages that show every part of the look, for the browser tests of the look alone."""

import datetime as dt
import time
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import include, path
from django.utils import timezone

from common.decisions import Denied, Refused
from common.forms import TurkishDateField, TurkishDecimalField

ARRIVED: list[str] = []  # what was posted, in order
PAGES = Path(__file__).parent / "pages"
NAV = [
    {"url": "/parts/", "label": "Bugün", "icon": "house", "current": True},
    {"url": "/write/", "label": "Raporlar", "icon": "file-text", "count": 9},
    {
        "url": "/parts/",
        "label": "Çalışma takvimi",
        "icon": "calendar-clock",
        "count": 2,
        "count_tone": "stop",
    },
    {"url": "/parts/", "label": "Kurullar ve ekipler", "icon": "users", "group": "Kurum"},
]
PERIODS = [
    SimpleNamespace(pk=1, title="2025–2029 Stratejik Planı"),
    SimpleNamespace(pk=2, title="2020–2024 Stratejik Planı"),
]
PERSON = {
    "is_authenticated": True,
    "get_full_name": "Sevda Karaca",
    "title": "Strateji Geliştirme Müdürlüğü",
    "email": "sevda.karaca@ornek.bel.tr",
    "language": "tr",
    "pk": 1,
}


class CostForm(forms.Form):
    amount = TurkishDecimalField(label="2025 maliyet tahmini (TL)", money=True)
    due_on = TurkishDateField(label="Son gün")
    unit = forms.ChoiceField(
        label="Sorumlu birim",
        choices=[("", "Birim seçin"), ("1", "Fen İşleri Müdürlüğü")],
        error_messages={"required": "Hedef kartında yalnız bir sorumlu birim olur; birini seçin."},
    )
    reason = forms.CharField(
        label="Kararın gerekçesi",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Gerekçe, grubun yanıt tablosunda görünür.",
    )
    role = forms.ChoiceField(
        label="Görevi", widget=forms.RadioSelect, choices=[("chair", "Başkan"), ("member", "Üye")]
    )
    by_mail = forms.BooleanField(label="Üyelere e-posta ile de bildir", required=False)


def page(request, name, **context):
    text = (PAGES / name).read_text()
    # Without a session the page is drawn for an invented person: the look needs no rows.
    visitor = SimpleNamespace(theme=request.COOKIES.get("theme", "light"), **PERSON)
    return HttpResponse(
        engines["django"]
        .from_string(text)
        .render(
            {
                "municipality": SimpleNamespace(name="Karesi Belediyesi", is_demo="demo" in request.GET),
                "period": PERIODS[0],
                "periods": PERIODS,
                "nav": NAV,
                "unread": 3,
                "user": request.user if request.user.is_authenticated else visitor,
                "denied": Denied("Grupta Planlama Ekibi üyesi olmadığı için gönderilemez."),
                "today": timezone.localdate(),
                "late": timezone.localdate() - dt.timedelta(days=4),
                "now": timezone.now(),
                **context,
            },
            request,
        )
    )


@login_not_required
def parts(request):
    form = CostForm({"amount": "4.420.505,0", "due_on": "31.02.2026"} if "form" in request.GET else None)
    if "say" in request.GET:
        messages.success(request, "3 gruba hatırlatma gönderildi.")
    return page(request, "parts.html", form=form)


@login_not_required
def write(request):
    return page(request, "write.html")


@login_not_required
def fragment(request):
    form = CostForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return HttpResponse('<p id="cost" data-announce="Maliyet kaydedildi.">Kaydedildi</p>')
    answer = page(request, "fragment.html", form=form)
    answer.status_code = 422 if form.is_bound else 200
    return answer


@login_not_required
def keep(request):
    """Takes a form slowly, so that a second press meets the first one under way."""
    if request.method == "POST":
        ARRIVED.append(request.POST["word"])
        time.sleep(0.3)
        return HttpResponseRedirect("/write/")
    return page(request, "keep.html")


@login_not_required
def upload(request):
    name = request.FILES["file"].name
    ARRIVED.append(name)
    if name.endswith(".exe"):
        return HttpResponse("Bu türde dosya yüklenemez.", status=422, content_type="text/plain")
    return HttpResponse(status=201)


def closed(request):
    return HttpResponse("only for those who signed in")


@login_not_required
def refused(request):
    raise Refused("Bu sayfayı yalnız Stratejik Planlama Ekibi üyeleri görebilir.")


@login_not_required
def broken(request):
    raise RuntimeError("as asked")


# Addresses that the frame leads to.
institution = ([path("periods/<int:pk>/choose/", closed, name="period_choose")], "institution")
teams = ([path("my-seats/", closed, name="my_seats")], "teams")
urlpatterns = [
    path("accounts/", include("institution.sign_in.urls")),
    path("", include("common.urls")),
    path("", include(institution)),
    path("", include(teams)),
    path("", include("common.notices.urls")),
    path("owed/", closed, name="owed"),
    path("parts/", parts),
    path("write/", write),
    path("fragment/", fragment),
    path("keep/", keep),
    path("upload/", upload),
    path("closed/", closed),
    path("refused/", refused),
    path("broken/", broken),
]
handler400 = "common.views.bad_request"
handler403 = "common.views.denied"
handler404 = "common.views.not_found"
handler500 = "common.views.server_error"
