"""Who is let in."""

import datetime as dt

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from escalations.api import keys
from escalations.api.scopes import Scope
from escalations.api.urls import OPERATIONS  # with every operation: those who make them are imported there
from escalations.models import ApiKey
from tenants import clock
from tenants.models import AuditEntry
from tests.api.conftest import Program, refused


def addresses():
    import re

    from escalations.api import resources  # noqa: F401

    return [(each.method, re.sub(r"{\w+}", "1", each.path), each) for each in OPERATIONS]


def test_only_the_digest_of_a_key_is_kept(made):
    kept = ApiKey.objects.get()
    assert made.secret.startswith(kept.prefix + "_")
    assert made.secret not in str(vars(kept))
    assert keys.find(made.secret) == kept


def test_without_a_key_every_address_is_refused(clinic):
    assert len(addresses()) > 25
    for method, path, _ in addresses():
        for headers in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer"}):
            answer = Client().generic(method, f"{clinic.path}api/v1/{path}", headers=headers)
            refused(answer, 401, "no_key")
            assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_key_opens_no_other_business(clinic, salon, made, charlie):
    with tenant_context(salon):
        theirs = keys.make(salon, charlie, "Till", list(Scope))
    for method, path, _ in addresses():
        refused(Program(salon, made.secret).generic(method, path), 401, "wrong_key")
        refused(Program(clinic, theirs.secret).generic(method, path), 401, "wrong_key")


def test_a_business_that_is_not_there_is_refused_like_one_without_a_key(clinic, made):
    answer = Program(clinic, made.secret).get("/b/no-such-place/api/v1/contacts")
    refused(answer, 401, "no_key")
    assert Client().get("/b/no-such-place/api/v1/openapi.json").status_code == 200


def test_a_session_is_not_a_key(alices):
    refused(alices.get("api/v1/contacts"), 401, "no_key")


def test_a_key_does_what_its_scopes_say_and_nothing_else(clinic, alice):
    only = {each: Program(clinic, keys.make(clinic, alice, each, [each]).secret) for each in Scope}
    but = {each: Program(clinic, keys.make(clinic, alice, each, set(Scope) - {each}).secret) for each in Scope}
    for method, path, operation in addresses():
        assert only[operation.scope].generic(method, path).status_code != 403, (method, path)
        refused(but[operation.scope].generic(method, path), 403, "scope_missing")


def test_a_revoked_key_opens_nothing_until_it_is_restored(clinic, alice, made, program):
    keys.revoke(clinic, made.key, alice)
    refused(program.get("contacts"), 401, "wrong_key")
    keys.restore(clinic, made.key, alice)
    assert program.get("contacts").status_code == 200
    told = AuditEntry.objects.filter(action__startswith="api_key.").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["api_key.made", "api_key.revoked", "api_key.restored"]


@pytest.mark.parametrize("wrong", ["x", "fd_aaaaaaaa_" + "A" * 43, "fd_é", "", "A" * 5000])
def test_what_is_not_a_key_is_refused(clinic, made, wrong):
    assert Program(clinic, wrong).get("contacts").status_code == 401
    assert (
        Program(clinic, made.secret[:-1] + ("A" if made.secret[-1] != "A" else "B")).get("contacts").status_code == 401
    )


def test_use_is_noted_once_a_minute(program, monday, made):
    def used():
        return ApiKey.objects.get(pk=made.key.pk).last_used_at

    program.get("contacts")
    assert used() == monday
    with clock.pinned(monday + dt.timedelta(seconds=59)):
        program.get("contacts")
    assert used() == monday
    with clock.pinned(monday + dt.timedelta(seconds=60)):
        program.get("contacts")
    assert used() == monday + dt.timedelta(seconds=60)


def test_a_suspended_business_is_read_only(clinic, program):
    clinic.status = clinic.Status.SUSPENDED
    clinic.save()
    assert program.get("contacts").status_code == 200
    refused(program.sends("contacts", {"name": "Eve"}), 403, "suspended")


def test_a_fenced_business_is_not_served(clinic, program):
    clinic.fenced_at = clock.now()
    clinic.save()
    refused(program.get("contacts"), 503, "being_upgraded")


def test_too_many_calls_have_to_wait(clinic, program, alice, settings, monday):
    settings.API_CALLS_PER_MINUTE = 3
    for _ in range(3):
        assert program.get("contacts").status_code == 200
    answer = program.get("contacts")
    refused(answer, 429, "too_many_calls")
    assert 0 < int(answer["Retry-After"]) <= 60
    another = Program(clinic, keys.make(clinic, alice, "Other", list(Scope)).secret)
    assert another.get("contacts").status_code == 200, "each key has its own count"
    with clock.pinned(monday + dt.timedelta(minutes=1)):
        assert program.get("contacts").status_code == 200
