"""What a contact sends is fetched as due work, looked at, kept for the business, and forgotten by the vendor."""

import datetime as dt

import pytest
from django.test import override_settings

from conversations.events_in import Media
from conversations.files import keeping, receiving, retention
from conversations.models import Message, StoredFile
from tenants import clock, worklist
from tenants.models import WorkItem
from tests.conversations.conftest import NUMBER, PATIENT, lease_for
from tests.desk.conftest import DeskClient
from tests.media.conftest import META_NUMBER
from tests.media.samples import PDF, PNG, png
from tests.voice.sounds import server, wav


def fetch(clinic, file):
    receiving.fetch(clinic, file.pk, lease_for(clinic, receiving.FETCH, file.pk))
    file.refresh_from_db()
    return file


def photo(write, url, kind="image", name="", mime="image/png"):
    write("Look", kind=kind, media=(Media(url=url, type=mime, name=name),))
    return StoredFile.objects.latest("pk")


@pytest.fixture
def vendor(settings):
    """`vendor({"/a": (200, {}, b"…")})` → the origin of a Twilio that answers so."""
    opened = []

    def begin(answers):
        opened.append(server(answers))
        origin, _ = opened[-1].__enter__()
        settings.TWILIO_BASE_URL = origin
        return origin

    yield begin
    for each in opened:
        each.__exit__(None, None, None)


def waiting():
    return WorkItem.objects.filter(kind=receiving.FETCH).count()


def test_fault_14_a_picture_comes_from_twilio_over_its_redirect_and_is_deleted_there(clinic, twilio, sandbox):
    sent = {"from": PATIENT, "to": NUMBER, "media": [{"sample": "image"}], "deliver": False}
    sid = sandbox.post("/patient/send", sent)["sid"]
    [seen] = [each for each in sandbox.get("/patient/messages", phone=PATIENT)["messages"] if each["sid"] == sid]
    account = twilio.form()["AccountSid"]
    url = f"{sandbox.url}/twilio/2010-04-01/Accounts/{account}/Messages/{sid}/Media/{seen['media'][0]}"
    twilio.says("", MessageSid=sid, NumMedia="1", MediaUrl0=url, MediaContentType0="image/png", MessageType="image")
    file = fetch(clinic, StoredFile.objects.get())
    assert (file.state, file.type, file.size) == ("kept", "image/png", len(PNG))
    assert keeping.read(clinic, file) == PNG
    asked = [(each["method"], each["path"].rpartition("/")[2][:2]) for each in sandbox.log("twilio")]
    assert asked[0] == ("DELETE", "ME"), asked  # newest first
    assert waiting() == 0


def test_fault_14_a_document_comes_from_meta_in_two_steps_and_is_deleted_there(clinic, meta_channel, sandbox):
    sandbox.post("/meta/numbers", {"number": META_NUMBER, "id": meta_channel.address})
    sent = {"from": PATIENT, "to": META_NUMBER, "media": [{"sample": "document"}], "deliver": False}
    sid = sandbox.post("/patient/send", sent)["sid"]
    [seen] = sandbox.get("/patient/messages", phone=PATIENT, number=META_NUMBER)["messages"]
    assert seen["sid"] == sid
    from conversations import inbox
    from conversations.events_in import InboundMessage

    inbox.receive(
        clinic,
        meta_channel,
        InboundMessage(
            channel_address=meta_channel.address,
            from_address="447911123456",
            phone="+447911123456",
            profile_name="Maria",
            provider_id=sid,
            kind="document",
            text="",
            media=(Media(url=seen["media"][0], type="application/pdf", name="../referral.pdf"),),
        ),
    )
    file = fetch(clinic, StoredFile.objects.get())
    assert (file.state, file.type, keeping.read(clinic, file)) == ("kept", "application/pdf", PDF)
    assert [each["method"] for each in sandbox.log("meta")] == ["DELETE", "GET", "GET"], "newest first"


def test_it_happens_once_however_often_it_is_rung(clinic, write, vendor):
    file = photo(write, vendor({"/a": (200, {"Content-Type": "image/png"}, PNG)}) + "/a")
    lease = lease_for(clinic, receiving.FETCH, file.pk)
    assert worklist.claim(clinic.pk, receiving.FETCH, file.pk, early=True) is None, "somebody has it"
    receiving.fetch(clinic, file.pk, lease)
    worklist.call_for(clinic.pk, receiving.FETCH, file.pk)
    before = StoredFile.objects.values_list("path", flat=True).get()
    fetch(clinic, file)
    assert file.path == before


