from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from common import history_views
from karesi_plan import health
from karesi_plan.home import home
from karesi_plan.owed import owed

urlpatterns = [
    path("", home, name="home"),
    path("owed/", owed, name="owed"),
    path("health/live/", health.live, name="health_live"),
    path("health/ready/", health.ready, name="health_ready"),
    path("accounts/", include("institution.sign_in.urls")),
    path("history/<str:app_label>/<str:model>/<int:pk>/", history_views.of_thing, name="history"),
    *(path("", include(f"{app}.urls")) for app in settings.APPS if find_spec(f"{app}.urls")),
]

handler400 = "common.views.bad_request"
handler403 = "common.views.denied"
handler404 = "common.views.not_found"
handler500 = "common.views.server_error"
