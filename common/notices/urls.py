from django.urls import path

from common.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.index, name="index"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/choices/", views.choices, name="choices"),
    path("notices/<int:pk>/", views.open_place, name="open"),
    path("notices/<int:pk>/read/", views.read_one, name="read"),
    path("notices/<int:pk>/settle/", views.settle, name="settle"),
]
