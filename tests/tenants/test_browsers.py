"""People recognise their sessions: by browser and system, not by a header."""

import pytest

from tenants.templatetags.browsers import browser, is_phone

MOZILLA = "Mozilla/5.0"
CHROME_ON_WINDOWS = (
    f"{MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
)
EDGE = f"{CHROME_ON_WINDOWS} Edg/140.0"
SAFARI_ON_A_PHONE = f"{MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
CHROME_ON_A_PHONE = (
    f"{MOZILLA} (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
)
FIREFOX = f"{MOZILLA} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("header", "said", "phone"),
    [
        (CHROME_ON_WINDOWS, "Chrome on Windows", False),
        (EDGE, "Edge on Windows", False),
        (SAFARI_ON_A_PHONE, "Safari on iPhone", True),
        (CHROME_ON_A_PHONE, "Chrome on Android", True),
        (FIREFOX, "Firefox on Linux", False),
        ("curl/8.9.1", "curl/8.9.1", False),
        ("x" * 900, "x" * 60, False),
        ("", "An unknown program", False),
    ],
)
def test_a_session_is_named_as_people_know_it(header: str, said: str, phone: bool) -> None:
    assert browser(header) == said
    assert is_phone(header) is phone
