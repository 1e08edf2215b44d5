"""What a contact sent is fetched from the vendor's hosts only, small, of its kind, and credentials stay with them."""

from typing import Any

import pytest

from conversations.channels import media
from conversations.channels.base import ChannelError
from tests.conversations.conftest import NUMBER, PATIENT
from tests.vendors import TWILIO_SID, Sandbox
from tests.voice.sounds import server, wav

SOUND = {"Content-Type": "audio/ogg"}


def fetch(channel: Any, url: str, at_most: int = 1_000_000) -> bytes:
    return media.fetch(channel, url, kinds=("audio/",), at_most=at_most)


def test_a_note_is_fetched_from_twilio_over_its_redirect(sandbox: Sandbox, channel: Any) -> None:
    sent = {"from": PATIENT, "to": NUMBER, "media": [{"sample": "voice"}], "deliver": False}
    sid = sandbox.post("/patient/send", sent)["sid"]
    [message] = [m for m in sandbox.get("/patient/messages", phone=PATIENT)["messages"] if m["sid"] == sid]
    path = f"2010-04-01/Accounts/{TWILIO_SID}/Messages/{sid}/Media/{message['media'][0]}"
    sound = fetch(channel, f"{sandbox.url}/twilio/{path}")
    assert sound.startswith(b"RIFF")
    asked = [(each["path"], "authorization" in {n.lower() for n in each["headers"]}) for each in sandbox.log("twilio")]
    assert [known for path, known in asked if "/cdn/" in path] == [False], "no credentials for the CDN"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/secret",
        "http://169.254.169.254/latest/meta-data/",
        "https://api.twilio.com.evil.test/a",
        "https://user@api.twilio.com/a",
        "https://api.twilio.com:8443/a",
        "http://api.twilio.com/a",
        "file:///etc/passwd",
        "https://media.twiliocdn.com/a",  # only where a redirect leads, never with our credentials
        "",
    ],
)
def test_no_other_host_is_asked(channel: Any, url: str) -> None:
    with pytest.raises(media.MediaRefused, match="other_host"):
        fetch(channel, url)


def test_a_redirect_leads_to_no_other_host_and_not_in_circles(channel: Any, settings: Any) -> None:
    with server({"/inside": (200, SOUND, b"secret")}) as (inside, asked_inside):
        answers = {
            "/away": (302, {"Location": f"{inside}/inside"}, b""),
            "/round": (307, {"Location": "/round"}, b""),
        }
        with server(answers) as (origin, _):
            settings.TWILIO_BASE_URL = origin
            with pytest.raises(media.MediaRefused, match="other_host"):
                fetch(channel, f"{origin}/away")
            with pytest.raises(media.MediaRefused, match="too_many_redirects"):
                fetch(channel, f"{origin}/round")
    assert asked_inside == []


def test_size_kind_and_failures_are_told_apart(channel: Any, settings: Any) -> None:
    answers = {
        "/large": (200, SOUND, b"x" * 5000),
        "/page": (200, {"Content-Type": "text/html"}, b"<html>"),
        "/gone": (404, SOUND, b""),
        "/busy": (503, SOUND, b""),
        "/fine": (200, {"Content-Type": "audio/ogg; codecs=opus"}, wav()),
    }
    with server(answers) as (origin, asked):
        settings.TWILIO_BASE_URL = origin
        assert fetch(channel, f"{origin}/fine") == wav()
        assert asked[-1][1].startswith("Basic ")
        found = {}
        for path in ("/large", "/page", "/gone", "/busy"):
            with pytest.raises(ChannelError) as refused:
                fetch(channel, f"{origin}{path}", at_most=4000)
            found[path] = (refused.value.code, refused.value.permanent)
    assert found == {
        "/large": ("too_large", True),
        "/page": ("other_kind", True),
        "/gone": ("404", True),
        "/busy": ("503", False),
    }
    with pytest.raises(ChannelError) as unreachable:
        fetch(channel, f"{origin}/fine")
    assert not unreachable.value.permanent
