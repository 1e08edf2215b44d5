"""Somebody whose session has ended goes on clicking: a page is told so, and log-in leads back to where they were."""

import pytest
from django.test import Client

from tenants.models import Membership, Role

BASE = "/b/bright-smile/"
PAGE = f"{BASE}settings/"


def test_a_part_of_a_page_is_told_instead_of_getting_the_log_in_into_its_middle(clinic):
    answer = Client().get(PAGE, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.content == b""


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"http://testserver{BASE}settings/members/?a=1", f"{BASE}settings/members/"),
        ("http://elsewhere.test/b/bright-smile/settings/members/", BASE),
        ("http://testserver/b/other/settings/", BASE),
        ("", BASE),
    ],
)
def test_what_was_sent_leads_back_to_the_page_that_sent_it(clinic, referer, back):
    answer = Client().post(f"{BASE}settings/members/invite/", headers={"Referer": referer} if referer else {})
    assert answer.status_code == 302
    assert answer.url == f"/accounts/login/?next={back}"


def test_staff_see_the_settings_that_are_theirs_and_no_other(clinic, bob):
    client = Client()
    client.force_login(bob)
    page = client.get(PAGE)
    urls = [card["url"] for card in page.context["cards"]]
    assert f"{BASE}settings/saved-replies/" in urls
    assert f"{BASE}settings/members/" not in urls
    assert {client.get(url).status_code for url in urls} == {200}
    assert "are changed by owners and admins" in page.content.decode()


def test_a_page_of_managers_says_to_staff_whom_they_can_ask(clinic, alice, bob):
    client = Client()
    client.force_login(bob)
    page = client.get(f"{BASE}settings/members/")
    assert page.status_code == 404
    assert "owners and admins only" in page.content.decode()
    assert str(alice) in page.content.decode()
    Membership.objects.filter(user=bob, business=clinic).update(role=Role.ADMIN)
    assert client.get(f"{BASE}settings/members/").status_code == 200
