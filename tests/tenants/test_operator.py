import pytest
from django.test import Client
from django.urls import reverse

from tenants import platform_switch, worklist
from tenants.models import AuditEntry, Business, PlatformSwitch, User, WorkItem


@pytest.fixture
def operator(db):
    client = Client()
    client.force_login(User.objects.create_superuser("operator@frontdesk.test", "correct horse battery"))
    return client


@pytest.fixture
def business(db):
    return Business.objects.get(slug="bright-smile")


def _act(client, model, action, *rows):
    page = reverse(f"admin:tenants_{model}_changelist", urlconf="frontdesk.urls_public")
    return client.post(page, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)


def test_the_operators_desk_is_only_for_operators(db, alice):
    client = Client()
    assert client.get("/operator/").status_code == 302
    client.force_login(alice)
    assert client.get("/operator/").status_code == 302
    assert client.get("/operator/tenants/business/", follow=True).status_code == 403


def test_operators_log_in_where_everybody_does_with_the_second_factor(db):
    page = Client().get("/operator/login/?next=/operator/")
    assert page.url.startswith("/accounts/login/?next=")


def test_businesses_are_listed_with_their_people_numbers_and_work(operator, business):
    worklist.call_for(business.pk, "conversations.turn", 1)
    page = operator.get("/operator/tenants/business/")
    row = page.context["cl"].result_list.get(pk=business.pk)
    assert (row.member_count, row.number_count) == (2, 0)
    assert b"bright-smile" in page.content


def test_suspending_and_reopening_is_done_and_noted(operator, business):
    _act(operator, "business", "suspend", business)
    business.refresh_from_db()
    assert business.suspended
    assert b"0 suspended" in _act(operator, "business", "suspend", business).content
    _act(operator, "business", "reopen", business)
    business.refresh_from_db()
    assert business.status == Business.Status.ACTIVE
    acts = AuditEntry.objects.filter(business=business, actor__email="operator@frontdesk.test")
    assert list(acts.order_by("pk").values_list("action", flat=True)) == ["business.suspended", "business.reopened"]


def test_parked_work_is_seen_and_called_again(operator, business):
    worklist.call_for(business.pk, "conversations.turn", 77)
    worklist.claim(business.pk, "conversations.turn", 77).park()
    item = WorkItem.objects.get(object_id=77)
    page = operator.get("/operator/tenants/workitem/?state=parked")
    assert [row.pk for row in page.context["cl"].result_list] == [item.pk]
    _act(operator, "workitem", "call_again", item)
    item.refresh_from_db()
    assert item.parked_at is None
    assert item.attempts == 0
    assert AuditEntry.objects.filter(action="work.called_again", subject="conversations.turn 77").exists()


@pytest.mark.parametrize("model", ["business", "user", "membership", "workitem", "auditentry", "channelroute"])
def test_every_list_opens_and_nothing_is_added_there(operator, model):
    assert operator.get(f"/operator/tenants/{model}/").status_code == 200
    assert operator.get(f"/operator/tenants/{model}/add/").status_code == 403


def test_the_audit_trail_can_be_read_and_not_changed(operator, business):
    entry = AuditEntry.objects.create(business=business, action="test.entry")
    page = f"/operator/tenants/auditentry/{entry.pk}/"
    assert operator.get(page + "change/").status_code == 200
    assert operator.post(page + "change/", {"action": "forged"}).status_code == 403
    assert operator.post(page + "delete/", {"post": "yes"}).status_code == 403


def test_locking_a_person_out_is_noted(operator, bob):
    operator.post(f"/operator/tenants/user/{bob.pk}/change/", {"name": "Bob Colleague"})
    bob.refresh_from_db()
    assert not bob.is_active
    assert AuditEntry.objects.filter(action="user.edited", subject=f"user {bob.pk}").exists()


@pytest.fixture
def fresh_brake():
    platform_switch.forget()
    yield
    platform_switch.forget()


def test_the_brake_for_language_models_is_at_the_operators_desk(operator, fresh_brake):
    page = reverse("admin:tenants_platformswitch_add", urlconf="frontdesk.urls_public")
    assert "Say why" in operator.post(page, {"models_off": "on", "reason": " "}).content.decode()
    assert not platform_switch.brake().on
    operator.post(page, {"models_off": "on", "reason": "An incident at Anthropic."})
    platform_switch.forget()
    assert platform_switch.brake() == platform_switch.Brake(on=True, reason="An incident at Anthropic.")
    assert operator.get(page).status_code == 403  # one row is all there is
    row = PlatformSwitch.objects.get()
    assert row.changed_by.email == "operator@frontdesk.test"
    change = reverse("admin:tenants_platformswitch_change", args=[row.pk], urlconf="frontdesk.urls_public")
    operator.post(change, {"reason": ""})
    platform_switch.forget()
    assert not platform_switch.brake().on
    told = AuditEntry.objects.filter(action__startswith="models.").order_by("pk")
    assert [entry.action for entry in told] == ["models.off", "models.on"]
