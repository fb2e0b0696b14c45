from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "documents.drafts"
    label = "drafts"
