from simple_history.management.commands import clean_duplicate_history

from common.audit.forbidden import Forbidden


class Command(Forbidden, clean_duplicate_history.Command):
    """Refused."""
