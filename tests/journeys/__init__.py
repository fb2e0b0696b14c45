"""The whole way, walked in a browser through the product's own processes, on both databases."""

import pytest
from django.conf import settings

ON_POSTGRES = "postgresql" in settings.DATABASES["default"]["ENGINE"]
# On PostgreSQL the work is done by a process of its own, over Redis.
marks = [pytest.mark.journey, pytest.mark.browser, *([pytest.mark.redis] if ON_POSTGRES else [])]
