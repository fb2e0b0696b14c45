"""The history library's own commands would remove or invent history."""

from typing import Any

from django.core.management.base import CommandError


class Forbidden:
    """Before a command among its bases, keeps it from doing anything."""

    help = "Not in this product: history is neither removed nor made up afterwards."

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(self.help)
