from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "documents.plan"
    label = "plan"
