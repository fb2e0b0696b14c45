from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from common import logs
from common.turkish import register_collation


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        # The database driver offers no other place: each new SQLite connection must learn the alphabet.
        connection_created.connect(_teach_the_alphabet)
        logs.watch_sign_in()
        from common import history_pages
        from common.history_views import can_read_everything

        history_pages.list_pages("common:everything", may=can_read_everything)


def _teach_the_alphabet(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    register_collation(connection)
