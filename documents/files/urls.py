from django.urls import path

from documents.files import views

app_name = "files"
urlpatterns = [
    path("files/", views.files, name="list"),
    path("files/<int:pk>/", views.download, name="download"),
]
