"""Nothing of one business reaches a member of another: every route, every task. (Streams: test_event_stream.py.)

The routes are read from the URLconf, so a new one is covered by itself.
"""

import inspect
import re

import pytest
from celery import current_app
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django_tenants.utils import tenant_context

from tenants.business_tasks import WrongSchema, business_task
from tenants.models import AuditEntry, Business, Membership
from tests.tenants.samples import make, model_called, value_for

PARAMETER = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
PROGRAMS = "api/"  # with keys instead of people: tests/api/test_keys.py walks them
OURS = ("tenants.", "calendar_sync.", "agents.", "conversations.", "escalations.", "frontdesk.")


def routes(resolver: URLResolver | None = None, prefix: str = "") -> list[str]:
    """Every route below /b/<slug>/, as written: settings/members/<int:membership_id>/role/."""
    found = []
    for pattern in (resolver or get_resolver("frontdesk.urls_business")).url_patterns:
        assert isinstance(pattern.pattern, RoutePattern), f"write {pattern} with path(), so that it can be walked"
        route = prefix + pattern.pattern._route
        if route == PROGRAMS:
            continue
        if isinstance(pattern, URLPattern):
            found.append(route)
        else:
            found += routes(pattern, route)
    return found


@pytest.fixture
def paths(clinic):
    """Each route below the clinic's path, with ids of real objects of the clinic."""
    with tenant_context(clinic):
        return {route: clinic.path + _fill(route, clinic) for route in routes()}


def _fill(route: str, business: Business) -> str:
    return PARAMETER.sub(lambda match: value_for(match[1], business), route)


