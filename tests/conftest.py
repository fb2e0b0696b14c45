"""What every test may ask for."""

from tests.personas import *  # noqa: F403  # fixtures: the personas, house, enter
