"""What is refused, and how; pages; writing once."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from conversations.models import Contact
from escalations.api import idempotency
from escalations.models import IdempotencyRecord
from tenants import clock
from tenants.models import AuditEntry
from tests.api.conftest import refused

HUGE = "9" * 400


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "nowhere", 404, "not_found"),
        ("POST", "/b/bright-smile/api/v2/contacts", 404, "not_found"),
        ("GET", "/b/bright-smile/api/", 404, "not_found"),
        ("DELETE", "/b/bright-smile/api/v1", 404, "not_found"),
        ("GET", "contacts/0", 404, "not_found"),
        ("GET", f"contacts/{HUGE}", 404, "not_found"),
        ("GET", f"contacts/{2**63 - 1}", 404, "not_found"),
        ("GET", "contacts/x", 404, "not_found"),
        ("GET", "contacts/", 404, "not_found"),
        ("GET", "contacts/%00", 404, "not_found"),
        ("PUT", "contacts", 405, "method_not_allowed"),
        ("OPTIONS", "contacts", 405, "method_not_allowed"),
        ("TRACE", "contacts", 405, "method_not_allowed"),
        ("GET", "appointments/1/cancel", 405, "method_not_allowed"),
        ("GET", "contacts?limit=0", 422, "invalid"),
        ("GET", "contacts?limit=101", 422, "invalid"),
        ("GET", f"contacts?limit={HUGE}", 422, "invalid"),
        ("GET", "contacts?limit=ten", 422, "invalid"),
        ("GET", "contacts?colour=red", 422, "invalid"),
        ("GET", "contacts?cursor=%00", 422, "invalid"),
        ("GET", "contacts?cursor=x", 422, "invalid"),
        ("GET", "contacts?cursor=eA", 422, "invalid"),
        ("GET", "appointments?cursor=OTk5OTk5OTk5OTk5OTk5OTk5Ljk", 422, "invalid"),
        ("GET", "contacts?created_after=yesterday", 422, "invalid"),
        ("GET", "contacts?created_after=0001-01-01T00:00:00%2B14:00", 422, "invalid"),
        ("GET", "contacts?created_after=1700000000", 422, "invalid"),
        ("GET", "availability", 422, "invalid"),
    ],
)
def test_what_is_refused_is_told_as_a_problem(program, method, path, status, code):
    answer = program.generic(method, path)
    refused(answer, status, code)
    if status == 405:
        assert answer["Allow"]


@pytest.mark.parametrize(
    ("body", "sort", "status", "code"),
    [
        ("{", "application/json", 400, "malformed"),
        ("", "application/json", 400, "malformed"),
        (b"\xff\xfe", "application/json", 400, "malformed"),
        ("[" * 100_000, "application/json", 400, "malformed"),
        ('{"name": "\\ud800"}', "application/json", 400, "malformed"),
        ('{"name": "a"}', "text/plain", 415, "unsupported_media_type"),
        ("name=a", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        ("[]", "application/json", 422, "invalid"),
        ("null", "application/json", 422, "invalid"),
        ('{"name": 5}', "application/json", 422, "invalid"),
        ('{"name": ""}', "application/json", 422, "invalid"),
        ('{"name": "a\\u0000b"}', "application/json", 422, "invalid"),
        ('{"name": "%s"}' % ("a" * 121), "application/json", 422, "invalid"),
        ('{"name": "a", "id": 3}', "application/json", 422, "invalid"),
        ('{"name": "a", "phone": "12"}', "application/json", 422, "invalid"),
        ('{"name": "%s"}' % ("a" * 1_100_000), "application/json", 413, "too_large"),
    ],
)  # fmt: skip
def test_a_body_that_is_wrong_is_refused_and_nothing_is_made(program, body, sort, status, code):
    refused(program.generic("POST", "contacts", body, sort), status, code)
    assert not Contact.objects.exists()


def test_the_fields_that_are_wrong_are_named_without_their_values(program):
    problem = refused(program.sends("contacts", {"name": 5, "secret": "tooth"}), 422, "invalid")
    assert {each["field"] for each in problem["errors"]} == {"body.name", "body.secret"}
    assert "tooth" not in str(problem)


def test_pages_show_everything_once_while_rows_are_added(program):
    wanted = [Contact.objects.create(name=f"Contact {number}").pk for number in range(7)]
    seen, cursor = [], ""
    while cursor is not None:
        page = program.get("contacts", {"limit": 3} | ({"cursor": cursor} if cursor else {})).json()
        seen += [each["id"] for each in page["data"]]
        cursor = page["next_cursor"]
        Contact.objects.create(name="Newer")
    assert seen == wanted[::-1]


def test_a_write_is_done_once_under_its_key(program, made):
    once = {"headers": {"Idempotency-Key": "abc-1"}}
    first, again = (program.sends("contacts", {"name": "Eve"}, **once) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert Contact.objects.count() == 1
    assert AuditEntry.objects.filter(action="api.add_contact", detail={"key": made.key.pk}).count() == 1
    refused(program.sends("contacts", {"name": "Adam"}, **once), 422, "idempotency_key_reused")
    refused(program.sends("patients", {"name": "Eve"}, **once), 422, "idempotency_key_reused")
    assert program.sends("contacts", {"name": "Eve"}).json()["id"] != first.json()["id"], "without the key, another"


def test_what_was_refused_leaves_no_record(program):
    once = {"headers": {"Idempotency-Key": "abc-1"}}
    refused(program.sends("patients", {"name": "Eve", "contact": 10**9}, **once), 422, "invalid")
    assert not IdempotencyRecord.objects.exists()
    assert program.sends("patients", {"name": "Eve"}, **once).status_code == 201


def test_a_key_for_writing_once_ends_after_a_day(program, monday):
    once = {"headers": {"Idempotency-Key": "abc-1"}}
    program.sends("contacts", {"name": "Eve"}, **once)
    with clock.pinned(monday + dt.timedelta(hours=24)):
        assert program.sends("contacts", {"name": "Adam"}, **once).status_code == 201
    assert IdempotencyRecord.objects.count() == 1


@pytest.mark.parametrize("wrong", ["", "a" * 121, "a b", "é"])
def test_a_key_for_writing_once_is_plain(program, wrong):
    refused(program.sends("contacts", {"name": "Eve"}, headers={"Idempotency-Key": wrong}), 422, "invalid")


def test_while_the_same_runs_the_second_is_told_to_come_back(fresh_business, alice):
    from escalations.api import keys
    from escalations.api.scopes import Scope
    from tests.api.conftest import Program

    made = keys.make(fresh_business, alice, "Website", list(Scope))
    holding, done = threading.Event(), threading.Event()

    def first():
        connection.set_tenant(fresh_business)
        with transaction.atomic():
            assert idempotency.hold(made.key, "abc-1")
            holding.set()
            done.wait(20)
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    try:
        assert holding.wait(20)
        program = Program(fresh_business, made.secret)
        once = {"headers": {"Idempotency-Key": "abc-1"}}
        refused(program.sends("contacts", {"name": "Eve"}, **once), 409, "still_running")
    finally:
        done.set()
        thread.join()
    assert program.sends("contacts", {"name": "Eve"}, **once).status_code == 201
    assert Contact.objects.count() == 1


def test_a_fault_of_ours_is_told_as_a_problem_too(program, settings):
    settings.API_CALLS_PER_MINUTE = None  # the comparison fails
    problem = refused(program.get("contacts"), 500, "server_error")
    assert "Traceback" not in str(problem)
