from importlib.util import find_spec
from typing import NoReturn

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import include, path, re_path

from common import history_pages
from karesi_plan import health
from karesi_plan.home import home


def absent(request: HttpRequest, **_found: str) -> NoReturn:
    """What the sign-in library offers and this product does not: people do not change their own address."""
    raise Http404


urlpatterns = [
    path("", home, name="home"),
    path("accounts/email/", absent),
    re_path(r"^accounts/confirm-email/", absent),
    path("accounts/password/set/", absent),
    path("health/live/", health.live, name="health_live"),
    path("health/ready/", health.ready, name="health_ready"),
    path("accounts/", include("allauth.account.urls")),
    path("history/<str:app_label>/<str:model>/<int:pk>/", history_pages.history_page, name="history"),
    *(path("", include(f"{app}.urls")) for app in settings.APPS if find_spec(f"{app}.urls")),
]

handler400 = "common.views.bad_request"
handler403 = "common.views.denied"
handler404 = "common.views.not_found"
handler500 = "common.views.server_error"
