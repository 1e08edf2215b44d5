"""Everything Postgres knows of a schema, without its name and its object ids, so that two can be compared."""

from django.db import connection, transaction

# One line each; `{schema}` is the schema's name. Definitions are printed for the search path of the schema.
CATALOGS = {
    "relations": """
        SELECT relname, relkind, relpersistence, relreplident, relrowsecurity, reloptions, relacl,
               pg_get_userbyid(relowner), obj_description(oid, 'pg_class')
        FROM pg_class WHERE relnamespace = '{schema}'::regnamespace""",
    "columns": """
        SELECT c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
               a.attgenerated, a.attstorage, a.attcompression, a.attcollation::regcollation, a.attisdropped,
               pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE c.relnamespace = '{schema}'::regnamespace AND c.relkind = 'r' AND a.attnum > 0""",
    "constraints": """
        SELECT conrelid::regclass, conname, contype, condeferrable, condeferred, convalidated, connoinherit,
               confrelid::regclass, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = '{schema}'::regnamespace""",
    "indexes": """
        SELECT pg_get_indexdef(indexrelid), indisunique, indisprimary, indisvalid, indisexclusion, indnullsnotdistinct,
               indisreplident
        FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = '{schema}'::regnamespace""",
    "triggers": """
        SELECT tgname, pg_get_triggerdef(t.oid), tgenabled, tgdeferrable, tginitdeferred
        FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
        WHERE relnamespace = '{schema}'::regnamespace AND NOT tgisinternal""",
    "triggers of constraints": """
        SELECT c.relname, conname, tgfoid::regproc, tgtype, tgenabled, count(*)
        FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN pg_constraint k ON k.oid = t.tgconstraint
        WHERE relnamespace = '{schema}'::regnamespace AND tgisinternal GROUP BY 1, 2, 3, 4, 5""",
    "functions": """
        SELECT pg_get_functiondef(oid), proacl FROM pg_proc WHERE pronamespace = '{schema}'::regnamespace""",
    "sequences": """
        SELECT sequencename, data_type, start_value, min_value, max_value, increment_by, cycle, cache_size
        FROM pg_sequences WHERE schemaname = '{schema}'""",
    "owned sequences": """
        SELECT d.objid::regclass, d.refobjid::regclass, d.refobjsubid, d.deptype
        FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
        WHERE c.relnamespace = '{schema}'::regnamespace AND d.refclassid = 'pg_class'::regclass""",
    "types": "SELECT typname, typtype, typacl FROM pg_type WHERE typnamespace = '{schema}'::regnamespace",
    "statistics": "SELECT stxname FROM pg_statistic_ext WHERE stxnamespace = '{schema}'::regnamespace",
    "rules": "SELECT tablename, rulename, definition FROM pg_rules WHERE schemaname = '{schema}'",
    "policies": "SELECT tablename, policyname FROM pg_policies WHERE schemaname = '{schema}'",
    "extensions": "SELECT extname FROM pg_extension WHERE extnamespace = '{schema}'::regnamespace",
}


def portrait(schema_name):
    """{catalog: sorted lines}; with the rows of every table, the state of every sequence, the migrations in order."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'SET LOCAL search_path = "{schema_name}", public')
        seen = {name: _lines(cursor, query, schema_name) for name, query in CATALOGS.items()}
        for kind, name in _readable(cursor, schema_name):
            what = "last_value, is_called" if kind == "S" else "*"
            if name == "django_migrations":
                what = "id, app, name"  # not the moment
            seen[f"rows of {name}"] = _lines(cursor, f'SELECT {what} FROM "{name}"', schema_name)
    return seen


def _readable(cursor, schema_name):
    cursor.execute(
        "SELECT relkind, relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'S')",
        [schema_name],
    )
    return cursor.fetchall()


def _lines(cursor, query, schema_name):
    cursor.execute(query.replace("{schema}", schema_name))
    return sorted(str(row).replace(schema_name, "(schema)") for row in cursor.fetchall())
