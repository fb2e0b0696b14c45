"""manage.py guard_history: puts the triggers back that keep history from being changed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from common.audit import guards


class Command(BaseCommand):
    help = "Put back the triggers that keep written rows from being changed, where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            tables = guards.put_up(connection)
        for table in tables:
            self.stdout.write(f"guarded again: {table}")
        if not tables:
            self.stdout.write("every guard stands")
