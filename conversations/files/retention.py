"""Files are deleted once they were kept as long as the business says (Retention; else MEDIA_KEEP_DAYS); the thread says
that there was one. Erasing a person deletes theirs at once (escalations.contacts.erasing).
"""

import datetime as dt

import structlog

from conversations.files import keeping
from conversations.models import Retention, StoredFile
from conversations.models.keeping import older_than
from tenants import clock
from tenants.models import Business

log = structlog.get_logger(__name__)
SWEEP = "conversations.sweep_files"
AT_ONCE = 500
ORPHAN_AFTER = dt.timedelta(days=1)  # a file is written a moment before its row knows it
RETENTION = "retention"  # StoredFile.error of a deleted one


def sweep(business: Business) -> int:
    """Delete what has been kept long enough, and files that no row knows; how many."""
    return _delete_old(business) + _delete_orphans(business)


def _delete_old(business: Business) -> int:
    wanted = Retention.of_this_business()
    before = older_than(wanted.kept_files_days)
    if before is None or wanted.takes_effect_at:
        return 0
    gone = 0
    while old := list(StoredFile.objects.filter(state=StoredFile.State.KEPT, created_at__lt=before)[:AT_ONCE]):
        gone += keeping.delete(business, old, RETENTION)
    return gone


def _delete_orphans(business: Business) -> int:
    before = (clock.now() - ORPHAN_AFTER).timestamp()
    lying = {path for path, written in keeping.all_paths(business) if written < before}
    if not lying:
        return 0
    orphans = lying - set(StoredFile.objects.filter(path__in=lying).values_list("path", flat=True))
    for path in orphans:
        keeping.discard(business, path)
    return len(orphans)
