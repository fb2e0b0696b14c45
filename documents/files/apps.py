from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "documents.files"
    label = "files"
