import datetime as dt
import re
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client

from tenants import clock, invitations
from tenants.models import AuditEntry, Business, Invitation, Membership, Role, User

PAGE = "/b/bright-smile/settings/members/"


def _client(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def business(db):
    return Business.objects.get(slug="bright-smile")


@pytest.fixture
def dora(db):
    user = User.objects.create_user("dora@new.test", "correct horse battery", name="Dora New")
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def invitation(business, alice):
    return invitations.invite(business, alice, "Dora@New.test", Role.STAFF)


def _role(user, business):
    row = Membership.objects.filter(user=user, business=business).first()
    return row and row.role


def _acts(business):
    return list(AuditEntry.objects.filter(business=business).order_by("pk").values_list("action", flat=True))


def test_an_owner_invites_and_the_invited_person_joins(business, alice, dora):
    _client(alice).post(PAGE + "invite/", {"email": "dora@new.test", "role": "admin"})
    assert mail.outbox[-1].to == ["dora@new.test"]
    row = Invitation.objects.get(email="dora@new.test")
    link = re.search(r"/invitations/\S+/", mail.outbox[-1].body)[0]
    assert link.split(":")[0] == f"/invitations/{invitations.token_of(row)}/".split(":")[0]
    assert b"Alice Owner invites you" in _client(dora).get(link).content
    assert _client(dora).post(link).url == "/b/bright-smile/"
    assert _role(dora, business) == Role.ADMIN
    assert _acts(business)[-2:] == ["invitation.sent", "invitation.accepted"]
    assert _client(dora).get(link).url == "/b/bright-smile/"  # opened again by the one who used it


def test_a_waiting_invitation_greets_the_person_at_home(invitation, dora):
    page = _client(dora).get("/home/").content.decode()
    assert "Join Bright Smile" in page
    # The link carries the second when it was signed, so it is followed and not compared.
    link = re.search(r"/invitations/[^/\"]+/", page)[0]
    assert b"Alice Owner invites you" in _client(dora).get(link).content


def test_an_address_that_is_not_verified_gets_no_invitation(invitation, db):
    impostor = User.objects.create_user("x@new.test", "correct horse battery")
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=impostor, email="dora@new.test", verified=False)
    page = _client(impostor).get(f"/invitations/{invitations.token_of(invitation)}/")
    assert page.status_code == 403
    assert _client(impostor).get("/home/").url == "/start/"


def test_without_a_log_in_the_link_leads_to_it_and_back(invitation):
    path = f"/invitations/{invitations.token_of(invitation)}/"
    page = Client().get(path).content.decode()
    assert f"/accounts/login/?next={quote(path)}" in page
    assert f"/accounts/signup/?next={quote(path)}" in page
    assert Client().post(path).url.startswith("/accounts/login/?next=")