def test_fault_25_a_worker_that_woke_up_too_late_leaves_nothing_behind(clinic, write, vendor):
    file = photo(write, vendor({"/a": (200, {"Content-Type": "image/png"}, PNG)}) + "/a")
    lease = lease_for(clinic, receiving.FETCH, file.pk)
    WorkItem.objects.filter(kind=receiving.FETCH).update(fence=lease.fence + 1)
    before = set(keeping.all_paths(clinic))
    with pytest.raises(worklist.LeaseLost):
        receiving.fetch(clinic, file.pk, lease)
    assert set(keeping.all_paths(clinic)) == before
    file.refresh_from_db()
    assert file.state == "waiting"


@pytest.mark.parametrize(
    ("answer", "state", "code"),
    [
        ((200, {"Content-Type": "image/png"}, b"MZ\x90\0" + b"\xff" * 20), "refused", "other_kind"),
        ((200, {"Content-Type": "image/png"}, png(60_000, 60_000)), "refused", "too_many_pixels"),
        ((200, {"Content-Type": "image/png", "Content-Encoding": "gzip"}, b"\x1f\x8b"), "refused", "packed"),
        ((302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""), "refused", "other_host"),
        ((302, {"Location": "/a"}, b""), "refused", "too_many_redirects"),
        ((404, {}, b""), "failed", "404"),
    ],
)
def test_fault_69_what_may_not_come_in_is_refused_in_words(clinic, bobs, write, vendor, answer, state, code):
    file = fetch(clinic, photo(write, vendor({"/a": answer}) + "/a"))
    assert (file.state, file.error, file.path) == (state, code, "")
    page = bobs.get(f"conversations/{file.message.conversation_id}/thread/").content.decode()
    assert "media-card--problem" in page
    assert "_" not in page.partition("media-card__note")[2].partition("<")[0]
    assert ("Try again" in page) == (state == "failed")


def test_fault_69_a_file_that_is_too_large_is_not_read_to_its_end(clinic, write, vendor):
    large = b"%PDF-" + b"x" * (receiving.kinds.MOST + 1)
    file = fetch(clinic, photo(write, vendor({"/a": (200, {}, large)}) + "/a", "document"))
    assert (file.state, file.error) == ("refused", "too_large")


def test_a_vendor_that_is_down_is_asked_again_until_a_person_has_to(clinic, bobs, write, vendor):
    file = photo(write, vendor({"/a": (503, {}, b"")}) + "/a")
    tries = 0
    while waiting():
        fetch(clinic, file)
        tries += 1
    assert (tries, file.state, file.error) == (worklist.MAX_ATTEMPTS, "failed", "503")
    back = vendor({"/a": (200, {}, PNG)})
    Message.objects.filter(pk=file.message_id).update(media=[{"url": f"{back}/a", "type": "image/png"}])
    page = bobs.post(f"files/{file.pk}/again/", headers={"HX-Request": "true"}).content.decode()
    assert "Being fetched from WhatsApp" in page
    assert fetch(clinic, file).state == "kept"
    assert waiting() == 0
    assert bobs.post(f"files/{file.pk}/again/").status_code == 302
    assert waiting() == 0, "what is kept is not fetched again"


def test_a_name_may_lie_about_what_it_is(clinic, bobs, write, vendor):
    origin = vendor({"/a": (200, {"Content-Type": "image/png"}, b"<html><script>alert(1)</script></html>")})
    file = fetch(clinic, photo(write, f"{origin}/a", "image", name='"><script>.png\r\nX: y'))
    assert (file.state, file.type) == ("kept", "text/plain")
    answer = bobs.get(f"files/{file.pk}/")
    assert answer["Content-Type"] == "text/plain"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"].startswith('attachment; filename="---script-.pngX- y.txt"; filename*=')
    page = bobs.get(f"conversations/{file.message.conversation_id}/thread/").content.decode()
    assert "<script>.png" not in page


def test_fault_56_only_members_of_the_business_see_it(clinic, salon, charlie, client, bobs, write, vendor):
    file = fetch(clinic, photo(write, vendor({"/a": (200, {}, PNG)}) + "/a"))
    path = f"files/{file.pk}/"
    answer = bobs.get(path)
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, PNG, "image/png")
    assert "no-store" in answer["Cache-Control"]
    assert DeskClient(salon, charlie).get(path).status_code == 404
    assert DeskClient(clinic, charlie).get(path).status_code == 404
    assert client.get(clinic.path + path).status_code == 302, "log in first"


