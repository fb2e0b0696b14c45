from django.urls import path

from common import views

app_name = "common"
urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("theme/", views.choose_theme, name="theme"),
    path("session/", views.session_state, name="session"),
]
