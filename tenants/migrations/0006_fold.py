"""public.fold(text): small letters without accents, for searching (tenants/folding.py)."""

from django.db import migrations

MAKE = r"""
CREATE FUNCTION public.fold(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
SELECT translate(
    regexp_replace(
        normalize(
            replace(replace(replace(lower(said), 'ß', 'ss'), 'œ', 'oe'), 'æ', 'ae'),
            NFD
        ),
        '[\u0300-\u036f]', '', 'g'
    ),
    'øłđ', 'old'
)
$$
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0005_schemas")]
    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION public.fold(text)")]
