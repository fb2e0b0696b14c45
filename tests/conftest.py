"""What every test may ask for."""

from tests.browsing import chromium, new_tab  # noqa: F401  # one Chromium for all: never imported elsewhere, or a second starts
from tests.machine import *  # noqa: F403  # skips without a service; redis_server, start
from tests.personas import *  # noqa: F403  # the personas, house, enter
