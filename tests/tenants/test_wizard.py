import re
import secrets
import threading

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from tenants.models import AuditEntry, Business, Membership, Role, User
from tenants.provisioning import discard


@pytest.fixture
def visitor():
    return Client(REMOTE_ADDR=f"10.{secrets.randbelow(250)}.{secrets.randbelow(250)}.{secrets.randbelow(250)}")


@pytest.fixture
def newcomer(db, visitor):
    user = User.objects.create_user("nora@new.test", "correct horse battery", name="Nora New")
    visitor.force_login(user)
    return user


def _walk(client, **changes):
    name = {"name": "Zahn & Söhne", "slug": "", "country": "DE", "timezone": "Europe/Berlin"}
    assert client.post("/start/", {"kind": "doctor"}).url == "/start/name/"
    assert client.post("/start/name/", name | changes).url == "/start/people/"
    return client.post("/start/people/", {"practitioner": "Dr Ida Roth", "address": "Am Markt 1", "phone": ""})


def test_a_person_signs_up_with_a_code_and_makes_a_business(db, visitor):
    visitor.get("/accounts/signup/")
    signed_up = visitor.post(
        "/accounts/signup/",
        {"email": "nora@new.test", "password1": "correct horse battery", "name": "Nora New"},
    )
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", mail.outbox[0].body, re.MULTILINE)
    assert code, mail.outbox[0].body
    confirmed = visitor.post(signed_up.url, {"code": code[1]})
    assert confirmed.url == "/home/"
    assert visitor.get("/home/").url == "/start/"
    made = _walk(visitor)
    assert made.url == "/b/zahn-sohne/set-up/"
    business = Business.objects.get(slug="zahn-sohne")
    assert (business.name, business.kind, business.currency) == ("Zahn & Söhne", "doctor", "EUR")
    assert business.status == Business.Status.ACTIVE
    assert business.memberships.get().role == Role.OWNER
    assert visitor.get("/home/").url == "/b/zahn-sohne/"
    assert AuditEntry.objects.filter(business=business, action="business.created").exists()


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("bright-smile", "is taken"),
        ("webhooks", "is reserved"),
        ("a", "3 to 50"),
        ("Ünïcode", "3 to 50"),
        ("-edge-", "3 to 50"),
        ("two words", "3 to 50"),
        ("x" * 51, "at most 50"),
        ("nul\x00byte", "Null characters"),
    ],
)
def test_a_slug_that_cannot_be_had_is_refused_beside_its_field(newcomer, visitor, slug, said):
    visitor.post("/start/", {"kind": "dentist"})
    page = visitor.post("/start/name/", {"name": "Any", "slug": slug, "country": "GB", "timezone": "Europe/London"})
    assert page.status_code == 422
    assert said in " ".join(page.context["form"].errors["slug"])
    assert b'id="id_slug_error"' in page.content
    assert visitor.get("/start/people/").url == "/start/name/"


@pytest.mark.parametrize("slug", ["bright-smile", "webhooks", "a"])
def test_the_live_answer_says_why_a_slug_cannot_be_had(newcomer, visitor, slug):
    assert b"field__error" in visitor.get("/start/slug/", {"slug": slug}).content


def test_the_live_answer_suggests_a_slug_from_the_name(newcomer, visitor):
    assert b"/b/zahn-sohne/" in visitor.get("/start/slug/", {"name": "Zahn & Söhne", "slug": ""}).content


def test_a_timezone_nobody_knows_is_refused_and_a_city_is_understood(newcomer, visitor):
    visitor.post("/start/", {"kind": "dentist"})
    page = {"name": "Any Place", "slug": "", "country": "PT", "timezone": "Atlantis"}
    assert "timezone" in visitor.post("/start/name/", page).context["form"].errors
    visitor.post("/start/name/", page | {"timezone": "lisbon"})
    assert visitor.session["new_business"]["timezone"] == "Europe/Lisbon"


