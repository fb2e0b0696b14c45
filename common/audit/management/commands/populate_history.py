from simple_history.management.commands import populate_history

from common.audit.forbidden import Forbidden


class Command(Forbidden, populate_history.Command):
    """Refused."""
