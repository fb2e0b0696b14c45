from simple_history.management.commands import clean_old_history

from common.audit.forbidden import Forbidden


class Command(Forbidden, clean_old_history.Command):
    """Refused."""
