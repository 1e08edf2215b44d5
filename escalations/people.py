"""The names of staff, read together with the rows that name them by id."""

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext

from tenants.models import User


def name_of(id_field: str) -> Subquery:
    """To annotate with: the name (else the e-mail) of the User whose id `id_field` holds; null without one."""
    named = User.objects.filter(pk=OuterRef(id_field)).order_by()
    full = Coalesce(NullIf("name", Value("")), "email", output_field=CharField())
    return Subquery(named.values(full=full)[:1], output_field=CharField())


def name_by_id(user_id: int | None) -> str:
    user = User.objects.filter(pk=user_id).first() if user_id else None
    return user.get_full_name() if user else gettext("A colleague")
