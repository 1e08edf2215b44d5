"""Their 24 hours are over: staff choose an approved template, fill it in, see how it reads, and send it."""

import datetime as dt
import html

import pytest

from conversations import opting_out
from conversations.models import Conversation, Message, MessageTemplate
from escalations import shut_window
from tenants import clock
from tests.desk.scene import SCRIPT

HX = {"HX-Request": "true"}


def text_of(answer, status=200):
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.fixture
def tom(scene):
    with clock.pinned(clock.now() - dt.timedelta(hours=30)):
        return scene.writes("Tom Becker", "Hello, I would like to know what it costs please")


@pytest.fixture
def offer(tom):
    return template(tom, "opening_offer", "Hello {v1}, we open again on {v2}. See you.", samples={"v2": "Monday"})


def template(conversation, name, body, language="en", **fields):
    given = {"state": "approved", "approved_sid": f"HX{name}", "approved_body": body, **fields}
    return MessageTemplate.objects.create(
        channel=conversation.channel,
        purpose=given.pop("purpose", "other"),
        sid=f"HX{name}",
        name=name,
        body=body,
        language=language,
        **given,
    )


def test_the_composer_offers_templates_and_the_form_previews_them(alices, tom, offer):
    assert f"conversations/{tom.pk}/template/" in text_of(alices.get(f"conversations/{tom.pk}/"))
    form = text_of(alices.get(f"conversations/{tom.pk}/template/", headers=HX))
    assert "Hello …, we open again on …. See you." in form
    assert "Such as: Monday" in form
    filled = {"template": offer.pk, "blank-v1": "Tom", "blank-v2": "Tuesday"}
    assert "Hello Tom, we open again on Tuesday. See you." in text_of(
        alices.get(f"conversations/{tom.pk}/template/", filled, headers=HX)
    )


def test_blanks_with_names_are_called_so_and_known_ones_are_filled_in(alices, tom):
    offer = template(tom, "named", "Hello {v:first_name}, see you on {v:day_off}.", samples={"v:day_off": "Monday"})
    form = text_of(alices.get(f"conversations/{tom.pk}/template/", headers=HX))
    assert ">First name</label>" in form
    assert ">Day off</label>" in form
    assert "Hello Tom, see you on …." in form
    given = {"template": offer.pk, "blank-v:first_name": "Tom", "blank-v:day_off": "Friday"}
    alices.post(f"conversations/{tom.pk}/template/", given)
    sent = Message.objects.get(conversation=tom, direction="out")
    assert (sent.text, sent.variables) == ("Hello Tom, see you on Friday.", {"first_name": "Tom", "day_off": "Friday"})


def test_it_leaves_as_that_persons_and_the_conversation_is_theirs(alices, alice, tom, offer):
    alices.post(f"conversations/{tom.pk}/template/", {"template": offer.pk, "blank-v1": "Tom", "blank-v2": "Tuesday"})
    sent = Message.objects.get(conversation=tom, direction="out")
    assert (sent.text, sent.author, sent.staff_id) == (
        "Hello Tom, we open again on Tuesday. See you.",
        "staff",
        alice.pk,
    )
    assert (sent.template_id, sent.variables) == (offer.pk, {"1": "Tom", "2": "Tuesday"})
    assert Conversation.objects.get(pk=tom.pk).staff_id == alice.pk


def test_an_empty_blank_is_said_beside_it_and_nothing_leaves(alices, tom, offer):
    given = {"template": offer.pk, "blank-v1": "Tom", "blank-v2": " "}
    page = text_of(alices.post(f"conversations/{tom.pk}/template/", given, headers=HX), 422)
    assert "Fill this in." in page
    assert 'value="Tom"' in page
    long = given | {"blank-v2": "x" * 301}
    assert "At most 300 characters." in text_of(alices.post(f"conversations/{tom.pk}/template/", long), 422)
    assert not Message.objects.filter(direction="out").exists()


@pytest.mark.parametrize("asked", ["999999", "x", "", "\x00", "9" * 30])
def test_a_template_that_is_none_sends_nothing(alices, tom, offer, asked):
    alices.post(f"conversations/{tom.pk}/template/", {"template": asked})
    assert not Message.objects.filter(direction="out").exists()


