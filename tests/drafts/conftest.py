"""Drafts of a house: of a plan that is whole, or, where the words do not matter, of an empty one."""

import pytest

from documents.drafts.models import DraftVersion
from tests.factories import drafts as make
from tests.personas import House


@pytest.fixture
def ready(house) -> House:
    return make.ready(house)


@pytest.fixture
def draft(house) -> DraftVersion:
    return make.frozen(house)