@pytest.mark.parametrize(
    ("spoil", "status", "said"),
    [
        (lambda row: setattr(row, "expires_at", clock.now() - dt.timedelta(seconds=1)), 410, "has expired"),
        (lambda row: setattr(row, "withdrawn_at", clock.now()), 410, "was withdrawn"),
        (lambda row: setattr(row, "accepted_at", clock.now()), 410, "was used already"),
        (lambda row: setattr(row, "email", "other@new.test"), 403, "is for somebody else"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_no_longer_good_says_why(invitation, dora, business, spoil, status, said, method):
    spoil(invitation)
    invitation.save()
    page = getattr(_client(dora), method)(f"/invitations/{invitations.token_of(invitation)}/")
    assert page.status_code == status
    assert said in page.content.decode()
    assert _role(dora, business) is None


@pytest.mark.parametrize("token", ["nonsense", "MQ:1abc:forged", "%00", "MQ"])
def test_a_forged_or_cut_off_link_is_not_found(db, dora, token):
    page = _client(dora).get(f"/invitations/{token}/")
    assert page.status_code == 404
    assert "doesn’t work" in page.content.decode()


def test_sending_again_renews_an_expired_invitation(invitation, alice, dora):
    invitation.expires_at = clock.now() - dt.timedelta(days=1)
    invitation.save()
    _client(alice).post(f"/b/bright-smile/settings/invitations/{invitation.pk}/resend/")
    assert len(mail.outbox) == 2
    assert _client(dora).post(f"/invitations/{invitations.token_of(invitation)}/").status_code == 302


def test_a_withdrawn_invitation_leaves_the_list(invitation, alice):
    client = _client(alice)
    client.post(f"/b/bright-smile/settings/invitations/{invitation.pk}/withdraw/")
    assert Invitation.objects.get(pk=invitation.pk).withdrawn_at is not None
    assert client.get(PAGE).context["invitations"] == []


def test_inviting_the_same_address_twice_keeps_one_invitation(invitation, business, alice):
    invitations.invite(business, alice, "dora@new.test", Role.ADMIN)
    assert Invitation.objects.get(business=business).role == Role.ADMIN


@pytest.mark.parametrize(("email", "said"), [("bob@clinic.test", "already in"), ("nonsense", "valid email")])
def test_an_invitation_that_makes_no_sense_is_refused_beside_the_field(alice, email, said):
    page = _client(alice).post(PAGE + "invite/", {"email": email, "role": "staff"})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_said_and_the_invitation_kept(business, alice, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = _client(alice).post(PAGE + "invite/", {"email": "dora@new.test", "role": "staff"}, follow=True)
    assert "could not be sent" in page.content.decode()
    assert Invitation.objects.filter(email="dora@new.test").exists()


def test_the_last_owner_can_neither_go_nor_become_less(business, alice):
    own = Membership.objects.get(user=alice, business=business)
    for act, data in (("role", {"role": "staff"}), ("remove", {})):
        page = _client(alice).post(f"{PAGE}{own.pk}/{act}/", data, follow=True)
        assert "needs an owner" in page.content.decode()
    assert _role(alice, business) == Role.OWNER


def test_with_a_second_owner_the_first_may_leave(business, alice, bob):
    theirs = Membership.objects.get(user=bob, business=business)
    own = Membership.objects.get(user=alice, business=business)
    _client(alice).post(f"{PAGE}{theirs.pk}/role/", {"role": "owner"})
    assert _role(bob, business) == Role.OWNER
    assert _client(alice).post(f"{PAGE}{own.pk}/remove/").url == "/home/"
    assert _role(alice, business) is None
    assert _acts(business)[-2:] == ["member.role_changed", "member.left"]


def test_a_removed_member_is_a_stranger_at_once(business, alice, bob):
    theirs, client = Membership.objects.get(user=bob, business=business), _client(bob)
    assert client.get("/b/bright-smile/settings/").status_code == 200
    _client(alice).post(f"{PAGE}{theirs.pk}/remove/")
    assert client.get("/b/bright-smile/settings/").status_code == 404


def test_an_admin_manages_staff_but_not_owners(business, alice, bob, dora):
    Membership.objects.filter(user=bob, business=business).update(role=Role.ADMIN)
    staff = Membership.objects.create(user=dora, business=business, role=Role.STAFF)
    owner, client = Membership.objects.get(user=alice, business=business), _client(bob)
    assert "Only an owner" in client.post(f"{PAGE}{owner.pk}/remove/", follow=True).content.decode()
    assert "Only an owner" in client.post(f"{PAGE}{staff.pk}/role/", {"role": "owner"}, follow=True).content.decode()
    assert client.post(PAGE + "invite/", {"email": "e@new.test", "role": "owner"}).status_code == 422
    client.post(f"{PAGE}{staff.pk}/remove/")
    assert _role(dora, business) is None
    assert _role(alice, business) == Role.OWNER


def test_staff_see_no_settings_of_people_or_business(business, alice, bob):
    owner, client = Membership.objects.get(user=alice, business=business), _client(bob)
    assert client.get(PAGE).status_code == 404
    assert client.get("/b/bright-smile/settings/business/").status_code == 404
    assert client.post(PAGE + "invite/", {"email": "e@new.test", "role": "staff"}).status_code == 404
    client.post(f"{PAGE}{owner.pk}/remove/")
    assert _role(alice, business) == Role.OWNER


def test_the_businesss_own_settings_are_changed_and_noted(business, alice):
    page = "/b/bright-smile/settings/business/"
    fields = {
        "name": "Brighter",
        "timezone": "Europe/Dublin",
        "patient_label": "Guest",
        "quiet_window": "3.5",
        "burst_at_most": "9",
    }
    assert _client(alice).post(page, fields).url == page
    business.refresh_from_db()
    assert (business.name, business.timezone, business.patient_label) == ("Brighter", "Europe/Dublin", "guest")
    assert _acts(business)[-1] == "business.edited"


@pytest.mark.parametrize(
    ("field", "value"),
    [("timezone", "Mars/Base"), ("quiet_window", "-1"), ("quiet_window", "nan"), ("name", " "), ("patient_label", "")],
)
def test_settings_that_make_no_sense_are_refused_beside_the_field(business, alice, field, value):
    fields = {
        "name": "B",
        "timezone": "Europe/Dublin",
        "patient_label": "guest",
        "quiet_window": "3",
        "burst_at_most": "9",
    }
    page = _client(alice).post("/b/bright-smile/settings/business/", fields | {field: value})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert b"Bright Smile" in page.content
