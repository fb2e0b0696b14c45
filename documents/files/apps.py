from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "documents.files"
    label = "files"

    def ready(self) -> None:
        from django.urls import reverse

        from common import history_pages
        from documents.files import home, notices  # noqa: F401  # notices makes its kinds known
        from documents.files.models import Screening, StoredFile
        from teams import links

        history_pages.register(
            StoredFile,
            can_see=lambda user, file: StoredFile.objects.visible_to(user).filter(pk=file.pk).exists(),
            url=lambda file: reverse("files:file", args=[file.pk]),
            visible=StoredFile.objects.visible_to,
            pages=("files:file", "files:download"),
        )
        history_pages.list_pages("files:index")
        links.offer(home.of_body)
        history_pages.include(StoredFile, Screening, parent="file")
