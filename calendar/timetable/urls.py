from django.urls import path

from timetable import views

app_name = "timetable"
urlpatterns = [
    path("calendar/", views.index, name="index"),
    path("calendar/new/", views.add, name="add"),
    path("calendar/programme/", views.lay_out, name="lay_out"),
    path("calendar/<int:pk>/", views.activity, name="activity"),
    path("calendar/<int:pk>/edit/", views.edit, name="edit"),
    path("calendar/<int:pk>/state/", views.move, name="move"),
    path("calendar/<int:pk>/remove/", views.remove, name="remove"),
]
