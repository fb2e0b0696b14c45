from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "documents.reports"
    label = "reports"