def test_a_player_gets_the_part_that_it_asks_for(clinic, bobs, write, vendor):
    sound = wav()
    origin = vendor({"/a": (200, {"Content-Type": "audio/wav"}, sound)})
    file = fetch(clinic, photo(write, f"{origin}/a", "voice", mime="audio/wav"))

    def part(asked):
        said = bobs.get(f"files/{file.pk}/", headers={"Range": asked})
        return said.status_code, said.content, said.get("Content-Range")

    size = len(sound)
    assert part("bytes=0-3") == (206, b"RIFF", f"bytes 0-3/{size}")
    assert part(f"bytes={size - 4}-") == (206, sound[-4:], f"bytes {size - 4}-{size - 1}/{size}")
    assert part("bytes=-4") == (206, sound[-4:], f"bytes {size - 4}-{size - 1}/{size}")
    assert part(f"bytes={size}-") == (416, b"", f"bytes */{size}")
    assert part("bytes=0-") == (200, sound, None)
    assert part("lines=1-2, x")[0] == 200


def test_each_kind_is_shown_as_what_it_is(clinic, bobs, write, vendor):
    origin = vendor({"/p": (200, {}, PNG), "/s": (200, {}, wav()), "/d": (200, {}, PDF)})
    for path, kind in (("/p", "image"), ("/s", "voice"), ("/d", "document")):
        last = fetch(clinic, photo(write, origin + path, kind, name="X-ray of Tom.pdf"))
    page = bobs.get(f"conversations/{last.message.conversation_id}/thread/").content.decode()
    assert page.count('<img class="bubble__media"') == 1
    assert page.count("<audio") == 1
    assert "X-ray of Tom.pdf" in page
    assert f"PDF, {len(PDF)}\xa0bytes" in page


def test_retention_deletes_the_bytes_and_says_so(clinic, bobs, write, vendor, settings):
    settings.MEDIA_KEEP_DAYS = 90
    file = fetch(clinic, photo(write, vendor({"/a": (200, {}, PNG)}) + "/a", name="x.png"))
    path = keeping.folder_of(clinic) / file.path
    with clock.pinned(clock.now() + dt.timedelta(days=89)):
        assert retention.sweep(clinic) == 0
    with clock.pinned(clock.now() + dt.timedelta(days=91)):
        assert retention.sweep(clinic) == 1
    file.refresh_from_db()
    assert (file.state, file.path, file.name, path.exists()) == ("deleted", "", "", False)
    assert bobs.get(f"files/{file.pk}/").status_code == 404
    page = bobs.get(f"conversations/{file.message.conversation_id}/thread/").content.decode()
    assert "Deleted: it had been kept long enough." in page
    with override_settings(MEDIA_KEEP_DAYS=0), clock.pinned(clock.now() + dt.timedelta(days=9000)):
        assert retention.sweep(clinic) == 0


def test_fault_70_a_file_that_no_row_knows_is_swept_away(clinic, write, vendor):
    file = fetch(clinic, photo(write, vendor({"/a": (200, {}, PNG)}) + "/a"))
    path = keeping.folder_of(clinic) / file.path
    Message.objects.filter(pk=file.message_id).delete()
    assert path.exists()
    with clock.pinned(clock.now() + dt.timedelta(hours=25)):
        assert retention.sweep(clinic) >= 1
    assert not path.exists()


def test_a_throw_away_business_takes_its_files_with_it(fresh_business):
    from tenants.provisioning import discard

    keeping.write(fresh_business, PNG)
    folder = keeping.folder_of(fresh_business)
    assert folder.is_dir()
    discard(fresh_business)
    assert not folder.exists()


def test_no_path_leads_out_of_the_folder(clinic):
    for path in ("../../etc/passwd", "/etc/passwd", "ab/../../x", "ab/" + "g" * 32, ""):
        with pytest.raises(keeping.Gone):
            keeping.read(clinic, StoredFile(state="kept", path=path))


def test_a_place_is_a_card_with_a_map_of_its_coordinates(clinic, twilio, bobs):
    twilio.says(
        "", MessageType="location", Latitude="51.5033", Longitude="-0.1196", Label='The "Eye"', Address="London SE1"
    )
    message = Message.objects.latest("pk")
    assert message.place == {"latitude": 51.5033, "longitude": -0.1196, "name": 'The "Eye"', "address": "London SE1"}
    page = bobs.get(f"conversations/{message.conversation_id}/thread/").content.decode()
    assert "https://www.openstreetmap.org/?mlat=51.503300&amp;mlon=-0.119600#map=17/51.503300/-0.119600" in page
    assert 'rel="noopener noreferrer"' in page


@pytest.mark.parametrize("where", [("nan", "1"), ("91", "0"), ("x", "y"), ("", ""), ("inf", "inf")])
def test_a_place_that_is_nowhere_is_only_named(twilio, where):
    twilio.says("", MessageType="location", Latitude=where[0], Longitude=where[1], Address="Leeds")
    message = Message.objects.latest("pk")
    assert (message.place, message.text) == (None, "Leeds")