def test_one_of_another_number_or_taken_back_is_not_offered(alices, tom, offer, scene):
    MessageTemplate.objects.filter(pk=offer.pk).update(approved_sid="")
    page = text_of(alices.get(f"conversations/{tom.pk}/template/", headers=HX))
    assert "There is no approved template to write with." in page
    answer = alices.post(f"conversations/{tom.pk}/template/", {"template": offer.pk, "blank-v1": "a", "blank-v2": "b"})
    assert answer.status_code == 422
    assert not Message.objects.filter(direction="out").exists()


def test_their_own_language_comes_first(scene, alices, offer, tom):
    template(tom, "angebot", "Guten Tag, wir haben wieder offen.", language="de")
    with clock.pinned(clock.now() - dt.timedelta(hours=30)):
        ana = scene.writes("Ana", "Guten Tag, ich möchte gerne einen Termin")
    form = text_of(alices.get(f"conversations/{ana.pk}/template/", headers=HX))
    assert "Guten Tag, wir haben wieder offen." in form
    assert "Hello …" in text_of(alices.get(f"conversations/{tom.pk}/template/", headers=HX))


def test_whoever_wrote_stop_gets_none(alices, alice, tom, offer):
    opting_out.set_by_staff(tom.contact, alice, "out", "")
    page = text_of(alices.get(f"conversations/{tom.pk}/template/", headers=HX))
    assert "They asked not to be written to (STOP)." in page
    given = {"template": offer.pk, "blank-v1": "a", "blank-v2": "b"}
    page = text_of(alices.post(f"conversations/{tom.pk}/template/", given, headers=HX), 422)
    assert "No template goes to them." in page
    assert not Message.objects.filter(direction="out").exists()


def test_a_free_text_is_still_refused_with_what_was_typed(alices, tom, offer):
    page = text_of(alices.post(f"conversations/{tom.pk}/reply/", {"text": "My long answer"}, headers=HX), 422)
    assert "24 hours ended meanwhile" in page
    assert "My long answer" in page


def test_a_reminder_is_filled_in_from_the_next_appointment(scene, alices):
    for said in ("Hi, I would like to come in for a check-up", "next Friday in the afternoon", "1", "yes"):
        maria = scene.writes("Maria Lopes", said)
        scene.answers(maria)
    Conversation.objects.filter(pk=maria.pk).update(last_inbound_at=clock.now() - dt.timedelta(hours=30))
    body = "Hello {first_name}, your {service} is on {when} ({reference}). Can you come?"
    template(maria, "", body, purpose="reminder")
    form = text_of(alices.get(f"conversations/{maria.pk}/template/", headers=HX))
    assert "Hello Maria, your Check-up is on" in form


def test_words_are_only_text(alices, tom):
    made = template(tom, "odd", f"{SCRIPT[:60]} {{v1}} end", samples={"v1": SCRIPT[:60]})
    page = alices.get(f"conversations/{tom.pk}/template/", {"template": made.pk, "blank-v1": SCRIPT[:60]}, headers=HX)
    assert SCRIPT[:60] not in page.content.decode()


def test_the_settings_say_for_each_state_what_to_do(alices, bobs, tom, offer):
    template(tom, "paused_one", "Text.", state="paused", approved_sid="")
    template(tom, "refused_one", "Text.", state="rejected", approved_sid="", reason="abusive content")
    template(tom, "picture", "Text.", unfit="It begins with a picture or a file.", approved_sid="")
    page = text_of(alices.get("settings/templates/"))
    for said in (
        "You can send it from a conversation",
        "Too many people blocked or reported it.",
        "WhatsApp says: abusive content",
        "It can’t be sent from here. It begins with a picture or a file.",
    ):
        assert said in page
    assert bobs.get("settings/templates/").status_code == 404


@pytest.mark.parametrize(
    "link", ["x.pdf", "http://x.test/a.pdf", "https://local/a.pdf", "https://x.test/a b", "https://["]
)
def test_a_picture_wants_a_whole_address(link):
    values = {"h:image_link": link, "v1": "Ana"}
    assert list(shut_window.missing(values)) == ["h:image_link"]
    assert shut_window.missing(values | {"h:image_link": "https://clinic.example.com/a.jpg"}) == {}
    assert shut_window.label_of("h:image_link") == "Web address of the picture"
    assert shut_window.label_of("h1") == "In the heading"
