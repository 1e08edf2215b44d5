"""A prepared statement is planned once per connection, and is never the wrong one."""

import contextlib

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django_tenants.utils import tenant_context

from bench.measure import round_trips
from tenants import schema
from tenants.models import Business, SchemaScript
from tenants.postgres.prepared import Prepared
from tenants.statements import asked_together, later, row, rows, several

MADE = Prepared("SELECT digest FROM public.tenants_schemascript WHERE digest LIKE %s || '%%' ORDER BY 1")
BETWEEN = Prepared(
    "SELECT digest FROM public.tenants_schemascript WHERE digest IN (%(b)s, %(a)s) AND digest >= %(a)s ORDER BY 1"
)
MAKE = Prepared(
    "INSERT INTO public.tenants_schemascript (digest, statements, migrations, made_at) VALUES (%s, '', '[]', now())"
)
NAMES = "string_agg(name, ', ' ORDER BY id)"
SERVICES = Prepared(f"SELECT {NAMES} FROM calendar_sync_service")
WORD = Prepared("SELECT word FROM words")
BROKEN = "INSERT INTO public.tenants_schemascript (digest) VALUES (NULL)"


@pytest.fixture(autouse=True)
def _real_commits(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        schema.leave()
        connection.close()
        yield
        schema.leave()
        SchemaScript.objects.filter(digest__startswith="prep ").delete()
        connection.close()


def _in_one_transaction(*statements):
    with transaction.atomic():
        for statement, values in statements:
            later(statement, values)


def _names():
    return [name for (name,) in rows("SELECT name FROM pg_prepared_statements ORDER BY prepare_time, name")]


def test_it_is_planned_once_and_told_by_its_values():
    assert row("SELECT 1") == (1,)
    assert round_trips(lambda: later(MAKE, ["prep 1"])) == 1
    later(MAKE, ["prep 2% %s"])
    assert rows(MADE, ["prep "]) == [("prep 1",), ("prep 2% %s",)]
    assert rows(MADE, ["prep 1"]) == [("prep 1",)]
    assert rows(BETWEEN, {"a": "prep 1", "b": "prep 2% %s"}) == [("prep 1",), ("prep 2% %s",)]
    assert rows(BETWEEN, {"a": "prep 2% %s", "b": "prep 1"}) == [("prep 2% %s",)]
    assert len(_names()) == 3


def test_what_a_refused_message_has_prepared_stays_so():
    share = Prepared("SELECT 1 / %s::int")
    with pytest.raises(DatabaseError), transaction.atomic():
        several((share, [0]), (MADE, ["prep "]))  # as a booking whose time was taken a moment before
    prepared = _names()

    assert rows(MADE, ["prep "]) == []
    assert row(share, [1]) == (1,)
    assert _names() == prepared


def test_it_waits_and_is_asked_side_by_side_like_any_other():
    def act():
        with transaction.atomic():
            later(MAKE, ["prep 1"])
            later(MAKE, ["prep 2"])
            assert several((MADE, ["prep 1"]), (MADE, ["prep 2"])) == [[("prep 1",)], [("prep 2",)]]
        with asked_together((MADE, ["prep 1"]), (MADE, ["prep 2"])):
            assert rows(MADE, ["prep 2"]) == [("prep 2",)]

    assert round_trips(act) == 3


def test_one_that_went_down_with_others_is_made_anew():
    with pytest.raises(IntegrityError):
        _in_one_transaction((BROKEN, []), (MADE, ["prep "]))
    assert rows(MADE, ["prep "]) == []
    with pytest.raises(IntegrityError):
        _in_one_transaction((MAKE, ["prep 1"]), (BROKEN, []))
    later(MAKE, ["prep 1"])
    assert rows(MADE, ["prep "]) == [("prep 1",)]


def test_one_that_was_never_sent_is_made_where_it_is_needed():
    with transaction.atomic():
        with contextlib.suppress(KeyError), transaction.atomic():
            later(MAKE, ["prep 1"])
            raise KeyError
        later(MAKE, ["prep 2"])
    assert rows(MADE, ["prep "]) == [("prep 2",)]
    with contextlib.suppress(KeyError), transaction.atomic():
        later(BETWEEN, {"a": "", "b": ""})
        raise KeyError
    assert rows(BETWEEN, {"a": "prep 2", "b": ""}) == [("prep 2",)]


def test_in_another_business_it_reads_that_ones_rows():
    counted = set()
    for slug in ("bright-smile", "cut-and-co") * 2:
        with tenant_context(Business.objects.get(slug=slug)):
            (names,) = row(SERVICES)
            assert (names,) == row(f"SELECT {NAMES} FROM {schema.current()}.calendar_sync_service")
            counted.add(names)
    assert len(counted) == 2, "the two differ, so that mixing them up would show"


@pytest.mark.parametrize("change", ["DEALLOCATE ALL", "ALTER TABLE words ALTER word TYPE integer USING 7"])
def test_a_plan_that_became_useless_is_an_error_once(change):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE words AS SELECT 'seven'::text AS word")
        assert row(WORD) == ("seven",)
        cursor.execute(change)
    with pytest.raises(DatabaseError), transaction.atomic():
        row(WORD)
    assert row(WORD) == row("SELECT word FROM words")


def test_an_ordinary_refusal_costs_no_plan():
    later(MAKE, ["prep 1"])
    before = _names()
    with pytest.raises(IntegrityError):
        later(MAKE, ["prep 1"])
    with pytest.raises(IntegrityError):
        _in_one_transaction((MAKE, ["prep 2"]), (MAKE, ["prep 1"]))
    later(MAKE, ["prep 3"])
    assert _names() == before
