from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "common.jobs"
    label = "jobs"

    def ready(self) -> None:
        # Web and worker alike know every kind of work: who may watch it, where its result is.
        autodiscover_modules("tasks")
