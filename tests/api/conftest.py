import json

import pytest
from django.db import connection
from django.test import Client

from calendar_sync.models import Patient, Practitioner, Service
from conversations.models import Contact
from escalations.api import keys
from escalations.api.scopes import Scope
from tests.desk.conftest import DeskClient
from tests.desk.scene import Scene
from tests.diary.conftest import MONDAY, monday

__all__ = ["monday"]


class Program(Client):
    """A program with a key, calling below /b/<slug>/api/v1/; the test's own schema stays entered."""

    def __init__(self, business, token, **extra):
        super().__init__(raise_request_exception=False, **extra)
        self.business, self.token = business, token

    def generic(self, method, path, data="", content_type="application/json", **more):
        headers = {"Authorization": f"Bearer {self.token}"} | (more.pop("headers", None) or {})
        at = path if path.startswith("/") else f"{self.business.path}api/v1/{path}"
        return super().generic(method, at, data, content_type, headers=headers, **more)

    def request(self, **request):
        before = connection.tenant
        try:
            return super().request(**request)
        finally:
            connection.set_tenant(before)

    def sends(self, path, body=None, method="POST", **more):
        return self.generic(method, path, json.dumps(body or {}), **more)


def refused(answer, status, code):
    """It is a problem document with this status and code."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code), problem
    assert problem["type"] == f"urn:frontdesk:problem:{code}"
    assert all(problem[name] for name in ("title", "detail"))
    return problem


@pytest.fixture
def made(clinic, alice):
    return keys.make(clinic, alice, "Website", list(Scope))


@pytest.fixture
def program(clinic, made):
    return Program(clinic, made.secret)


@pytest.fixture
def scene(clinic):
    return Scene(clinic)


@pytest.fixture
def alices(clinic, alice):
    return DeskClient(clinic, alice)


@pytest.fixture
def bobs(clinic, bob):
    return DeskClient(clinic, bob)


@pytest.fixture
def check_up(clinic):
    return Service.objects.get(name="Check-up")


@pytest.fixture
def ada(clinic):
    return Practitioner.objects.get(name="Dr Ada Silva")


@pytest.fixture
def tom(clinic):
    contact = Contact.objects.create(name="Tom Becker")
    Patient.objects.create(name="Tom Becker", contact_id=contact.pk)
    return contact


@pytest.fixture
def free_time(program, check_up, monday):
    """The first free time of a service on Monday and Tuesday, with a ticket for the contact."""

    def find(contact, place=0, **more):
        asked = {
            "service": check_up.pk,
            "contact": contact.pk,
            "starts_from": MONDAY.isoformat(),
            "starts_before": "2026-11-25T00:00:00Z",
        } | more
        answer = program.get("availability", asked)
        assert answer.status_code == 200, answer.content
        return answer.json()["data"][place]

    return find
