import pytest

from conversations.channels.meta.client import close_sessions
from conversations.connecting import Details, connect
from tests.conversations.conftest import _twilio, channel, conversation, phone, twilio, write
from tests.desk.conftest import DeskClient
from tests.vendors import META_APP, META_SECRET, META_TOKEN

__all__ = ["_twilio", "channel", "conversation", "phone", "twilio", "write"]

META_ID, META_ACCOUNT, META_NUMBER = "106540352242922", "419561257915477", "+441134960001"


@pytest.fixture
def meta_channel(clinic, settings):
    settings.META_APP_ID, settings.META_APP_SECRET, settings.META_ACCESS_TOKEN = META_APP, META_SECRET, META_TOKEN
    yield connect(
        clinic, kind="meta", address=META_ID, details=Details(number=META_NUMBER, vendor_business=META_ACCOUNT)
    )
    close_sessions()


@pytest.fixture
def bobs(clinic, bob):
    return DeskClient(clinic, bob)
