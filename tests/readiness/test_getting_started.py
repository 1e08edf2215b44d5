"""The checklist knows what is done, says what is missing, and sees the owner's own message."""

import html
import re

import pytest

from agents.models import AssistantVersion, KnowledgeEntry, Trial
from calendar_sync.models import OpeningHours, Practitioner, WorkingHours
from conversations.connecting import connect
from conversations.models import Channel, Message
from tenants import clock
from tenants.models import ChannelKind, Membership
from tests.desk.conftest import DeskClient

NUMBER = "whatsapp:+441134960000"


def steps(client):
    """Name → whether it is done, and what it says."""
    page = html.unescape(client.get("set-up/").content.decode())
    found = re.findall(
        r'set-up__step( set-up__step--done)?" id="step-(\w+)".*?set-up__state">(.*?)</p>', page, re.DOTALL
    )
    return {name: (bool(done), " ".join(state.split())) for done, name, state in found}


def left(client):
    page = " ".join(html.unescape(client.get("set-up/").content.decode()).split())
    return re.search(r"(\d) of \d steps? left|Everything is set up", page)[0]


def play(**values):
    return Trial.objects.create(
        kind="go_live", version=AssistantVersion.objects.first(), model="guided", scenarios=40, **values
    )


def test_a_new_business_has_hours_and_services_and_no_number(alices, clinic):
    found = steps(alices)
    assert {name for name, (done, _) in found.items() if done} == {"hours", "services", "people"}
    assert found["number"] == (False, "Not connected: no message can arrive.")
    assert found["proof"] == (False, "Connect your number first.")
    assert found["score"] == (False, "Not played yet; it takes a minute or two.")
    assert left(alices) == "3 of 6 steps left"


def test_ones_own_message_is_noticed_on_its_way(alices, scene):
    channel = scene.channel
    assert steps(alices)["number"][0]
    assert "Write “Hello”" in steps(alices)["proof"][1]
    talk = scene.writes("Alice", "Hello")
    assert Channel.objects.get(pk=channel.pk).last_inbound_at
    assert steps(alices)["proof"] == (False, "Your message came in; the answer is on its way.")
    scene.answers(talk)
    assert steps(alices)["proof"] == (True, "A message came in, and the assistant’s answer went out.")


def test_an_answer_that_was_not_delivered_proves_nothing(alices, scene):
    talk = scene.writes("Alice", "Hello")
    scene.answers(talk)
    Message.objects.filter(direction="out").update(delivery=Message.Delivery.FAILED)
    assert not steps(alices)["proof"][0]


@pytest.mark.parametrize(
    ("values", "done", "says"),
    [
        ({"status": "running", "repeats": 2, "played": 17}, False, "Playing: 17 of 80."),
        ({"status": "failed"}, False, "The last one did not finish. Play it again."),
        (
            {"status": "done", "passed_once": 0.925, "red_flags_missed": 0},
            True,
            "92 % ended right, no red flag missed.",
        ),
        (
            {"status": "done", "passed_once": 1, "red_flags_missed": 1},
            False,
            "100 %, but a red flag was missed. Nothing may be published like that.",
        ),
    ],
)
def test_the_score_is_the_one_played_last(values, done, says, alices, clinic):
    play(status="done", passed_once=1, red_flags_missed=0)
    play(**values)
    assert steps(alices)["score"] == (done, says)


def test_what_helps_is_optional_and_everything_else_is_counted(alices, scene):
    play(status="done", passed_once=1, red_flags_missed=0)
    scene.answers(scene.writes("Alice", "Hello"))
    assert left(alices) == "Everything is set up"
    assert not steps(alices)["calendar"][0]
    OpeningHours.objects.all().delete()
    assert left(alices) == "1 of 6 steps left"


def test_a_service_that_nobody_performs_is_named(alices, clinic):
    WorkingHours.objects.all().delete()
    done, says = steps(alices)["services"]
    assert not done
    assert "can’t be booked: nobody with working hours performs it." in says
    Practitioner.objects.all().update(active=False)
    assert not steps(alices)["services"][0]


def test_the_code_opens_a_phone_with_a_message_to_the_number(alices, clinic):
    assert alices.get("set-up/number.svg").status_code == 404
    connect(clinic, kind=ChannelKind.SIMULATOR, address="simulator:1")
    assert alices.get("set-up/number.svg").status_code == 404
    connect(clinic, address=NUMBER)
    answer = alices.get("set-up/number.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<?xml")
    assert "+441134960000" in alices.get("set-up/").content.decode()


def test_it_costs_twelve_queries_at_most_and_is_nobody_elses(alices, clinic, charlie, django_assert_max_num_queries):
    alices.get("set-up/")
    for path in ("set-up/", "settings/health/"):
        with django_assert_max_num_queries(12):
            alices.get(path)
        assert DeskClient(clinic, charlie).get(path).status_code == 404


def test_nobody_who_is_mailed_is_a_step_left(alices, clinic):
    Membership.objects.filter(business=clinic).update(notify_by_email=False)
    assert steps(alices)["people"] == (False, "Nobody is mailed: what the assistant hands over may wait unseen.")


def test_knowledge_in_force_counts(alices, clinic, alice):
    for number in range(3):
        KnowledgeEntry.objects.create(title=f"Parking {number}", body="Behind the house.", language="en")
    assert steps(alices)["knowledge"] == (True, "3 entries.")
    KnowledgeEntry.objects.update(valid_until=clock.now().date().replace(year=2020))
    assert not steps(alices)["knowledge"][0]