def test_going_back_loses_nothing(newcomer, visitor):
    visitor.post("/start/", {"kind": "therapist"})
    visitor.post("/start/name/", {"name": "Quiet Room", "slug": "", "country": "GB", "timezone": "Europe/London"})
    back = visitor.post("/start/people/", {"practitioner": "Hannah", "address": "Mill Lane", "back": "1"})
    assert back.url == "/start/name/"
    assert b'value="Quiet Room"' in visitor.get("/start/name/").content
    back = visitor.post("/start/name/", {"name": "Quiet Rooms", "slug": "q", "country": "GB", "back": "1"})
    assert back.url == "/start/"
    assert b'value="therapist" checked' in visitor.get("/start/").content
    page = visitor.get("/start/name/").content
    assert b'value="Quiet Rooms"' in page
    assert b'value="q"' in page
    visitor.post("/start/name/", {"name": "Quiet Rooms", "slug": "", "country": "GB", "timezone": "Europe/London"})
    assert b'value="Mill Lane"' in visitor.get("/start/people/").content


@pytest.mark.parametrize("path", ["/start/name/", "/start/people/"])
def test_the_key_enter_goes_on_and_not_back(newcomer, visitor, path):
    """A browser presses the first submit button of the form."""
    visitor.post("/start/", {"kind": "dentist"})
    visitor.post("/start/name/", {"name": "Any", "slug": "", "country": "GB", "timezone": "UTC"})
    form = visitor.get(path).content.decode().split(f'action="{path}"')[1]
    assert 'name="back"' not in re.search(r"<button[^>]*>", form)[0]


def test_steps_cannot_be_skipped(newcomer, visitor):
    assert visitor.get("/start/name/").url == "/start/"
    assert visitor.get("/start/people/").url == "/home/"
    assert visitor.post("/start/people/", {"practitioner": "X"}).url == "/home/"


def test_a_slug_taken_meanwhile_is_said_and_the_rest_is_kept(newcomer, visitor):
    visitor.post("/start/", {"kind": "dentist"})
    visitor.post("/start/name/", {"name": "Late", "slug": "late", "country": "GB", "timezone": "Europe/London"})
    Business.objects.create(schema_name="b_0123456789ab", slug="late", name="Early", kind="dentist")
    page = visitor.post("/start/people/", {"practitioner": "Ann", "address": "", "phone": ""})
    assert page.status_code == 422
    assert "is taken" in page.context["form"].errors["slug"][0]
    assert visitor.session["new_business"]["practitioner"] == "Ann"


def test_two_presses_at_once_make_one_business(fresh_business):
    """With real commits and threads, as two requests of an impatient person."""
    owner = User.objects.create_user(f"{secrets.token_hex(4)}@new.test", "correct horse battery", name="Eve")
    slug = f"twice-{secrets.token_hex(4)}"
    client = Client()
    client.force_login(owner)
    client.post("/start/", {"kind": "hair_salon"})
    client.post("/start/name/", {"name": "Twice", "slug": slug, "country": "GB", "timezone": "Europe/London"})
    answers = []

    def press():
        own = Client()
        own.cookies = client.cookies
        answers.append(own.post("/start/people/", {"practitioner": "Sam", "address": "", "phone": ""}).url)
        connection.close()

    presses = [threading.Thread(target=press) for _ in range(2)]
    try:
        for thread in presses:
            thread.start()
        for thread in presses:
            thread.join()
        assert set(answers) <= {f"/b/{slug}/set-up/", "/home/"}
        assert f"/b/{slug}/set-up/" in answers
        assert Membership.objects.filter(user=owner).count() == 1
    finally:
        connection.set_schema_to_public()
        for business in Business.objects.filter(slug=slug):
            discard(business)
        owner.delete()


def test_somebody_in_several_businesses_chooses(clinic, salon, alice, visitor):
    connection.set_schema_to_public()
    Membership.objects.create(user=alice, business=salon, role=Role.STAFF)
    visitor.force_login(alice)
    page = visitor.get("/home/").content
    assert b"Bright Smile" in page
    assert b"Cut &amp; Co" in page
    assert visitor.get("/start/").status_code == 200


def test_the_wizard_asks_to_log_in(db, visitor):
    for path in ("/start/", "/start/name/", "/start/people/", "/start/slug/", "/home/"):
        assert visitor.get(path).url.startswith("/accounts/login/?next=")
