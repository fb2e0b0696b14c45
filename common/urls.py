from django.urls import path

from common import views

app_name = "common"
urlpatterns = [
    path("dil/", views.choose_language, name="language"),
    path("gorunum/", views.choose_theme, name="theme"),
    path("oturum/", views.session_state, name="session"),
]
