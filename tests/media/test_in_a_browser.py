"""Files, quotes and reactions as staff meet them: by mouse and keyboard, at every width, light and dark."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from calendar_sync.models import Location
from conversations.events_in import Media, Reacted
from conversations.files import keeping
from conversations.models import Channel, Message, StoredFile
from conversations.reactions import note
from tests.desk.test_browser import desk_of, people, practice  # noqa: F401 (fixtures)
from tests.media.samples import PDF, PNG
from tests.voice.sounds import wav

pytestmark = pytest.mark.browser
PLACE = {"latitude": 51.5033, "longitude": -0.1196, "name": "London Eye", "address": "Riverside Building, London SE1"}


@pytest.fixture
def kept(settings):
    """The server of these tests is a program of its own, with the settings of the machine."""
    settings.MEDIA_ROOT = str(Path(django_settings.BASE_DIR) / ".local" / "media")


def sends(practice, kind, content, mime, name="", text="", state="kept", error=""):  # noqa: F811
    conversation = practice.writes(
        "Rosa Diaz", text, kind=kind, media=(Media(url="https://api.twilio.com/x", type=mime, name=name),)
    )
    file = StoredFile.objects.latest("pk")
    path = keeping.write(practice.business, content) if state == "kept" else ""
    digest = hashlib.sha256(content).hexdigest()
    StoredFile.objects.filter(pk=file.pk).update(
        state=state, type=mime if state == "kept" else "", size=len(content), path=path, digest=digest, error=error
    )
    return conversation


def a_talk_with_everything(practice):  # noqa: F811
    conversation = practice.writes("Rosa Diaz", "Hello, my tooth looks like this:")
    sends(practice, "image", PNG, "image/png", text="It hurts when I drink something cold")
    sends(practice, "voice", wav(), "audio/wav")
    sends(practice, "document", PDF, "application/pdf", name="Referral of Dr Müller, with a rather long name (2).pdf")
    sends(practice, "video", b"", "video/mp4", state="waiting")
    sends(practice, "image", b"", "image/png", state="failed", error="503")
    sends(practice, "document", b"", "application/zip", state="refused", error="other_kind")
    sends(practice, "image", b"", "image/png", state="deleted", error="retention")
    practice.writes("Rosa Diaz", "London Eye", kind="location", place=PLACE)
    practice.says(conversation, "Thank you, Rosa. We have Tuesday at nine or Thursday at four.")
    ours = conversation.messages.filter(direction="out").latest("pk")
    Message.objects.filter(pk=ours.pk).update(provider_id=f"wamid.{ours.pk}")
    ours.refresh_from_db()
    practice.writes("Rosa Diaz", "the second one please", reply_to=ours.provider_id)
    address = conversation.identity.address
    note(
        practice.business,
        practice.channel,
        Reacted(
            channel_address=practice.channel.address, from_address=address, provider_id=ours.provider_id, emoji="👍"
        ),
    )
    return conversation


def test_files_quotes_and_reactions_at_the_desk(practice, desk_of, people, kept, tmp_path):  # noqa: F811
    Channel.objects.filter(pk=practice.channel.pk).update(kind="meta")
    practice.channel.refresh_from_db()
    conversation = a_talk_with_everything(practice)
    window = desk_of("alice", f"conversations/{conversation.pk}/")
    page = window.page
    expect(page.locator("img.bubble__media")).to_have_js_property("naturalWidth", 96)
    faults = window.faults("media/thread", tall=2400)
    picture, document, huge = tmp_path / "smile.png", tmp_path / "Plan.pdf", tmp_path / "film.mp4"
    picture.write_bytes(PNG)
    document.write_bytes(PDF)
    huge.write_bytes(b"x" * (17 * 1024 * 1024))
    page.locator("input[name=media]").set_input_files([picture, document, huge])
    expect(page.locator(".file-chip__name")).to_have_text(["smile.png", "Plan.pdf"])
    expect(page.locator("#composer-files .field__error")).to_contain_text("film.mp4 is too large")
    page.keyboard.press("Alt+q")
    expect(page.locator("#composer-quote .quote__text")).to_have_text("the second one please")
    page.keyboard.press("Alt+q")
    expect(page.locator("#composer-quote .quote__text")).to_have_text("London Eye")
    page.keyboard.type("Here is your plan")
    faults += window.faults("media/composer")
    page.get_by_role("button", name="Take smile.png away").click()
    page.keyboard.press("Control+Enter")
    sent = page.locator(".bubble--staff").last
    expect(sent).to_contain_text("Plan.pdf")
    expect(sent).to_contain_text("Here is your plan")
    expect(sent.locator(".quote")).to_contain_text("London Eye")
    expect(page.locator(".file-chip")).to_have_count(0)
    expect(page.locator("#composer-quote")).to_be_hidden()
    last = page.locator(".bubble--patient").last
    last.get_by_role("button", name="React to").focus()
    page.keyboard.press("Enter")
    choice = last.get_by_role("button", name="🙏")
    expect(choice).to_be_visible()
    faults += window.faults("media/reactions")
    choice.click()
    expect(last.locator(".bubble__reaction")).to_contain_text("🙏")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    assert faults == []


def test_a_file_is_dropped_and_pasted(practice, desk_of, people, kept):  # noqa: F811
    conversation = practice.writes("Rosa Diaz", "Hello")
    window = desk_of("alice", f"conversations/{conversation.pk}/")
    page = window.page
    for how, place in (("drop", "#thread-scroll"), ("paste", "#reply")):
        page.locator(place).evaluate(
            """(where, how) => {
                const data = new DataTransfer();
                data.items.add(new File(["%PDF-1.4"], `${how}.pdf`, {type: "application/pdf"}));
                const kinds = {drop: [DragEvent, {dataTransfer: data}], paste: [ClipboardEvent, {clipboardData: data}]};
                const [kind, given] = kinds[how];
                where.dispatchEvent(new kind(how, {bubbles: true, cancelable: true, ...given}));
            }""",
            how,
        )
    expect(page.locator(".file-chip__name")).to_have_text(["drop.pdf", "paste.pdf"])
    with page.expect_response(lambda answer: "draft" in answer.url):  # which is kept meanwhile, without the files
        page.keyboard.type("Two")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".bubble--staff")).to_have_count(3)
    assert window.problems == []


def test_the_address_is_sent_by_keyboard_and_the_settings_say_what_people_see(practice, desk_of):  # noqa: F811
    conversation = practice.writes("Rosa Diaz", "Where are you?")
    Location.objects.update(address="12 Park Row, Leeds LS1 5HD", latitude=53.7996, longitude=-1.5491)
    window = desk_of("alice", f"conversations/{conversation.pk}/")
    page = window.page
    page.get_by_role("button", name="Send your address").focus()
    page.keyboard.press("Enter")
    pop = page.locator("#address-pop")
    expect(pop).to_contain_text("12 Park Row, Leeds LS1 5HD")
    expect(pop).to_contain_text("Goes as a pin on the map.")
    faults = window.faults("media/address")
    pop.get_by_role("button", name="Send").press("Enter")
    expect(page.locator(".bubble--staff .media-card")).to_contain_text("53.79960, -1.54910")
    window.open(f"{practice.business.path}settings/channels/")
    page.get_by_label("Show “typing…”").check()
    faults += window.faults("media/signs", tall=1200)
    page.get_by_role("button", name="Save what people see").click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    expect(page.get_by_label("Show “typing…”")).to_be_checked()
    window.open(f"{practice.business.path}settings/hours/")
    expect(page.get_by_label("Coordinates")).to_have_value("53.7996, -1.5491")
    page.get_by_label("Coordinates").fill("Leeds")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Two numbers with a comma between them")).to_be_visible()
    faults += window.faults("media/coordinates", tall=1400)
    assert faults == []
