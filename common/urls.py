from django.urls import path

from common import history_readings, history_views, views

app_name = "common"
urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("theme/", views.choose_theme, name="theme"),
    path("session/", views.session_state, name="session"),
    path("history/", history_views.everything, name="everything"),
    path("history/table/", history_views.everything_table, name="everything_table"),
    path("history/readings/", history_readings.readings, name="readings"),
    path("history/readings/table/", history_readings.readings_table, name="readings_table"),
]
