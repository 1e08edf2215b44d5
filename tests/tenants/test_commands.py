import json
import os
import signal
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from tenants import provisioning
from tenants.models import Business, Role, User

GIVEN = {
    "name": "Ocean Dental",
    "slug": "ocean-dental",
    "kind": "dentist",
    "timezone": "Europe/Lisbon",
    "owner": "rita@ocean.test",
}


def _create(**changes):
    out = StringIO()
    call_command("create_business", **GIVEN | {"json": True} | changes, stdout=out)
    return json.loads(out.getvalue())


def test_a_business_and_its_owner_are_made_and_the_owner_can_choose_a_password(db):
    said = _create(country="pt")
    business = Business.objects.get(slug="ocean-dental")
    assert said["url"] == "http://testserver/b/ocean-dental/"
    assert (business.country, business.currency, business.status) == ("PT", "EUR", Business.Status.ACTIVE)
    assert business.memberships.get().role == Role.OWNER
    assert not User.objects.get(email="rita@ocean.test").has_usable_password()
    client = Client()
    page = client.get(said["set_password"].removeprefix("http://testserver"), follow=True)
    form = page.redirect_chain[-1][0]
    passwords = {"password1": "a new good password", "password2": "a new good password"}
    assert client.post(form, passwords).status_code == 302
    assert User.objects.get(email="rita@ocean.test").check_password("a new good password")


def test_an_owner_who_has_an_account_keeps_it(alice):
    said = _create(owner="Alice@clinic.test")
    assert "set_password" not in said
    assert Business.objects.get(slug="ocean-dental").memberships.get().user == alice


def test_without_json_it_speaks_to_people(db):
    out = StringIO()
    call_command("create_business", **GIVEN, stdout=out)
    assert "Ocean Dental is ready: http://testserver/b/ocean-dental/" in out.getvalue()
    assert "Choose a password: http://testserver/accounts/password/reset/key/" in out.getvalue()


@pytest.mark.parametrize(
    ("given", "value", "said"),
    [
        ("kind", "vet", "choose one of"),
        ("timezone", "Europe/Atlantis", "unknown"),
        ("slug", "bright-smile", "taken"),
        ("slug", "webhooks", "reserved"),
        ("slug", "X", "3 to 50"),
        ("owner", "rita", "not an e-mail address"),
        ("number", "+447911", "write it like"),
        ("country", "Wales", "unknown"),
        ("currency", "£", "three letters"),
        ("name", " ", "write a name"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_made(db, given, value, said):
    before = Business.objects.count(), User.objects.count()
    with pytest.raises(CommandError, match=said):
        _create(**{given: value})
    assert (Business.objects.count(), User.objects.count()) == before


def test_a_business_that_cannot_be_furnished_leaves_nothing_behind(fresh_business):
    """Real commits: the schema's migrations commit by themselves, so they have to be undone."""
    from tenants.signals import business_created

    def refuse(**_):
        raise RuntimeError("no room")

    connection.set_schema_to_public()
    schemas = _schemas()
    business_created.connect(refuse, dispatch_uid="refuse")
    try:
        with pytest.raises(RuntimeError, match="no room"):
            provisioning.create_business(
                name="Gone", slug="gone-soon", kind="dentist", timezone="Europe/London", owner=None
            )
    finally:
        business_created.disconnect(dispatch_uid="refuse")
    assert not Business.objects.filter(slug="gone-soon").exists()
    assert _schemas() == schemas


def _schemas():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'b\\_%'")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize(
    ("crash_at", "ends"), [("here", -signal.SIGKILL), ("here:2", -signal.SIGKILL), ("here:3", 0), ("", 0)]
)
def test_a_crash_point_kills_on_the_visit_that_is_asked_for(crash_at, ends):
    program = "from tenants.crashpoints import reach\nfor name in ('there', 'here', 'here'): reach(name)"
    environment = {**os.environ, "FRONTDESK_CRASH_AT": crash_at}
    done = subprocess.run([sys.executable, "-c", program], cwd=settings.BASE_DIR, env=environment, check=False)
    assert done.returncode == ends


def test_a_command_on_a_database_that_was_never_upgraded_says_what_to_do():
    empty = f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/template1"
    asked = [sys.executable, "manage.py", "create_business", *(f"--{name}={value}" for name, value in GIVEN.items())]
    done = subprocess.run(
        asked, cwd=settings.BASE_DIR, env=os.environ | {"DATABASE_URL": empty}, check=False, capture_output=True
    )
    assert done.returncode == 1
    assert done.stderr.decode().strip().splitlines()[-1].endswith("python manage.py upgrade")
