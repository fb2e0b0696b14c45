from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "common.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from common import history_pages, history_words
        from common.notices.models import Choice
        from common.notices.registry import GROUPS

        history_words.say(Choice, "group", lambda code: str(GROUPS[code].label) if code in GROUPS else code)
        history_pages.list_pages("notices:index", "notices:choices")
