import pytest
from django.db import connection
from django.test import Client

from tests.desk.scene import Scene


class DeskClient(Client):
    """Requests of a member below the business's path; the test's own schema stays entered."""

    def __init__(self, business, user, **extra):
        super().__init__(**extra)
        self.business = business
        self.force_login(user)

    def generic(self, method, path, *args, **more):
        return super().generic(method, self.business.path + path if not path.startswith("/") else path, *args, **more)

    def request(self, **request):
        before = connection.tenant
        try:
            return super().request(**request)
        finally:
            connection.set_tenant(before)


@pytest.fixture
def scene(clinic):
    return Scene(clinic)


@pytest.fixture
def alices(clinic, alice):
    """Alice at her desk."""
    return DeskClient(clinic, alice)


@pytest.fixture
def bobs(clinic, bob):
    return DeskClient(clinic, bob)
