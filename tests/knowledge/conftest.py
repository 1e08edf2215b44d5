import datetime as dt

import pytest

from agents.knowledge import entries
from agents.knowledge.entries import Writing
from tests.knowledge.library import ENTRIES

TODAY = dt.date(2026, 11, 26)


@pytest.fixture
def wrote(clinic):
    """wrote(title, body) → the entry."""

    def write(title, body, language="en", **more):
        return entries.add(Writing(title=title, body=body, language=language, **more), user_id=None)

    return write


@pytest.fixture
def library(wrote):
    """The sample practice's whole knowledge; keys by entry id."""
    return {wrote(title, body, language).pk: key for key, language, title, body in ENTRIES}