def _client(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_url_of_a_business_is_not_there_for_a_member_of_another(paths, charlie, clinic):
    client = _client(charlie)
    for route, path in paths.items():
        for method in (client.get, client.post):
            answer = method(path)
            assert answer.status_code == 404, f"{method.__name__} {route}"
            assert clinic.name.encode() not in answer.content
    assert AuditEntry.objects.filter(actor=charlie, action="access.refused").count() == 2 * len(paths)


def test_every_url_asks_a_passer_by_to_log_in(paths):
    for route, path in paths.items():
        for method in (Client().get, Client().post):
            answer = method(path)
            assert answer.status_code == 302, route
            assert answer.url.startswith("/accounts/login/?next=/b/bright-smile/"), route


# These want a particular row (a file, a model's step, a reply of the assistant, a notice of one's own, a number), and
# their own tests open them.
PARTICULAR = {
    "files/<int:stored_file_id>/",
    "notices/<int:notice_id>/",
    "set-up/number.svg",
    "traces/<int:turn_id>/seen/<int:index>/",
    "conversations/<int:conversation_id>/messages/<int:message_id>/wrong/",
}


def test_the_walk_sees_the_pages_that_the_members_see(paths, alice):
    """Without this, a walk that fills in nonsense would prove nothing."""
    client = _client(alice)
    seen = {route: client.get(path).status_code for route, path in paths.items()}
    missing = [route for route, status in seen.items() if status not in (200, 204, 302, 400, 405)]
    assert set(missing) <= PARTICULAR


def test_ids_of_one_business_lead_nowhere_in_another(clinic, salon, charlie):
    """A member's own desk, asked for objects that only the other business has."""
    with tenant_context(clinic):
        far = _with_far_ids(clinic)
    client = _client(charlie)
    for route, filled in far.items():
        for method in (client.get, client.post):
            answer = method(salon.path + filled)
            assert answer.status_code in (404, 405), f"{method.__name__} {route}"


def _with_far_ids(business: Business) -> dict[str, str]:
    """The routes with ids, filled with objects whose ids the other business can't have by chance."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename FROM pg_sequences WHERE schemaname = %s",  # those of identity columns too
            [business.schema_name],
        )
        for (sequence,) in cursor.fetchall():
            cursor.execute(f'ALTER SEQUENCE "{business.schema_name}"."{sequence}" RESTART WITH 700000')
    found = {}
    for route in routes():
        names = PARAMETER.findall(route)
        if any(name.endswith(("_id", "pk")) for name in names):
            for name in names:
                _fresh(name)
            found[route] = _fill(route, business)
    return found


def _fresh(parameter: str) -> None:
    model = model_called(re.sub(r"_?(id|pk)$", "", parameter))
    if model is not None and not model._default_manager.filter(pk__gte=700000).exists():
        make(model)


@pytest.mark.parametrize("path", ["/b/nobody-here/", "/b/NOBODY/", "/b/a b/", "/b/%00/", "/b/..%2f/", "/b//"])
def test_an_unknown_slug_is_not_found(alice, path):
    assert _client(alice).get(path).status_code == 404


def test_a_business_without_its_slash_is_led_to_it(alice):
    assert _client(alice).get("/b/bright-smile").url == "/b/bright-smile/"


def test_a_business_that_is_being_set_up_is_not_there_yet(clinic, alice):
    Business.objects.filter(pk=clinic.pk).update(status=Business.Status.PREPARING)
    assert _client(alice).get("/b/bright-smile/settings/").status_code == 404


def test_a_suspended_business_can_be_read_and_not_changed(paths, clinic, alice):
    Business.objects.filter(pk=clinic.pk).update(status=Business.Status.SUSPENDED)
    client = _client(alice)
    page = client.get("/b/bright-smile/settings/")
    assert page.status_code == 200
    assert b"is suspended" in page.content
    for route, path in paths.items():
        answer = client.post(path)
        assert answer.status_code == 403, route
        assert b"is suspended" in answer.content, route


def test_a_business_whose_upgrade_failed_says_so(clinic, alice):
    from tenants import clock

    Business.objects.filter(pk=clinic.pk).update(fenced_at=clock.now())
    page = _client(alice).get("/b/bright-smile/settings/")
    assert page.status_code == 503
    assert b"is being updated" in page.content


def test_a_session_that_was_ended_elsewhere_opens_no_business(clinic, alice):
    client = _client(alice)
    assert client.get("/b/bright-smile/settings/").status_code == 200
    client.session.delete()
    assert client.get("/b/bright-smile/settings/").status_code == 302


def test_someone_locked_out_opens_no_business(clinic, alice):
    client = _client(alice)
    alice.is_active = False
    alice.save()
    assert client.get("/b/bright-smile/settings/").status_code == 302


# -- tasks -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def our_tasks():
    current_app.loader.import_default_modules()
    current_app.autodiscover_tasks(force=True)
    return {name: task for name, task in current_app.tasks.items() if name.startswith(OURS)}


def test_a_task_is_a_businesss_or_takes_nothing(our_tasks):
    """A task that takes ids without being a business task could mix them up."""
    loose = [
        name for name, task in our_tasks.items() if not hasattr(task, "body") and inspect.signature(task.run).parameters
    ]
    assert loose == []


def test_tasks_of_a_business_that_is_gone_do_nothing(db, our_tasks):
    gone = Business.objects.order_by("-pk").first().pk + 1000
    for name, task in our_tasks.items():
        if hasattr(task, "body"):
            with CaptureQueriesContext(connection) as queries, pytest.raises(WrongSchema):
                task.run(gone, 1)
            said = [statement for each in queries for statement in each["sql"].split(";\n")]
            asked = [statement for statement in said if not statement.startswith("SET search_path")]
            assert len(asked) == 1, f"{name} may only look for the business"


def test_a_task_whose_schema_is_public_is_refused(db):
    @business_task("tests.never_runs")
    def never_runs(business, object_id):
        raise AssertionError("the body ran in public")

    row = Business(schema_name="public", slug="the-public-one", name="Public", kind="dentist")
    Business.objects.bulk_create([row])
    with pytest.raises(WrongSchema):
        never_runs.run(row.pk, 1)


def test_a_task_runs_in_its_own_business_and_leaves_it(clinic, salon):
    seen = []

    @business_task("tests.looks_around")
    def looks_around(business, object_id):
        seen.append((business.slug, connection.schema_name, object_id))

    connection.set_tenant(clinic)
    looks_around.run(salon.pk, 5)
    assert seen == [("cut-and-co", salon.schema_name, 5)]
    assert connection.schema_name == "public"


def test_a_task_of_a_fenced_off_business_waits(clinic):
    from tenants import clock

    @business_task("tests.waits")
    def waits(business, object_id):
        raise AssertionError("the body ran")

    Business.objects.filter(pk=clinic.pk).update(fenced_at=clock.now())
    waits.run(clinic.pk, 1)


def test_the_cast_is_what_these_tests_think(clinic, salon, charlie):
    assert not Membership.objects.filter(user=charlie, business=clinic).exists()
    assert Membership.objects.filter(user=charlie, business=salon).exists()
    assert len(routes()) >= 8
