import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django_tenants.utils import tenant_context

from agents.models import AssistantVersion
from conversations.simulation import SimulatedPatient
from tenants import clock
from tenants.models import Business

Provider = AssistantVersion.Provider


class Command(BaseCommand):
    help = "Be a patient at the terminal: through inbox, turn and outbox, in this process."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--business", required=True, metavar="SLUG")
        parser.add_argument("--from", required=True, dest="phone", metavar="NUMBER", help="such as +447911123456")
        parser.add_argument("--name", default="", help="as WhatsApp would show it")
        parser.add_argument("--now", default="", metavar="ISO", help="hold the clock; local time when it has no offset")
        parser.add_argument("--model", choices=Provider.values, default="", help="instead of the assistant's own")
        parser.add_argument(
            "--jsonl", action="store_true", help='{"text": …} per line in, one line of JSON out for each'
        )

    def handle(self, **options: Any) -> None:
        business = Business.objects.filter(slug=options["business"]).exclude(status=Business.Status.PREPARING).first()
        if business is None:
            raise CommandError(f"--business: there is no business {options['business']}.")
        if options["model"] == Provider.ANTHROPIC and not settings.ANTHROPIC_API_KEY:
            raise CommandError("--model anthropic needs ANTHROPIC_API_KEY.")
        phone = _phone(options["phone"], business.country)
        moment = _moment(options["now"], business.timezone)
        with tenant_context(business), clock.pinned(moment) if moment else nullcontext():
            patient = SimulatedPatient(business, phone, options["name"], provider=options["model"])
            if options["jsonl"]:
                self._converse_in_json(patient)
            else:
                self._converse(patient)

    def _converse_in_json(self, patient: SimulatedPatient) -> None:
        for number, line in enumerate(sys.stdin, start=1):
            if line.strip():
                replies = patient.say(_text_of(line, number))
                self.stdout.write(json.dumps(_answer(patient, replies), ensure_ascii=False))
                self.stdout.flush()

    def _converse(self, patient: SimulatedPatient) -> None:
        self.stdout.write(f"You are {patient.phone}, writing to {patient.business.name}. Ctrl-D ends it.\n")
        for text in _typed():
            for reply in patient.say(text):
                self.stdout.write(f"\n{reply}\n")
            conversation = patient.conversation
            if conversation is not None and conversation.handling != conversation.Handling.ASSISTANT:
                self.stdout.write(f"\n[{conversation.get_handling_display()}: the team has this conversation now]\n")


def _answer(patient: SimulatedPatient, replies: list[str]) -> dict[str, Any]:
    conversation = patient.conversation
    assert conversation is not None
    return {
        "replies": replies,
        "handling": conversation.handling,
        "appointments": [
            {
                "id": each.id,
                "service": each.service,
                "practitioner": each.practitioner,
                "start": each.start.isoformat(),
                "status": each.status,
            }
            for each in patient.visits
        ],
    }


def _typed() -> Iterator[str]:
    while True:
        try:
            text = input("> ")
        except (EOFError, KeyboardInterrupt):
            return
        if text.strip():
            yield text


def _text_of(line: str, number: int) -> str:
    try:
        text = json.loads(line)["text"]
    except (ValueError, KeyError, TypeError):
        raise CommandError(f'line {number}: write {{"text": "…"}}.') from None
    if not isinstance(text, str):
        raise CommandError(f"line {number}: text has to be a string.")
    return text


def _phone(number: str, country: str) -> str:
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        raise CommandError("--from: write a phone number, such as +447911123456.") from None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _moment(text: str, timezone: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise CommandError("--now: write it like 2026-11-24T09:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))
