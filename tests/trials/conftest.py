"""A furnished sample business, made once for the tests of simulated patients; each play is rolled back by itself."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from conversations.evaluation.sample_business import business_of_kind
from conversations.evaluation.world import Offering


@pytest.fixture(scope="module")
def dentist(django_db_setup: None, django_db_blocker: object) -> Iterator[Offering]:
    with django_db_blocker.unblock(), business_of_kind("dentist") as offering:  # type: ignore[attr-defined]
        yield offering
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()


@pytest.fixture
def alices(clinic: object, alice: object) -> "DeskClient":
    """The owner at her desk."""
    return DeskClient(clinic, alice)


@pytest.fixture
def bobs(clinic: object, bob: object) -> "DeskClient":
    return DeskClient(clinic, bob)


class DeskClient(Client):
    """Requests of a member below the business's path; the test's own schema stays entered."""

    def __init__(self, business: object, user: object, **extra: object) -> None:
        super().__init__(**extra)
        self.business = business
        self.force_login(user)

    def generic(self, method: str, path: str, *args: object, **more: object) -> object:
        return super().generic(method, self.business.path + path if not path.startswith("/") else path, *args, **more)

    def request(self, **request: object) -> object:
        before = connection.tenant
        try:
            return super().request(**request)
        finally:
            connection.set_tenant(before)
