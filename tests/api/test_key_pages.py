"""Settings → API and webhooks, as owners and admins see it."""

import html
import re

import pytest

from escalations.models import ApiKey
from tests.api.conftest import Program
from tests.desk.conftest import DeskClient


def make(desk, **wanted):
    return desk.post("settings/api/make/", {"name": "Website", "scopes": ["diary:read"]} | wanted)


def test_a_key_is_shown_once_and_works(alices, clinic):
    assert "No keys yet" in alices.get("settings/api/").content.decode()
    answer = make(alices)
    assert "no-store" in answer["Cache-Control"]
    secret = re.search(r"fd_[a-z2-7]{8}_[A-Za-z0-9_-]{43}", html.unescape(answer.content.decode()))[0]
    assert Program(clinic, secret).get("services").status_code == 200
    later = alices.get("settings/api/").content.decode()
    assert secret not in later
    assert secret[:11] in later
    assert "Alice Owner" in later
    assert "last used" in later


def test_revoking_is_undone_by_one_click(alices, clinic):
    secret = re.search(r"fd_[a-z2-7]{8}_[A-Za-z0-9_-]{43}", make(alices).content.decode())[0]
    key = ApiKey.objects.get()
    alices.post(f"settings/api/{key.pk}/revoke/")
    assert Program(clinic, secret).get("services").status_code == 401
    assert f"settings/api/{key.pk}/restore/" in alices.get("settings/api/").content.decode()
    alices.post(f"settings/api/{key.pk}/restore/")
    assert Program(clinic, secret).get("services").status_code == 200


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "x" * 61}, {"scopes": []}, {"scopes": ["everything"]}])
def test_what_is_wrong_is_said_beside_the_field(alices, wrong):
    answer = make(alices, **wrong)
    assert answer.status_code == 422
    assert "field--error" in answer.content.decode()
    assert not ApiKey.objects.exists()


def test_staff_and_strangers_make_no_keys(bobs, clinic, charlie, alices):
    make(alices)
    key = ApiKey.objects.get()
    for path in ("settings/api/", "settings/api/make/", f"settings/api/{key.pk}/revoke/"):
        assert bobs.get(path).status_code in (404, 405)
        assert bobs.post(path).status_code in (404, 405)
    assert DeskClient(clinic, charlie).get("settings/api/").status_code == 404
    assert ApiKey.objects.filter(revoked_at__isnull=True).count() == 1


def test_the_reference_shows_every_operation_to_all_staff(bobs):
    from escalations.api.urls import OPERATIONS  # with every operation: those who make them are imported there

    page = bobs.get("settings/api/reference/").content.decode()
    for each in OPERATIONS:
        assert f'id="{each.name}"' in page
    assert "https://" not in re.sub(r"<svg.*?</svg>", "", page), "nothing comes from elsewhere"
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert len(targets) > 10
    for target in targets - {"content"}:
        assert f'id="{target}"' in page, target
