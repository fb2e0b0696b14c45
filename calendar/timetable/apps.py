from django.apps import AppConfig


class TimetableConfig(AppConfig):
    name = "timetable"

    def ready(self) -> None:
        from django.urls import reverse

        from common import history_pages
        from timetable.models import Activity
        from timetable.permissions import can_read

        history_pages.register(
            Activity,
            can_see=lambda user, _task: can_read(user),
            url=lambda task: reverse("timetable:activity", args=[task.pk]),
            pages=("timetable:activity",),
        )
        history_pages.list_pages("timetable:index", may=can_read)
