"""Time that became free again is news for whoever waits for it: a row and its work item, written with the change.

The waitlist claims the work item `calendar_sync.slot_freed` (its object is the FreedSlot) and looks whether the time
is still free: this is news, not a promise.
"""

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from calendar_sync.models import FreedSlot
from tenants import clock, worklist
from tenants.models import Business
from tenants.statements import insert

SLOT_FREED = "calendar_sync.slot_freed"


def tell_freed(
    business: Business,
    *,
    practitioner_id: int,
    service_id: int,
    during: DateTimeTZRange,
    change_id: int | None = None,
) -> FreedSlot | None:
    """In the caller's transaction. Nothing to tell when the time has begun already."""
    if during.lower <= clock.now():
        return None
    freed = FreedSlot(practitioner_id=practitioner_id, service_id=service_id, during=during, from_change_id=change_id)
    insert(freed)
    worklist.call_for(business.pk, SLOT_FREED, freed.pk)
    return freed
