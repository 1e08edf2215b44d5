"""What staff attach is checked by its bytes, goes out by the vendor's own way, and stands in the thread."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conversations import inbox, outbox
from conversations.delivery import deliver
from conversations.events_in import InboundMessage
from conversations.files import keeping, links
from conversations.models import Message, Reaction, StoredFile
from conversations.reactions import REACT
from conversations.reactions import deliver as deliver_reaction
from tests.conversations.conftest import NUMBER, PATIENT, OutsideClient, lease_for, new_sid
from tests.media.conftest import META_NUMBER
from tests.media.samples import PDF, PNG, REAL, WORD, office, png
from tests.voice.sounds import wav


def upload(name, content, mime="application/octet-stream"):
    return SimpleUploadedFile(name, content, mime)


def reply(desk, conversation, text="", *files, **more):
    return desk.post(f"conversations/{conversation.pk}/reply/", {"text": text, "media": list(files), **more})


def send(clinic, message, **how):
    deliver(clinic, message.pk, lease_for(clinic, outbox.DELIVER, message.pk), **how)
    message.refresh_from_db()
    return message


def out(conversation):
    return list(conversation.messages.filter(direction="out").order_by("pk"))


@pytest.fixture
def at_meta(clinic, meta_channel, sandbox):
    """A patient has written to the number at Meta, and Meta knows it."""
    sandbox.post("/meta/numbers", {"number": META_NUMBER, "id": meta_channel.address})
    sent = sandbox.post("/patient/send", {"from": PATIENT, "to": META_NUMBER, "body": "Hello", "deliver": False})
    stored = inbox.receive(
        clinic,
        meta_channel,
        InboundMessage(
            channel_address=meta_channel.address,
            from_address="447911123456",
            phone="+447911123456",
            profile_name="Maria",
            provider_id=sent["sid"],
            kind="text",
            text="Hello",
        ),
    )
    return stored.conversation


@pytest.fixture
def at_twilio(conversation, sandbox):
    sandbox.post("/patient/send", {"from": PATIENT, "to": NUMBER, "body": "Hello", "deliver": False})
    return conversation


def test_a_picture_with_words_goes_to_meta_as_one_message(clinic, bobs, at_meta, sandbox):
    assert reply(bobs, at_meta, "Here it is", upload("x-ray.png", PNG)).status_code == 302
    [message] = out(at_meta)
    assert (message.kind, message.text, message.author) == ("image", "Here it is", "staff")
    assert send(clinic, message).delivery in ("sent", "delivered")
    [given] = [each["given"] for each in sandbox.get("/meta/messages")["messages"]]
    assert given["image"]["caption"] == "Here it is"
    assert set(given["image"]) == {"id", "caption"}
    [shown] = sandbox.get("/patient/messages", phone=PATIENT, number=META_NUMBER)["messages"][1:]
    assert sandbox.http.get(f"/phone/media/{shown['media'][0]}").content == PNG


def test_a_document_keeps_its_name_at_meta_and_a_sound_has_no_words_under_it(clinic, bobs, at_meta, sandbox):
    reply(bobs, at_meta, "Your plan", upload("C:\\plans\\Plan für Rosa.pdf", PDF))
    reply(bobs, at_meta, "Listen", upload("note.mp3", REAL["audio/mpeg"]))
    for each in out(at_meta):
        send(clinic, each)
    given = [each["given"] for each in sandbox.get("/meta/messages")["messages"]]
    assert [each["type"] for each in given] == ["document", "audio", "text"]
    assert given[0]["document"] | {"id": ""} == {"id": "", "caption": "Your plan", "filename": "Plan für Rosa.pdf"}
    assert set(given[1]["audio"]) == {"id"}
    assert given[2]["text"]["body"] == "Listen"


def test_twilio_fetches_the_file_under_a_link_of_ours(clinic, bobs, at_twilio, sandbox, settings):
    reply(bobs, at_twilio, "Your plan", upload("plan.pdf", PDF))
    files, words = out(at_twilio)
    assert (files.kind, files.text, words.text) == ("document", "", "Your plan"), "Twilio shows no words under one"
    send(clinic, files)
    [asked] = [each for each in sandbox.log("twilio") if each["path"].endswith("/Messages.json")]
    assert "MediaUrl=https%3A%2F%2Fdesk.example.org%2Ffiles%2F" in asked["body"]
    assert "%2Fplan.pdf" in asked["body"]
    link = links.link_to(clinic, StoredFile.objects.get())
    answer = OutsideClient().get(link.removeprefix(settings.PUBLIC_ORIGIN))
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, PDF, "application/pdf")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_link_is_for_that_file_alone_and_for_an_hour(clinic, bobs, at_twilio, settings, write):
    reply(bobs, at_twilio, "", upload("a.png", PNG))
    file = StoredFile.objects.get()
    path = links.link_to(clinic, file).removeprefix(settings.PUBLIC_ORIGIN)
    token = path.split("/")[2]
    stranger = OutsideClient()
    assert stranger.get(path).status_code == 200
    assert stranger.get(f"/files/{token[:-1]}x/a.png").status_code == 404
    assert stranger.get("/files/x/a.png").status_code == 404
    received = StoredFile.objects.create(
        message=write("x", kind="image"), state="kept", type="image/png", path=keeping.write(clinic, PNG)
    )
    theirs = links.link_to(clinic, received).removeprefix(settings.PUBLIC_ORIGIN)
    assert stranger.get(theirs).status_code == 404, "what patients send has no public address"
    settings_of_time = links.HOLDS_SECONDS
    try:
        links.HOLDS_SECONDS = -1
        assert stranger.get(path).status_code == 404
    finally:
        links.HOLDS_SECONDS = settings_of_time
    keeping.delete(clinic, [file])
    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("run.pdf", b"MZ\x90\0" + b"\xff" * 30, "of a kind that can’t be sent"),
        ("macros.docx", office("word/document.xml", programs=True), "of a kind that can’t be sent"),
        ("note.wav", wav(), "is a WAV sound, which WhatsApp does not take. It takes JPG, PNG, OGG"),
        ("big.png", png(30_000, 30_000), "has too many pixels"),
        ("half.png", PNG[:18], "is broken"),
        ("empty.pdf", b"", "is empty"),
        ("large.png", PNG + b"\0" * (5 * 1024 * 1024), "takes at most 5 MB of its kind"),
        ("page.html", b"<html>", "is a Text, which WhatsApp does not take"),
    ],
)
def test_what_the_vendor_does_not_take_is_said_beside_the_box(bobs, conversation, name, content, said):
    answer = bobs.post(
        f"conversations/{conversation.pk}/reply/",
        {"text": "Here", "media": [upload(name, content, "image/png")]},
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert name in page
    assert 'role="alert"' in page
    assert ">Here</textarea>" in page, "what was written is still there"
    assert out(conversation) == []
    assert not StoredFile.objects.exists()


def test_six_files_are_too_many_and_nothing_is_nothing(bobs, conversation):
    assert reply(bobs, conversation, "x", *[upload(f"{n}.png", PNG) for n in range(6)]).status_code == 422
    assert reply(bobs, conversation).status_code == 422
    assert out(conversation) == []


def test_several_files_go_in_order_with_the_words_under_the_first(clinic, bobs, conversation):
    reply(bobs, conversation, "Both", upload("a.png", PNG), upload("b.docx", REAL[WORD]))
    first, second = out(conversation)
    assert (first.kind, first.text, second.kind, second.text) == ("image", "Both", "document", "")
    conversation.refresh_from_db()
    assert (conversation.snippet, conversation.handling) == ("Document", "staff")


def test_a_file_that_was_deleted_before_it_left_fails_in_words(clinic, bobs, conversation):
    reply(bobs, conversation, "", upload("a.png", PNG))
    keeping.delete(clinic, list(StoredFile.objects.all()))
    message = send(clinic, out(conversation)[0])
    assert (message.delivery, message.error) == ("failed", "file_gone")
    page = bobs.get(f"conversations/{conversation.pk}/thread/").content.decode()
    assert "the file is no longer here. Attach it again." in page


def test_fault_21_a_picture_whose_answer_was_lost_is_found_and_not_sent_again(clinic, bobs, at_twilio, sandbox):
    reply(bobs, at_twilio, "", upload("a.png", PNG))
    [message] = out(at_twilio)
    sandbox.fault(vendor="twilio", kind="drop_after_accept", method="POST", path="Messages.json")
    send(clinic, message)
    assert message.delivery == "unknown"
    send(clinic, message)
    assert message.delivery in (
        "sent",
        "failed",
    )  # the link leads nowhere in this test, so that it may fail to be fetched
    made = [each for each in sandbox.log("twilio") if each["path"].endswith("/Messages.json") and each["body"]]
    assert len(made) == 1


def test_the_thread_shows_what_was_sent(bobs, conversation):
    reply(bobs, conversation, "", upload("a.png", PNG), upload("plan.pdf", PDF))
    page = bobs.get(f"conversations/{conversation.pk}/thread/").content.decode()
    picture, document = StoredFile.objects.order_by("pk")
    assert f"files/{picture.pk}/" in page
    assert "plan.pdf" in page
    assert bobs.get(f"files/{document.pk}/").content == PDF


# -- quoting --------------------------------------------------------------------------------------------------


def test_a_reply_quotes_at_meta(clinic, bobs, at_meta, sandbox):
    theirs = at_meta.messages.get()
    reply(bobs, at_meta, "Yes", reply_to=theirs.pk)
    [message] = out(at_meta)
    send(clinic, message)
    [given] = [each["given"] for each in sandbox.get("/meta/messages")["messages"]]
    assert given["context"] == {"message_id": theirs.provider_id}
    page = bobs.get(f"conversations/{at_meta.pk}/thread/").content.decode()
    assert f'<a class="quote" href="#message-{theirs.pk}">' in page


def test_where_the_vendor_cannot_quote_the_beginning_of_it_stands_before(clinic, bobs, write, conversation, phone):
    theirs = write("Can I come " + "earlier " * 40)
    reply(bobs, conversation, "Yes, at nine.", reply_to=theirs.pk)
    [message] = out(conversation)
    phone.quotes = False
    send(clinic, message, find_adapter=lambda _: phone)
    [(_, text)] = phone.taken
    first, _, rest = text.partition("\n\n")
    assert first.startswith("> Can I come earlier")
    assert len(text) < 1600
    assert rest == "Yes, at nine."
    assert message.text == "Yes, at nine.", "the thread shows the quote as a box of its own"


def test_only_a_message_of_this_conversation_is_quoted(clinic, bobs, write, conversation):
    other = write("Mine", from_address="whatsapp:+447911999999", phone="+447911999999")
    for wrong in (other.pk, 999_999, "x", "", -1):
        reply(bobs, conversation, "Yes", reply_to=wrong)
    assert {each.reply_to_id for each in out(conversation)} == {None}


def test_what_a_patient_quotes_is_shown_and_given_to_the_assistant(clinic, bobs, twilio, conversation):
    from conversations.turns import _arrivals

    said = outbox.queue(clinic, conversation, "We have Tuesday at nine or Thursday at four.")[0]
    Message.objects.filter(pk=said.pk).update(provider_id=new_sid(), delivery="read")
    said.refresh_from_db()
    twilio.says("the second one", OriginalRepliedMessageSid=said.provider_id)
    arrival = _arrivals(conversation.pk)[-1]
    assert arrival.quoted == "We have Tuesday at nine or Thursday at four."
    page = bobs.get(f"conversations/{conversation.pk}/thread/").content.decode()
    assert f'<a class="quote" href="#message-{said.pk}">' in page


def test_the_reply_box_stands_on_a_message_without_javascript_too(bobs, conversation):
    theirs = conversation.messages.get()
    page = bobs.get(f"conversations/{conversation.pk}/?reply_to={theirs.pk}").content.decode()
    assert f'<input type="hidden" name="reply_to" value="{theirs.pk}">' in page


# -- reactions ------------------------------------------------------------------------------------------------


def react(desk, message, emoji):
    return desk.post(f"messages/{message.pk}/react/", {"emoji": emoji})


def work(clinic, message):
    deliver_reaction(clinic, message.pk, lease_for(clinic, REACT, message.pk))


def test_staff_react_and_take_it_back_at_meta(clinic, bobs, at_meta, sandbox):
    theirs = at_meta.messages.get()
    react(bobs, theirs, "👍")
    react(bobs, theirs, "🙏")
    work(clinic, theirs)
    page = bobs.get(f"conversations/{at_meta.pk}/thread/").content.decode()
    assert "You reacted: </span>🙏" in page
    react(bobs, theirs, "")
    work(clinic, theirs)
    given = [each["given"]["reaction"] for each in sandbox.get("/meta/messages")["messages"]]
    assert given == [{"message_id": theirs.provider_id, "emoji": emoji} for emoji in ("🙏", "")]
    assert not Reaction.objects.exists()
    assert out(at_meta) == [], "it is no message"


def test_a_reaction_that_the_vendor_refuses_is_taken_off_again(clinic, bobs, at_meta, sandbox):
    theirs = at_meta.messages.get()
    react(bobs, theirs, "👍")
    sandbox.fault(vendor="meta", kind="status", status=400, body={"error": {"code": 131009, "message": "no"}})
    work(clinic, theirs)
    assert not Reaction.objects.exists()


def test_other_emoji_numbers_without_them_and_shut_windows_are_refused(clinic, bobs, at_meta, conversation):
    theirs = at_meta.messages.get()
    react(bobs, theirs, "<script>")
    react(bobs, conversation.messages.get(), "👍")  # Twilio knows no reactions
    type(at_meta).objects.filter(pk=at_meta.pk).update(last_inbound_at=None)
    react(bobs, theirs, "👍")
    assert not Reaction.objects.exists()
    page = bobs.get(f"conversations/{conversation.pk}/thread/").content.decode()
    assert "reaction-pop" not in page
    assert "reaction-pop" in bobs.get(f"conversations/{at_meta.pk}/thread/").content.decode()
