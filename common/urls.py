from django.urls import path

from common import history_views, views

app_name = "common"
urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("theme/", views.choose_theme, name="theme"),
    path("session/", views.session_state, name="session"),
    path("history/", history_views.everything, name="everything"),
    path("history/table/", history_views.everything_table, name="everything_table"),
    path("history/readings/", history_views.readings, name="readings"),
]
