from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "documents.files"
    label = "files"

    def ready(self) -> None:
        from django.urls import reverse

        from common import history_pages
        from documents.files.models import StoredFile

        history_pages.register(
            StoredFile,
            can_see=lambda user, file: StoredFile.objects.visible_to(user).filter(pk=file.pk).exists(),
            url=lambda file: reverse("files:index"),
            visible=StoredFile.objects.visible_to,
            pages=("files:download",),
        )
        history_pages.list_pages(lambda user: True, "files:index")
