from tests.browsing import chromium, new_tab  # noqa: F401  # fixtures
