"""The whole corpus of recorded dialogues, with personal data sown into it: Anthropic's log holds none of it.

Each dialogue is written as one burst by a contact with a name, a number and a profile of their own, and every kind of
personal data stands somewhere in it. The sandbox logs each request as it came over the wire.
"""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from agents.models import Step, TranscriptEntry
from conversations import inbox, turns
from conversations.events_in import InboundMessage
from conversations.models import Channel, Contact, ContactIdentity, Conversation
from tenants import worklist
from tests.vendors import Sandbox

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "data" / "appointment_dialogues.jsonl"
FIRST = ("Anneliese", "Bartholomew", "Chidinma", "Dmitri", "Esmeralda", "Fionnuala", "Giuseppe", "Hyacinth")
LAST = ("Abernathy", "Björklund", "Castellanos", "Dąbrowska", "Echeverría", "Featherstone", "Grzybowski", "Hathaway")


def person(number: int) -> dict[str, str]:
    """Somebody who occurs nowhere else, with data that are valid in form."""
    chance = random.Random(number)
    first, last = chance.choice(FIRST), chance.choice(LAST)
    digits = [chance.randint(0, 9) for _ in range(9)]
    check = (11 - sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11) % 11
    if check == 10:
        return person(number + 100_000)
    return {
        "name": f"{first} {last}",
        "phone": f"+44 79{chance.randint(10, 99)} {chance.randint(100, 999)}{chance.randint(100, 999)}",
        "email": f"{first.lower()}.{number}@quillmail.example",
        "nhs": "".join(map(str, digits)) + str(check),
        "birth": f"{chance.randint(1, 28)} March 19{chance.randint(40, 99)}",
        "postcode": f"LS{chance.randint(1, 28)} {chance.randint(1, 9)}QZ",
    }


def sown(turns_of_user: list[str], who: dict[str, str]) -> list[str]:
    """The patient's own words, with who they are between them."""
    lines = [f"My name is {who['name']}.", *turns_of_user]
    lines.insert(2, f"You can reach me on {who['phone']} or {who['email']}")
    return [*lines, f"NHS number {who['nhs']}, born {who['birth']}, I live at {who['postcode']}"]


def secrets_of(who: dict[str, str]) -> list[str]:
    """What may not be found: the values themselves, parts of the name, and numbers without their spaces."""
    found = [*who["name"].split(), who["email"], who["nhs"], who["birth"], who["postcode"]]
    return [*found, re.sub(r"\D", "", who["phone"])[2:], who["phone"][4:]]


def strings_of(left: list[Any]) -> set[str]:
    """What stands between quotes, each once: what is told to the model is the same in every request."""
    return {piece for each in left for piece in json.dumps(each, ensure_ascii=False).split('"')}


@pytest.mark.shared_data
def test_the_whole_corpus_with_sown_personal_data_leaves_none_of_it_at_anthropic(clinic: Any, sandbox: Sandbox) -> None:
    if not CORPUS.exists():
        pytest.skip("needs ../shared/data, which a newcomer's clone does not have")
    dialogues = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    sandbox.post("/anthropic/script", {"answers": [{"text": "Thank you. Which day would suit you?", "times": 0}]})
    channel = Channel.objects.create(kind="simulator", address="simulator:leaks")
    people = [person(number) for number in range(len(dialogues))]
    for number, (dialogue, who) in enumerate(zip(dialogues, people, strict=True)):
        lines = [each["text"] for each in dialogue["turns"] if each["speaker"] == "user"]
        write(clinic, channel, who, sown(lines, who), number)
    log = sandbox.get("/log", vendor="anthropic", limit=5000)["entries"]
    assert len(log) >= len(dialogues)
    kept = [*Step.objects.values_list("input", "output"), *TranscriptEntry.objects.values_list("blocks")]
    read = "\n".join(strings_of([str(entry) for entry in log]) | strings_of(kept))
    leaks = [secret for who in people for secret in secrets_of(who) if secret in read]
    assert leaks == []


def write(business: Any, channel: Channel, who: dict[str, str], lines: list[str], number: int) -> None:
    """The burst arrives, and the assistant answers it in one turn."""
    phone = "".join(who["phone"].split())
    with transaction.atomic():
        contact = Contact.objects.create(profile_name=who["name"])
        ContactIdentity.objects.create(contact=contact, kind="simulator", address=f"simulator:{number}", phone=phone)
        for place, text in enumerate(lines):
            event = InboundMessage(
                channel_address=channel.address,
                from_address=f"simulator:{number}",
                phone=phone,
                profile_name=who["name"],
                provider_id=f"leak-{number}-{place}",
                kind="text",
                text=text,
            )
            inbox.receive(business, channel, event)
    conversation = Conversation.objects.get(contact=contact)
    lease = worklist.claim(business.pk, turns.TURN, conversation.pk, early=True)
    assert lease is not None
    turns.run_turn(business, conversation.pk, lease, provider="anthropic")
