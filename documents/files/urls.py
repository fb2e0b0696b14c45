from django.urls import path

from documents.files import views

app_name = "files"
urlpatterns = [
    path("files/", views.index, name="index"),
    path("files/<int:pk>/", views.download, name="download"),
]
