import psycopg
import pytest
from django.db import connection

from tenants import events
from tenants.models import Business, Membership, Role, User
from tests.tenants.serving import Reader, log_in, running, silent

ENDS = 20  # seconds by which a stream must have ended; generous, the machine is shared


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), running(EVENT_RECHECK_SECONDS="1") as server:
        yield server


@pytest.fixture
def session(fresh_business):
    return log_in(User.objects.get(email="alice@clinic.test"))


@pytest.fixture
def stream(server, fresh_business, session):
    reader = _open(server, fresh_business, session)
    yield reader
    reader.close()


def _open(server, business, session):
    reader = Reader(server, f"{business.path}events/", session)
    assert reader.status == 200
    reader.wait_until_open()
    return reader


def _connections_of_the_server() -> int:
    with psycopg.connect(**connection.get_connection_params()) as other:
        return other.execute(
            """SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                  AND backend_type = 'client backend'"""
        ).fetchone()[0]


def test_an_event_reaches_the_open_pages_of_its_business(server, fresh_business, stream):
    _publish_until_heard(fresh_business, stream)
    events.publish(fresh_business, "conversation", 7)
    assert stream.next_event() == {"name": "conversation", "id": 7}


def test_sixty_open_streams_hold_at_most_three_database_connections(server, fresh_business, session):
    before = _connections_of_the_server()
    readers = [_open(server, fresh_business, session) for _ in range(60)]
    try:
        looks = [_connections_of_the_server() for _ in range(20)]  # one that ends is still seen for a moment
        assert min(looks) - before <= 3
        _publish_until_heard(fresh_business, readers[-1])
        events.publish(fresh_business, "escalation", 3)
        assert [_last_of(reader, "escalation") for reader in readers] == [{"name": "escalation", "id": 3}] * 60
    finally:
        for reader in readers:
            reader.close()


def test_another_businesss_stream_hears_nothing(server, fresh_business, stream, salon_stream):
    _publish_until_heard(fresh_business, stream)
    events.publish(fresh_business, "conversation", 8)
    assert stream.next_event() == {"name": "conversation", "id": 8}
    assert silent([salon_stream], 0.5)


@pytest.fixture
def salon_stream(server, fresh_business):
    salon = Business.objects.get(slug="cut-and-co")
    reader = _open(server, salon, log_in(User.objects.get(email="charlie@salon.test")))
    yield reader
    reader.close()


def test_a_stranger_a_passer_by_and_an_unknown_slug_get_no_stream(server, fresh_business, session):
    path = f"{fresh_business.path}events/"
    charlie = log_in(User.objects.get(email="charlie@salon.test"))
    assert server.get(path, charlie)[0] == 404
    assert server.get(path)[0] == 401
    assert server.get(path, "not-a-session")[0] == 401
    assert server.get("/b/nobody-here/events/", session)[0] == 404
    assert server.get("/b/%00'\"/events/", session)[0] == 404
    assert server.get(path, session, method="POST")[0] == 405


def test_a_member_who_is_removed_loses_the_stream(server, fresh_business):
    bob = User.objects.get(email="bob@clinic.test")
    membership = Membership.objects.create(user=bob, business=fresh_business, role=Role.STAFF)
    reader = _open(server, fresh_business, log_in(bob))
    membership.delete()
    assert reader.next_event(within=ENDS) is None
    reader.close()


def test_a_session_that_ended_loses_the_stream(server, fresh_business, session, stream):
    from django.contrib.sessions.models import Session

    Session.objects.filter(session_key=session).delete()
    assert stream.next_event(within=ENDS) is None


def test_open_streams_do_not_hold_up_the_end_of_the_server(fresh_business, session):
    with running() as server:
        reader = _open(server, fresh_business, session)
        server.process.terminate()
        assert reader.next_event(within=ENDS) is None
        assert server.process.wait(ENDS) is not None
        reader.close()


def test_pages_are_served_beside_the_streams(server):
    assert server.get("/")[0] == 200
    assert server.get("/nowhere/")[0] == 404


def _publish_until_heard(business, reader) -> None:
    """The subscription to Redis stands a moment after the first stream; from then on nothing may be lost."""
    for number in range(100):
        events.publish(business, "warm-up", number)
        if not silent([reader], 0.1):
            break
    else:
        pytest.fail("the stream heard nothing")
    events.publish(business, "warm", 0)
    assert _last_of(reader, "warm")  # Redis keeps the order: what was published before has come, too


def _last_of(reader, name):
    while (event := reader.next_event()) is not None and event["name"] != name:
        pass
    return event
