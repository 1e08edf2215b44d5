"""A schema that was emptied for the next test is what a new one is. With real commits."""

import secrets

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from calendar_sync.models import Patient, Practitioner, Service
from tenants import schema
from tenants.models import Business
from tenants.provisioning import create_business, discard
from tests.tenants import spare
from tests.tenants.portrait import portrait


@pytest.fixture(autouse=True)
def _real_commits(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        schema.leave()
        yield
        schema.leave()
        connection.close()


@pytest.fixture
def business():
    """business() → a new one each time."""
    made = []

    def make():
        slug = f"spare-{secrets.token_hex(4)}"
        made.append(
            create_business(
                name="Spare", slug=slug, kind="dentist", timezone="Europe/London", owner=None, make=spare.take
            )
        )
        return made[-1]

    yield make
    for each in made:
        if Business.objects.filter(pk=each.pk).exists():
            discard(each)


def _bare():
    passing = Business(schema_name=f"b_{secrets.token_hex(6)}", slug="bare")
    spare.take(passing)
    return passing.schema_name


def _drop(name):
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA "{name}" CASCADE')


def test_it_is_emptied_to_what_a_new_one_is(business):
    used = business()
    new = _bare()  # the spare one, if there was any, is in use
    with tenant_context(used):
        Patient.objects.create(name="Rosa Blum", contact_id=1)
        Practitioner.objects.get().services.set(Service.objects.all())
    assert spare.give_back(used)
    assert not Business.objects.filter(pk=used.pk).exists()
    again = _bare()
    assert again != used.schema_name
    try:
        assert portrait(again) == portrait(new)
    finally:
        for each in (again, new):
            _drop(each)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE calendar_sync_patient ADD COLUMN more text",
        "ALTER TABLE calendar_sync_patient ALTER COLUMN name DROP NOT NULL",
        "DROP INDEX patient_by_name",
        "DELETE FROM django_migrations WHERE app = 'escalations'",
    ],
)
def test_one_that_was_changed_is_not_used_again(business, change):
    changed = business()
    with tenant_context(changed), connection.cursor() as cursor:
        cursor.execute(change)
    assert not spare.give_back(changed)
    assert Business.objects.filter(pk=changed.pk).exists()
