"""Which language a page is in, and that it stays where it was chosen."""

import re

import pytest
from django.core import mail
from django.test import Client

from tenants.languages import in_language_of
from tenants.models import User

LOG_IN = "/accounts/login/"


def _said(client, path=LOG_IN, **headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.headers["Content-Language"]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", "en-gb"),
        ("en-US,en;q=0.9", "en-gb"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("pt-BR", "pt"),
        ("nl,fr;q=0.5", "fr"),
        ("ja", "en-gb"),
        ("*;q=nonsense,;;", "en-gb"),
    ],
)
def test_a_stranger_gets_what_the_browser_asks_for(db, asked, given):
    answer = Client().get(LOG_IN, headers={"accept-language": asked})
    assert answer.headers["Content-Language"] == given
    assert f'<html lang="{given}">' in answer.text
    assert {"Accept-Language", "Cookie"} <= {each.strip() for each in answer.headers["Vary"].split(",")}


def test_a_choice_holds_in_this_browser_against_what_it_asks_for(db):
    client = Client()
    answer = client.post("/language/", {"language": "es", "next": LOG_IN})
    assert (answer.status_code, answer.url) == (302, LOG_IN)
    assert _said(client, **{"accept-language": "de"}) == "es"


def test_a_choice_goes_with_the_person_to_another_browser(bob):
    first, second = Client(), Client()
    first.force_login(bob)
    first.post("/language/", {"language": "fr"})
    second.force_login(User.objects.get(pk=bob.pk))
    assert _said(second, "/b/bright-smile/settings/", **{"accept-language": "de"}) == "fr"


def test_the_persons_choice_counts_more_than_the_browsers(bob):
    client = Client()
    client.post("/language/", {"language": "es"})
    User.objects.filter(pk=bob.pk).update(language="pt")
    client.force_login(User.objects.get(pk=bob.pk))
    assert _said(client, "/b/bright-smile/settings/") == "pt"


@pytest.mark.parametrize("sent", [{}, {"language": "xx"}, {"language": "../de"}])
def test_an_unknown_language_is_refused_with_the_list(db, sent):
    answer = Client().post("/language/", sent)
    assert answer.status_code == 400
    assert "Português" in answer.text


@pytest.mark.parametrize("aim", ["https://evil.test/", "//evil.test/", "javascript:alert(1)"])
def test_a_choice_never_leads_to_another_site(db, aim):
    assert Client().post("/language/", {"language": "de", "next": aim}).url == "/"


def test_programs_are_answered_in_english_whatever_they_ask_for(bob, clinic):
    client = Client()
    client.post("/language/", {"language": "de"})
    for path in ("/b/bright-smile/api/v1/contacts/", "/webhooks/twilio/", "/feeds/none.ics"):
        answer = client.get(path, headers={"accept-language": "de"})
        assert "Content-Language" not in answer.headers
        assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_who_signs_up_gets_mails_in_the_language_of_the_page(db):
    client = Client(headers={"accept-language": "de-DE"})
    client.post("/accounts/signup/", {"email": "neu@clinic.test", "password1": "correct horse battery", "name": "Neu"})
    user = User.objects.get(email="neu@clinic.test")
    assert user.language == "de"
    assert mail.outbox[0].to == ["neu@clinic.test"]
    with in_language_of(user):
        from tenants.formats import reader_language

        assert reader_language() == "de"


def test_the_scripts_words_are_kept_for_ever_under_their_own_mark(db):
    from tenants.script_words import address

    answer = Client().get(address("de"))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Vary" not in answer.headers
    assert address("de") in Client().get(LOG_IN, headers={"accept-language": "de"}).text
    assert Client().get("/words/de.0123456789ab.js").status_code == 404
    assert "/words/" not in Client().get(LOG_IN).text


def test_the_scripts_words_are_found_within_a_business_too(bob, clinic):
    client = Client(headers={"accept-language": "de"})
    client.force_login(bob)
    page = client.get("/b/bright-smile/settings/").text
    (address,) = set(re.findall(r'src="([^"]*/words/[^"]+)"', page))
    assert client.get(address).status_code == 200
