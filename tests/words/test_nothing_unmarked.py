"""Every page of the desk, with each translation in ⟦brackets⟧: what stands outside of them is data, or was forgotten.

`pseudo.unexplained` takes for data whatever stands in a row of the database.
"""

import dataclasses
import gettext
import re
from collections import deque
from pathlib import Path

import django
import holidays
import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from django.urls import resolve
from django_tenants.utils import tenant_context

from escalations.demo import seed
from escalations.demo.cast import PRACTICES
from tenants.models import Business, User
from tests.words import pseudo

NAMES = {"Frontdesk", "WhatsApp", "Google", "Calendar", "Twilio", "Meta", "Claude", "OpenAPI", "API", "QR", "KB", "MB"}
NAMES |= {"Cloud", "through", "ms"}  # "WhatsApp Cloud API", "WhatsApp through Twilio"
NAMES |= {"English", "Deutsch", "Español", "Français", "Português"}
# What patients read stays as it is, also where staff look at it.
TO_PATIENTS = re.compile(
    r"Hello (?:\w+|{first_name}),|You can (?:book|cancel|move)|You're booked in:|Confirm$|{first_name}, "
    "|WhatsApp through"
)
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)"')
PUBLIC = ["/", "/language/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/no/such/page/"]
OWN = ["/home/", "/start/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/"]
NOT_PAGES = re.compile(
    r"/(api/v1|files|words|static|accounts/logout|events|settings/api/reference|assistant/red-flags/flag)|\.(csv|svg|ics|json|js|css)$|/export/$"
)


@pytest.fixture(scope="module")
def brackets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("locale")
    pseudo.write_catalogs(folder)
    return folder


@pytest.fixture
def in_brackets(brackets, settings):
    settings.LOCALE_PATHS = [brackets]


def _said(answer):
    return pseudo.outside(answer.content.decode()) if "html" in answer.headers.get("Content-Type", "") else []


def test_the_pages_outside_of_a_business(in_brackets, db):
    client = Client(headers={"accept-language": pseudo.LANGUAGE})
    djangos = pseudo.folded(" ".join(_djangos_own()))
    found = {path: list(pseudo.unexplained(_said(client.get(path)), djangos, NAMES)) for path in PUBLIC}
    assert {path: runs for path, runs in found.items() if runs} == {}


def test_every_page_of_the_desk(in_brackets, db):
    """From the menu on, one page of each sort (url name); the API's reference is for programmers, and English."""
    practice = dataclasses.replace(PRACTICES[0], slug="crown-street")
    seed.seed([practice])
    business = Business.objects.get(slug=practice.slug)
    user = business.memberships.get(role="owner").user
    User.objects.filter(pk=user.pk).update(language=pseudo.LANGUAGE)
    client = Client()
    client.force_login(user)
    given = [*_djangos_own(), *holidays.country_holidays("GB", years=range(2026, 2029)).values()]
    data = _everything_stored(business) + pseudo.folded(" ".join(given))
    allowed = NAMES | pseudo.calendar_words()
    found, seen, waiting = {}, set(), deque([business.path, business.path + "settings/", *OWN])
    while waiting:
        path = waiting.popleft()
        answer = client.get(path)
        if answer.status_code == 200:
            said = [run for run in _said(answer) if not TO_PATIENTS.match(run)]
            runs = sorted(set(pseudo.unexplained(said, data, allowed)))
            if runs:
                found[path] = runs
            waiting.extend(_unseen(answer.content.decode(), business, seen))
    assert len(seen) > 60
    assert found == {}


def _unseen(html, business, seen):
    for path in LINK.findall(html):
        path = path.replace("&amp;", "&")
        if not path.startswith(business.path) or NOT_PAGES.search(path.split("?")[0]):
            continue
        name = resolve("/" + path.split("?")[0].removeprefix(business.path), settings.BUSINESS_URLCONF).url_name
        if name not in seen:
            seen.add(name)
            yield path


def _everything_stored(business):
    """What the database holds in words, folded, as one text."""
    stored = []
    with tenant_context(business):
        for model in apps.get_models():
            columns = [
                f.attname for f in model._meta.concrete_fields if isinstance(f, CharField | TextField | JSONField)
            ]
            if columns:
                stored += [str(each) for row in model._default_manager.values_list(*columns) for each in row if each]
    return pseudo.folded(" ".join(" ".join(stored).split()))


def _djangos_own():
    """Django's words come translated, without brackets."""
    folder = Path(django.__file__).parent
    for file in folder.rglob(f"locale/{pseudo.LANGUAGE}/LC_MESSAGES/django.mo"):
        with file.open("rb") as opened:
            yield from (str(said) for said in gettext.GNUTranslations(opened)._catalog.values())
