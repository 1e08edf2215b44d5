"""A business's schema for the next test that commits: emptied and named anew, rather than dropped and made.

Making and dropping one takes Postgres most of a second. Only a schema that nobody changed is used again, and never at
the same name: whoever still works in it finds nothing, as if it had been dropped. tests/tenants/test_spare.py holds
one that was emptied against one that is new.
"""

import secrets

from django.db import connection, transaction

from tenants import schema
from tenants.locks import give_way
from tenants.models import Business
from tenants.schema_making import make_schema

# What is there by object id: whatever was made, dropped or altered meanwhile makes another line of it.
LOOKS = """
SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
    SELECT concat_ws(' ', 'class', c.oid, relname, relkind, reloptions, relacl) FROM pg_class c
    WHERE relnamespace = %(schema)s::regnamespace
    UNION ALL
    SELECT concat_ws(' ', 'column', attrelid, attnum, attname, atttypid, atttypmod, attnotnull, atthasdef, attacl)
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE relnamespace = %(schema)s::regnamespace AND relkind = 'r' AND attnum > 0
    UNION ALL
    SELECT concat_ws(' ', 'default', d.oid, adnum) FROM pg_attrdef d JOIN pg_class c ON c.oid = adrelid
    WHERE relnamespace = %(schema)s::regnamespace
    UNION ALL
    SELECT concat_ws(' ', 'constraint', oid, conname, convalidated, condeferred) FROM pg_constraint
    WHERE connamespace = %(schema)s::regnamespace
    UNION ALL
    SELECT concat_ws(' ', 'trigger', t.oid, tgname, tgenabled) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
    WHERE relnamespace = %(schema)s::regnamespace AND NOT tgisinternal
    UNION ALL
    SELECT concat_ws(' ', 'function', oid, proname, md5(prosrc)) FROM pg_proc
    WHERE pronamespace = %(schema)s::regnamespace
    UNION ALL
    SELECT concat_ws(' ', 'migration', app, name) FROM {schema}.django_migrations
) AS lines (line)
"""
EMPTY = """
DO $$
DECLARE each record;
BEGIN
    FOR each IN SELECT oid::regclass AS name FROM pg_class
        WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'r' AND relname <> 'django_migrations'
    LOOP
        EXECUTE format('DELETE FROM %s', each.name);
    END LOOP;
    FOR each IN SELECT format('%I.%I', schemaname, sequencename)::regclass AS name, start_value FROM pg_sequences
        WHERE schemaname = '{schema}' AND last_value IS NOT NULL AND sequencename NOT LIKE 'django_migrations%'
    LOOP
        PERFORM setval(each.name, each.start_value, false);
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
END $$
"""

_spare: list[str] = []  # at most one in each process of the tests
_looked: dict[str, str] = {}  # what those in use looked like before anybody used them, by name


def take(business: Business) -> None:
    """Give the business a schema with empty tables; stands for `make_schema`."""
    schema.leave()
    if _spare:
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER SCHEMA "{_spare.pop()}" RENAME TO "{business.schema_name}"')
    else:
        make_schema(business)
        schema.leave()
    _looked[business.schema_name] = _looks_of(business.schema_name)


def give_back(business: Business) -> bool:
    """Take the business's row and everything in its schema away and keep the schema for the next one.

    False, and nothing is done, when it isn't what it was: the business has to be discarded.
    """
    schema.leave()
    name, looked = business.schema_name, _looked.pop(business.schema_name)
    if connection.in_atomic_block or _spare or not _is_there(name) or _looks_of(name) != looked:
        return False
    kept = f"spare_{secrets.token_hex(6)}"
    give_way(lambda: _empty(business, kept))
    _spare.append(kept)
    return True


def _is_there(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [name])
        return cursor.fetchone()[0]


def _looks_of(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(LOOKS.replace("{schema}", f'"{name}"'), {"schema": name})
        return cursor.fetchone()[0]


def _empty(business: Business, kept: str) -> None:
    name = business.schema_name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(oid::regclass::text, ', ') FROM pg_class"
            " WHERE relnamespace = %s::regnamespace AND relkind = 'r'",
            [name],
        )
        cursor.execute(f"LOCK TABLE {cursor.fetchone()[0]}")  # whoever is at work in it is let finish
        cursor.execute(f'SET LOCAL search_path = "{name}", public')  # the triggers' own
        cursor.execute(EMPTY.replace("{schema}", name))
        cursor.execute("SET LOCAL search_path = public")
        cursor.execute(f'ALTER SCHEMA "{name}" RENAME TO "{kept}"')
        Business.objects.filter(pk=business.pk).delete()
