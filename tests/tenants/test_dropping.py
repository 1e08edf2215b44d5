"""A business is dropped while a worker is still busy in it. With real commits."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection

from tenants.models import Business
from tenants.provisioning import create_business, discard

WAITING = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s"


@pytest.fixture
def doomed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield create_business(name="Gone", slug="soon-gone", kind="dentist", timezone="Europe/London", owner=None)
        for business in Business.objects.filter(slug="soon-gone"):
            discard(business)
        connection.close()


@pytest.mark.parametrize(("writes", "then_writes"), [(0, -1), (-1, 0)], ids=["oldest first", "newest first"])
def test_a_worker_in_the_way_finishes_and_the_business_is_gone(doomed, writes, then_writes):
    """It has written into one table and needs another, which the drop has locked by then: each waits for the other."""
    where = connection.get_connection_params()
    with psycopg.connect(**where) as worker, ThreadPoolExecutor(1) as pool:
        worker.execute("SET deadlock_timeout = '60s'")  # however slow the machine is, the drop is what gives way
        names = worker.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r' ORDER BY oid",
            [doomed.schema_name],
        ).fetchall()
        lock = f'LOCK TABLE "{doomed.schema_name}"."{{}}" IN ROW EXCLUSIVE MODE'  # as INSERT and UPDATE do
        worker.execute(lock.format(*names[writes]))
        dropping = pool.submit(_discard_and_leave, doomed)
        with psycopg.connect(**where, autocommit=True) as onlooker:
            while onlooker.execute(WAITING, [f"DROP SCHEMA%{doomed.schema_name}%"]).rowcount == 0:
                assert not dropping.done(), "nothing was in the way"
                time.sleep(0.01)
        worker.execute(lock.format(*names[then_writes]))
        worker.commit()
        dropping.result()
    assert not Business.objects.filter(pk=doomed.pk).exists()


def _discard_and_leave(business):
    discard(business)
    connection.close()
