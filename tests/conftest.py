"""The fixed cast: a dentist (`clinic`, owner Alice, colleague Bob) and a salon (`salon`, owner Charlie)."""

import datetime as dt
import secrets
from collections.abc import Iterator

import pytest
from django.db import connection
from django_tenants.utils import tenant_context
from hypothesis import HealthCheck
from hypothesis import settings as examples

from tests.database import fresh_database

pytest_plugins = ["tests.vendors", "tests.browser", "tests.scheduling"]

# The same examples in each run, here as in CI, and however slow the machine is; a long search says so itself.
examples.register_profile(
    "house", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
examples.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: object
) -> Iterator[None]:
    """A test database whatever the tests are marked with (pytest-django makes one only for its own markers).

    The cast is made once per session and committed; each test's own changes are rolled back.
    """
    database = fresh_database()
    with django_db_blocker.unblock():
        database.__enter__()
        _make_the_cast()
    yield
    with django_db_blocker.unblock():
        database.__exit__(None, None, None)


def _make_the_cast() -> None:
    from django.contrib.auth.hashers import make_password

    from tenants.models import Membership, Role, User
    from tenants.provisioning import create_business

    password = make_password("correct horse battery")  # hashed once: that it takes long is meant
    alice, bob, charlie = (
        User.objects.create(email=email, name=name, password=password)
        for email, name in {
            "alice@clinic.test": "Alice Owner",
            "bob@clinic.test": "Bob Colleague",
            "charlie@salon.test": "Charlie Other",
        }.items()
    )
    clinic = create_business(
        name="Bright Smile", slug="bright-smile", kind="dentist", timezone="Europe/London", owner=alice
    )
    Membership.objects.create(user=bob, business=clinic, role=Role.STAFF)
    create_business(name="Cut & Co", slug="cut-and-co", kind="hair_salon", timezone="Europe/London", owner=charlie)
    _verify_emails(alice, bob, charlie)


def _verify_emails(*users: object) -> None:
    from allauth.account.models import EmailAddress

    for user in users:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


@pytest.fixture(autouse=True)
def whatever_the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until five minutes past midnight what the days before cost is summed anew: one query more than tests count."""
    monkeypatch.setattr("agents.runtime.spending.SETTLED", dt.timedelta(0))


@pytest.fixture
def clinic(db: None) -> Iterator[object]:
    """The dentist, with its schema entered."""
    from tenants.models import Business

    business = Business.objects.get(slug="bright-smile")
    with tenant_context(business):
        yield business
    connection.set_schema_to_public()


@pytest.fixture
def salon(db: None) -> object:
    """The other business; its schema is not entered."""
    from tenants.models import Business

    return Business.objects.get(slug="cut-and-co")


@pytest.fixture
def alice(db: None) -> object:
    from tenants.models import User

    return User.objects.get(email="alice@clinic.test")


@pytest.fixture
def bob(db: None) -> object:
    from tenants.models import User

    return User.objects.get(email="bob@clinic.test")


@pytest.fixture
def charlie(db: None) -> object:
    from tenants.models import User

    return User.objects.get(email="charlie@salon.test")


@pytest.fixture
def fresh_business(django_db_setup: None, django_db_blocker: object) -> Iterator[object]:
    """A dentist of its own with real commits, for tests with threads or processes; gone afterwards."""
    from tenants.models import User
    from tenants.provisioning import Details, create_business, discard
    from tests.tenants import spare

    with django_db_blocker.unblock():
        owner = User.objects.get(email="alice@clinic.test")
        business = create_business(
            name="Fresh",
            slug=f"fresh-{secrets.token_hex(4)}",
            kind="dentist",
            timezone="Europe/London",
            owner=owner,
            details=Details(always_open=True),
            make=spare.take,
        )
        try:
            with tenant_context(business):
                _open_on_public_holidays(business)
                yield business
        finally:
            connection.set_schema_to_public()
            if not spare.give_back(business):
                discard(business)
            connection.close()


def _open_on_public_holidays(business: object) -> None:
    """Its tests go by the real clock, and book tomorrow also on Christmas Eve."""
    from calendar_sync.models import HolidayChoice
    from calendar_sync.public_holidays import holidays_between
    from tenants import clock

    today = clock.now().date()
    names = {name for _, name in holidays_between(business.country, "", today, today + dt.timedelta(days=366))}
    HolidayChoice.objects.bulk_create(HolidayChoice(name=name, closed=False) for name in sorted(names))


@pytest.fixture(autouse=True)
def _spent_is_not_remembered() -> None:
    """What a process keeps of days that are over: each test has days of its own."""
    from agents.runtime.spending import closed

    closed.cache_clear()


@pytest.fixture(scope="session")
def media_folder(tmp_path_factory: pytest.TempPathFactory) -> object:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def _quiet_outside(settings: object, media_folder: object) -> None:
    settings.MEDIA_ROOT = media_folder / secrets.token_hex(4)  # made when something is kept
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
