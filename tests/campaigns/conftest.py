import pytest

from conversations.connecting import connect
from tenants import clock
from tests.waitlist.scene import Scene, local


@pytest.fixture
def scene(clinic):
    """Monday 2026-11-30, 09:00 in London; the dentist is open."""
    with clock.pinned(local("2026-11-30 09:00")):
        yield Scene(clinic, connect(clinic, address="whatsapp:+441134960001"))
