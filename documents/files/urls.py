from django.urls import path

from documents.files import views

app_name = "files"
urlpatterns = [
    path("files/", views.index, name="index"),
    path("files/<int:pk>/", views.download, name="download"),
    path("files/<int:pk>/picture/", views.picture, name="picture"),
    path("files/<int:pk>/about/", views.file, name="file"),
    path("files/<int:pk>/preview/", views.preview, name="preview"),
    path("files/rooms/<int:pk>/", views.room, name="room"),
    path("files/rooms/<int:pk>/upload/", views.upload, name="upload"),
]
