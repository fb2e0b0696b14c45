"""What every test may ask for."""

from tests.machine import *  # noqa: F403  # skips without a service; redis_server, start
from tests.personas import *  # noqa: F403  # fixtures: the personas, house, enter
