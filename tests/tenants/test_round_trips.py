"""What waits on our side reaches the server with the next statement, in order, and never twice."""

import contextlib

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django_tenants.utils import tenant_context

from bench.measure import round_trips
from tenants import schema, worklist
from tenants.models import Business, PlatformSwitch, SchemaScript, WorkItem
from tenants.statements import (
    add,
    ask_ahead,
    asked_beside,
    asked_together,
    change,
    forget,
    later,
    number,
    rewrite,
    row,
    rows,
    several,
)

KIND = "test.round_trips"
MAKE = "INSERT INTO public.tenants_schemascript (digest, statements, migrations, made_at) VALUES (%s, '', '[]', now())"
COUNT = "SELECT count(*) FROM public.tenants_schemascript WHERE digest LIKE 'trip %%'"


@pytest.fixture(autouse=True)
def _real_commits(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        schema.leave()
        row("SELECT 1")
        yield
        schema.leave()
        SchemaScript.objects.filter(digest__startswith="trip ").delete()
        WorkItem.objects.filter(kind=KIND).delete()
        connection.close()


def _kept():
    return row(COUNT)[0]


def test_a_transaction_of_writes_that_need_no_answer_is_one_round_trip():
    def write():
        with transaction.atomic():
            later(MAKE, ["trip 1"])
            with transaction.atomic():
                later(MAKE, ["trip 100% %s"])

    assert round_trips(write) == 1
    assert _kept() == 2


def test_a_transaction_without_statements_is_none():
    def nothing():
        with transaction.atomic(), transaction.atomic():
            pass

    assert round_trips(nothing) == 0


def test_whoever_reads_in_the_same_transaction_sees_what_was_said_before():
    with transaction.atomic():
        later(MAKE, ["trip 1"])
        assert SchemaScript.objects.filter(digest="trip 1").exists()
        later(MAKE, ["trip 2"])
        with connection.cursor() as cursor:
            cursor.executemany(MAKE, [["trip 3"], ["trip 4"]])
        assert len(list(SchemaScript.objects.filter(digest__startswith="trip ").iterator(chunk_size=2))) == 4


def test_a_reader_who_comes_in_pieces_sees_what_waits():
    with transaction.atomic():
        later(MAKE, ["trip 1"])
        assert [each.digest for each in SchemaScript.objects.filter(digest="trip 1").iterator(chunk_size=1)] == [
            "trip 1"
        ]


def test_the_answer_of_a_statement_is_its_own_and_not_that_of_what_left_with_it():
    heard = []
    with transaction.atomic():
        later(MAKE + " RETURNING digest", ["trip 1"], heard.extend)
        assert rows("SELECT 7 UNION ALL SELECT 8 ORDER BY 1") == [(7,), (8,)]
        later(MAKE, ["trip 2"])
        assert change("UPDATE public.tenants_schemascript SET statements = 'x' WHERE digest LIKE 'trip %%'") == 2
    assert heard == [("trip 1",)]


def _say(*statements):
    """All of them in one transaction; the last is a question."""
    with transaction.atomic():
        for statement, values in statements[:-1]:
            later(statement, values)
        row(*statements[-1])


def _say_twice():
    with transaction.atomic():
        later(MAKE, ["trip 1"])
        later(MAKE, ["trip 1"])


def test_an_error_of_what_waited_undoes_all_of_its_transaction():
    with pytest.raises(IntegrityError):
        _say_twice()
    assert _kept() == 0
    with pytest.raises(DataError):
        _say((MAKE, ["trip 1"]), ("SELECT 1/0", []))
    assert _kept() == 0


def test_what_was_said_in_a_savepoint_goes_with_it():
    def fail(kind):
        with transaction.atomic():
            later(MAKE, ["trip inner"])
            if kind == "at the server":
                row("SELECT 1")
            raise ValueError

    for place, kind in enumerate(("before it was sent", "at the server")):
        with transaction.atomic():
            later(MAKE, [f"trip {place}"])
            with pytest.raises(ValueError):
                fail(kind)
            later(MAKE, [f"trip {place} after"])
    assert sorted(rows("SELECT digest FROM public.tenants_schemascript WHERE digest LIKE 'trip %%'")) == [
        ("trip 0",),
        ("trip 0 after",),
        ("trip 1",),
        ("trip 1 after",),
    ]


def test_an_error_in_a_savepoint_leaves_the_transaction_usable():
    with transaction.atomic():
        later(MAKE, ["trip 1"])
        for _ in range(2):
            with pytest.raises(DataError):
                _say((MAKE, ["trip inner"]), ("SELECT 1/0", []))
        assert _kept() == 1
    assert _kept() == 1


def test_a_rolled_back_transaction_leaves_nothing_waiting():
    with transaction.atomic():
        later(MAKE, ["trip 1"])
        transaction.set_rollback(True)
    assert _kept() == 0


def test_a_business_is_entered_with_the_first_statement_whatever_becomes_of_that(clinic_and_salon):
    clinic, salon = clinic_and_salon
    for business in clinic_and_salon:
        with tenant_context(business):
            with pytest.raises(DataError):
                row("SELECT 1/0")
            assert row("SELECT current_schema()") == (business.schema_name,)
    with tenant_context(clinic):
        assert round_trips(lambda: row("SELECT count(*) FROM conversations_channel")) == 1
        with pytest.raises(DataError), transaction.atomic(), tenant_context(salon):
            row("SELECT 1/0")
        assert row("SELECT current_schema()") == (clinic.schema_name,)
        with transaction.atomic():
            with pytest.raises(ValueError, match="meanwhile"):
                _leave_with_an_error(salon)
            assert row("SELECT current_schema()") == (clinic.schema_name,)


def _leave_with_an_error(business):
    with transaction.atomic(), tenant_context(business):
        later("SELECT 1")
        raise ValueError("meanwhile")


@pytest.fixture
def clinic_and_salon():
    return [Business.objects.get(slug=slug) for slug in ("bright-smile", "cut-and-co")]


def test_what_may_not_share_a_transaction_goes_alone(clinic_and_salon):
    with tenant_context(clinic_and_salon[0]), connection.cursor() as cursor:
        cursor.execute("VACUUM conversations_channel")


def test_several_questions_are_one_round_trip_and_an_answer_serves_once():
    one, two = ("SELECT %s::int", [1]), (COUNT, ())
    assert several(one, two) == [[(1,)], [(0,)]]
    with asked_together(one, two):
        assert round_trips(lambda: (row(*one), rows(*two))) == 0
        later(MAKE, ["trip 1"])
        assert rows(*two) == [(1,)]
    assert row("SELECT %s::int", [2]) == (2,)


def test_work_that_was_called_for_again_stays_when_it_is_finished(clinic_and_salon):
    clinic, _ = clinic_and_salon
    for again in (False, True):
        worklist.call_for(clinic.pk, KIND, 1)
        lease = worklist.claim(clinic.pk, KIND, 1)
        if again:
            worklist.call_for(clinic.pk, KIND, 1)
        with transaction.atomic():
            lease.hold()
            lease.finish_held()
        left = list(WorkItem.objects.filter(kind=KIND).values_list("leased_until", "attempts"))
        assert left == ([(None, 0)] if again else [])


def test_whether_a_kept_connection_still_lives_is_no_round_trip():
    assert round_trips(lambda: connection.is_usable()) == 0


def test_a_connection_whose_transaction_has_failed_is_not_to_be_used():
    with transaction.atomic():
        with contextlib.suppress(DataError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert not connection.is_usable()
        transaction.set_rollback(True)
    assert connection.is_usable()


def test_a_connection_that_the_server_has_ended_is_no_longer_used():
    row("SELECT 1")
    killer = connection.copy()
    with killer.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    killer.close()
    assert not connection.is_usable()
    connection.close()


def test_what_is_asked_beside_comes_with_the_next_statement_and_is_given_once():
    def act():
        with transaction.atomic(), asked_beside((COUNT, ())):
            later(MAKE, ["trip 1"])
            row("SELECT 1")
            heard.append(rows(COUNT))
            later(MAKE, ["trip 2"])

    heard = []
    assert round_trips(act) == 2
    assert heard == [[(0,)]]
    with transaction.atomic(), asked_beside((COUNT, ())):
        assert rows(COUNT) == [(2,)]  # nothing had left yet, so it was asked as ever


def test_rows_whose_ids_are_given_out_beforehand_wait_for_nothing():
    def act():
        with transaction.atomic(), asked_beside():
            ask_ahead(PlatformSwitch)
            row("SELECT 1")
            number(switch)
            add(switch)
            switch.reason = "changed"
            rewrite(switch, "reason", "models_off")

    switch = PlatformSwitch(reason="new")
    assert round_trips(act) == 2
    assert PlatformSwitch.objects.get(pk=switch.pk).reason == "changed"
    switch.delete()


def test_an_answer_that_is_no_longer_so_is_forgotten():
    with transaction.atomic(), asked_beside((COUNT, ())):
        row("SELECT 1")
        later(MAKE, ["trip 1"])
        forget((COUNT, ()))
        assert rows(COUNT) == [(1,)]


def test_an_answer_that_was_asked_ahead_is_forgotten_with_its_act():
    with transaction.atomic(), asked_beside():
        with asked_beside((COUNT, ())):
            row("SELECT 1")
        later(MAKE, ["trip 1"])
        assert rows(COUNT) == [(1,)]
