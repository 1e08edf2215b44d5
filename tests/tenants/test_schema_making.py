"""A schema made from the script is the one that the migrations make. With real commits."""

import datetime as dt
import secrets
import textwrap
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Value
from django.db.models.functions import Concat

from tenants import clock, schema, schema_making, schema_script
from tenants.models import Business, SchemaScript
from tenants.provisioning import create_business, discard
from tests.tenants.portrait import portrait

FEW = 12  # round trips; the migrations take more than five hundred


@pytest.fixture(autouse=True)
def _real_commits(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        schema.leave()
        yield
        schema.leave()
        connection.close()


@pytest.fixture
def new_schema():
    """Makes a bare one the way it is told; they are dropped afterwards."""
    made = []

    def make(way=schema_making.make_schema):
        made.append(Business(schema_name=f"b_{secrets.token_hex(6)}", slug="bare"))
        way(made[-1])
        return made[-1].schema_name

    yield make
    with connection.cursor() as cursor:
        for business in made:
            cursor.execute(f'DROP SCHEMA IF EXISTS "{business.schema_name}" CASCADE')


@pytest.fixture
def script():
    """The record of the code as it is; put back afterwards, whatever a test does to it."""
    schema_making.write_script()
    kept = schema_script.current()
    yield schema_script.current()
    kept.save()


def _clinic(slug):
    return create_business(name="New", slug=slug, kind="dentist", timezone="Europe/London", owner=None)


def _schemas():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'b\\_%'")
        return {row[0] for row in cursor.fetchall()}


def test_a_schema_made_from_the_script_is_the_one_that_the_migrations_make(
    script, new_schema, django_assert_max_num_queries
):
    by_migrations = portrait(new_schema(schema_making.by_migrations))
    with django_assert_max_num_queries(FEW):
        quick = new_schema()
    by_script = portrait(quick)
    assert len(by_migrations["columns"]) > 300
    for what, lines in by_migrations.items():
        assert by_script[what] == lines, what
    assert by_script.keys() == by_migrations.keys()


def test_when_it_fails_neither_a_row_nor_a_schema_is_left(script):
    before = _schemas()
    SchemaScript.objects.filter(pk=script.pk).update(statements=Concat("statements", Value("\n;\nSELECT 1/0")))
    with pytest.raises(DatabaseError, match="division by zero"):
        _clinic("never-made")
    assert not Business.objects.filter(slug="never-made").exists()
    assert _schemas() == before


def test_several_made_at_once_are_all_whole(script):
    def one(number):
        try:
            return _clinic(f"at-once-{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(one, range(4)))
    try:
        assert {business.status for business in made} == {Business.Status.ACTIVE}
        first, *others = (portrait(business.schema_name)["constraints"] for business in made)
        assert all(each == first for each in others)
    finally:
        for business in made:
            discard(business)


def test_without_a_script_the_migrations_make_it_and_leave_one(script, new_schema, django_assert_max_num_queries):
    SchemaScript.objects.all().delete()
    new_schema()
    assert schema_script.current().migrations == script.migrations
    with django_assert_max_num_queries(FEW):
        new_schema()


def test_an_upgrade_writes_the_script_so_that_nobody_waits_for_it(script):
    before = _schemas()
    script.delete()
    call_command("upgrade")
    assert schema_script.current().migrations == script.migrations
    assert _schemas() == before


def test_the_script_of_another_version_stays_for_a_day(script):
    """While a deploy lasts, both versions make businesses."""
    script.delete()
    for name, age in (("of a version that still runs", 1), ("of one that is gone", 30)):
        SchemaScript.objects.create(
            digest=name, statements="", migrations=[], made_at=clock.now() - dt.timedelta(hours=age)
        )
    try:
        schema_making.write_script()
        others = SchemaScript.objects.exclude(digest=schema_script.digest())
        assert [each.digest for each in others] == ["of a version that still runs"]
    finally:
        SchemaScript.objects.filter(digest__startswith="of ").delete()


LATER = """
    from django.db import migrations, models


    def seed(apps, schema_editor):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("INSERT INTO later_words (word) VALUES (%s), ('100%%')", ["it's 50% done"])
            cursor.executemany("INSERT INTO later_words (word) VALUES (%s)", [["a;b"], ["--c"]])
            cursor.execute("SELECT setval(pg_get_serial_sequence('later_words', 'id'), 700)")


    class Migration(migrations.Migration):
        dependencies = [("escalations", "{latest}")]
        operations = [
            migrations.AddField("escalation", "mood", models.CharField(max_length=20, default="50% calm")),
            migrations.RunSQL("CREATE TABLE later_words (id bigserial, word text DEFAULT '%'); -- the last word"),
            migrations.RunPython(seed),
        ]
"""
LATER_STILL = """
    from django.contrib.postgres.operations import AddIndexConcurrently
    from django.db import migrations, models


    class Migration(migrations.Migration):
        atomic = False
        dependencies = [("escalations", "9001_later")]
        operations = [AddIndexConcurrently("escalation", models.Index(fields=["mood"], name="by_mood"))]
"""
UNDONE = """
    ALTER TABLE {schema}.escalations_escalation DROP COLUMN IF EXISTS mood;
    DROP TABLE IF EXISTS {schema}.later_words;
    DELETE FROM {schema}.django_migrations WHERE name LIKE '900_%';
"""
NAMING = """
    from django.db import migrations


    def name_it(apps, schema_editor):
        name = schema_editor.connection.schema_name
        schema_editor.execute(f"COMMENT ON TABLE {name}.escalations_escalation IS 'work'", None)


    class Migration(migrations.Migration):
        dependencies = [("escalations", "{latest}")]
        operations = [migrations.RunPython(name_it)]
"""


@pytest.fixture
def release(tmp_path, monkeypatch, settings):
    """Deploys the code of today with these migrations more, in the app on top."""

    def deploy(**later):
        latest = max(name for app, name in MigrationLoader(None).disk_migrations if app == "escalations")
        package = tmp_path / f"later_{secrets.token_hex(4)}"
        package.mkdir()
        for source in (settings.BASE_DIR / "escalations" / "migrations").glob("*.py"):
            (package / source.name).write_text(source.read_text())
        for name, text in later.items():
            (package / f"{name.removeprefix('_')}.py").write_text(textwrap.dedent(text).replace("{latest}", latest))
        monkeypatch.syspath_prepend(tmp_path)
        settings.MIGRATION_MODULES = {"escalations": package.name}
        _read_the_code_anew()

    yield deploy
    for business in Business.objects.exclude(schema_name="public"):  # an upgrade reached those of other tests, too
        with connection.cursor() as cursor:
            cursor.execute(UNDONE.replace("{schema}", business.schema_name))
    settings.MIGRATION_MODULES = {}
    _read_the_code_anew()
    SchemaScript.objects.exclude(digest=schema_script.digest()).delete()


def _read_the_code_anew():
    schema_script.digest.cache_clear()
    schema_script.migrations_of_the_code.cache_clear()


def test_a_later_migration_upgrades_those_made_from_the_script_and_ends_the_script(script, new_schema, release):
    old = _clinic("made-before")
    try:
        release(_9001_later=LATER, _9002_later_still=LATER_STILL)
        assert schema_script.current() is None
        call_command("upgrade")
        upgraded = portrait(old.schema_name)
        fresh = portrait(new_schema())
    finally:
        discard(old)
    by_migrations = portrait(new_schema(schema_making.by_migrations))
    assert fresh == by_migrations
    assert [line for line in fresh["rows of later_words"] if "it's 50% done" in line]
    assert "(700, True)" in fresh["rows of later_words_id_seq"]
    for what in ("relations", "columns", "constraints", "indexes", "triggers", "functions", "sequences"):
        assert upgraded[what] == fresh[what], what
    assert upgraded["rows of django_migrations"] == fresh["rows of django_migrations"]


def test_what_a_migration_says_of_one_schema_only_is_not_said_of_another(script, new_schema, release):
    release(_9001_naming=NAMING)
    assert any("'work'" in line for line in portrait(new_schema())["relations"])
    assert schema_script.current() is None
