"""Rows written and read by our own statements are what Django writes and reads."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from agents.models import Pseudonym, Turn
from calendar_sync.models import Hold, Practitioner, Service
from conversations.models import Contact
from tenants import clock
from tenants.statements import insert, joined, read


def same(mine, djangos):
    return {each.attname: getattr(mine, each.attname) for each in mine._meta.concrete_fields} == {
        each.attname: getattr(djangos, each.attname) for each in djangos._meta.concrete_fields
    }


def test_ranges_json_and_secrets_are_written_and_read_as_django_does(clinic):
    now = clock.now()
    hold = Hold(
        reason=Hold.Reason.OFFER,
        service=Service.objects.first(),
        practitioner=Practitioner.objects.first(),
        during=DateTimeTZRange(now, now + dt.timedelta(minutes=30)),
        expires_at=now,
    )
    turn = Turn(conversation_id=1, contact_id=1, sources=[{"entry": 1, "title": "Übersicht"}])
    secret = Pseudonym(conversation_id=1, token="[NAME_1]", kind="NAME", value="Rosa Blum")
    for row in (hold, turn, secret):
        insert(row)
        kept = type(row).objects.get(pk=row.pk)
        assert same(row, kept)
        assert same(read(type(row), "WHERE id = %s", [row.pk])[0], kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM agents_pseudonym WHERE id = %s", [secret.pk])
        assert "Rosa Blum" not in cursor.fetchone()[0]


def test_several_rows_get_their_ids_in_order(clinic):
    people = [Contact(name=name) for name in ("Ann", "Ben", "Cy")]
    insert(*people)
    assert [Contact.objects.get(pk=each.pk).name for each in people] == ["Ann", "Ben", "Cy"]


def test_a_row_that_is_there_already_is_left_alone_only_where_that_was_asked(clinic):
    first = Pseudonym(conversation_id=1, token="[NAME_1]", kind="NAME", value="Rosa")
    assert insert(first)
    again = Pseudonym(conversation_id=1, token="[NAME_1]", kind="NAME", value="Eve")
    assert not insert(again, unless="conversation_id, token")
    assert again.pk is None
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again)


def test_joined_rows_come_as_models_and_what_else_was_asked(clinic):
    [(service, practitioner, number), *_] = joined(
        (Service, Practitioner),
        """FROM calendar_sync_service
           JOIN calendar_sync_practitioner_services uses ON uses.service_id = calendar_sync_service.id
           JOIN calendar_sync_practitioner ON calendar_sync_practitioner.id = uses.practitioner_id
          ORDER BY calendar_sync_service.id""",
        also="1 + 1",
    )
    assert service.name
    assert practitioner in service.practitioners.all()
    assert number == 2
