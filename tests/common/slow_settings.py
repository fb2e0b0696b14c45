"""The test settings and the slow work, for processes that tests start and kill."""

from karesi_plan.settings.dev import *  # noqa: F403
from karesi_plan.settings.dev import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.common.slowapp"]
