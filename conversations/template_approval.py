"""Templates at WhatsApp: made at the vendor, handed in, and asked about until there is an answer.

The business asks for it with a button (conversations.automatic_pages); from then on it is work on the list, again and
again, the longer it takes the rarer. A text that was changed since is handed in anew; the approved one keeps going out.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Collection

import structlog
from django.db import transaction

from agents.types import Choice
from conversations.automatic import button_rows, own_words, text_of
from conversations.automatic_texts import LANGUAGES, language_for
from conversations.channels.base import ChannelAdapter, ChannelError, ContentShape
from conversations.channels.registry import adapter_for
from conversations.models import Channel, MessageTemplate
from conversations.placeholders import blanks, variables, with_blanks
from tenants import clock, events, worklist
from tenants.models import Business
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
APPROVE = "conversations.approve_template"
State = MessageTemplate.State
REFUSED = (State.REJECTED, State.PAUSED, State.GONE)
OURS = tuple(each for each in MessageTemplate.Purpose if each != MessageTemplate.Purpose.OTHER)
SOON, SELDOM = dt.timedelta(seconds=30), dt.timedelta(hours=1)  # between two questions; reviews take minutes to days
SAMPLES = {
    "first_name": "Rosa",
    "business": "Bright Smile",
    "service": "Check-up",
    "practitioner": "Dr Silva",
    "when": "Thursday 3 December at 09:00",
    "reference": "#1042",
    "until": "14:30",
    "notice": "A conversation needs a person.",
    "first": "Friday 4 December at 10:00 with Dr Silva",
    "second": "Monday 7 December at 14:30 with Dr Wolf",
    "pick_first": "1",
    "pick_second": "2",
    "link": "https://desk.example.com/b/bright-smile/conversations/7/",
}


def languages_of(business: Business, channel: Channel) -> tuple[str, ...]:
    """In which this number's texts are handed in: the business's own, then those it chose."""
    own = language_for(business.language)
    return (own, *(each for each in LANGUAGES if each in channel.template_languages and each != own))


def choose_languages(channel: Channel, languages: Collection[str]) -> None:
    """Beside the business's own; what we write no texts in is left out."""
    channel.template_languages = [each for each in LANGUAGES if each in languages]
    channel.save(update_fields=["template_languages"])


def shown(business: Business, channel: Channel) -> list[MessageTemplate]:
    """One per purpose and language, and what is approved in others; those never asked for are not saved yet.

    Words that the business wrote itself are in its own language only.
    """
    known = {(row.purpose, row.language): row for row in MessageTemplate.objects.filter(channel=channel)}
    chosen = languages_of(business, channel)
    found = []
    for purpose in OURS:
        own = (chosen[0],) if own_words(purpose) else chosen
        also = [each for each in LANGUAGES if (purpose, each) in known and each not in own and not own_words(purpose)]
        found += [known.get((purpose, each)) or _new(channel, purpose, each) for each in own]
        found += [row for each in also if (row := known[purpose, each]).approved_sid]
    return found


def _new(channel: Channel, purpose: str, language: str) -> MessageTemplate:
    body, buttons = text_of(purpose, language), button_rows(purpose, language)
    return MessageTemplate(channel=channel, purpose=purpose, language=language, body=body, buttons=buttons)


def is_current(template: MessageTemplate) -> bool:
    """Whether what was handed in is what the business says today."""
    body, buttons = text_of(template.purpose, template.language), button_rows(template.purpose, template.language)
    return (template.body, template.buttons) == (body, buttons)


def ask(business: Business, channel: Channel) -> int:
    """Somebody pressed the button: hand in whatever is not approved as it stands. How many those are."""
    if not adapter_for(channel.kind).has_window:
        return 0
    asked, languages = 0, languages_of(business, channel)
    with transaction.atomic():
        for template in shown(business, channel):
            asked += template.language in languages and _ask_one(business, template)
    return asked


def _ask_one(business: Business, template: MessageTemplate) -> bool:
    if template.state == State.APPROVED and is_current(template):
        return False
    if template.state != State.SUBMITTED or not is_current(template):
        template.body = text_of(template.purpose, template.language)
        template.buttons = button_rows(template.purpose, template.language)
        template.state, template.sid, template.reason = State.DRAFT, "", ""
        template.wanted_at = clock.now()
        template.save()
    worklist.call_for(business.pk, APPROVE, template.pk)
    return True


def go_on(business: Business, template_id: int, lease: Lease) -> None:
    """The next step of one template. No transaction is open while the vendor is asked."""
    template = MessageTemplate.objects.select_related("channel").filter(pk=template_id).first()
    if template is None or template.wanted_at is None or template.state in (State.APPROVED, *REFUSED):
        return lease.finish()
    try:
        adapter = adapter_for(template.channel.kind)
        if not template.sid:
            _make(template, adapter, lease)
        if template.state == State.DRAFT:
            adapter.ask_approval(template.channel, template.sid, _name(template))
            _note(business, template, lease, state=State.SUBMITTED, reason="")
        said = adapter.approval(template.channel, template.sid)
    except ChannelError as error:
        return _after_error(business, template, lease, error)
    if said.state == State.APPROVED:
        _note(
            business,
            template,
            lease,
            state=State.APPROVED,
            reason="",
            approved_sid=template.sid,
            approved_body=template.body,
            approved_buttons=template.buttons,
        )
        return lease.finish()
    _note(business, template, lease, state=said.state, reason=said.reason)
    if said.state in REFUSED:
        return lease.finish()
    waited = clock.now() - template.wanted_at
    return lease.retry_in(min(SELDOM, max(SOON, waited / 2)), forgive=True)


def _make(template: MessageTemplate, adapter: ChannelAdapter, lease: Lease) -> None:
    sid = adapter.create_template(template.channel, shape_of(template))
    with transaction.atomic():
        lease.hold()
        MessageTemplate.objects.filter(pk=template.pk).update(sid=sid)
    template.sid = sid


def shape_of(template: MessageTemplate) -> ContentShape:
    """Its text with numbered blanks. Titles of buttons are fixed, as WhatsApp demands; their ids are filled in."""
    numbers = blanks([template.body, *(each["id"] for each in template.buttons)])
    return ContentShape(
        name=_name(template),
        language=template.language,
        form="buttons" if template.buttons else "text",
        body=with_blanks(template.body, numbers),
        choices=tuple(Choice(id=with_blanks(each["id"], numbers), title=each["title"]) for each in template.buttons),
        samples=variables(numbers, SAMPLES),
    )


def _name(template: MessageTemplate) -> str:
    return name_of(template.purpose, template.language, template.body, template.buttons)


def name_of(purpose: str, language: str, body: str, buttons: list[dict[str, str]]) -> str:
    """WhatsApp wants small letters, digits and _, and a new name for a new text."""
    digest = hashlib.sha256(f"{body}{buttons}".encode()).hexdigest()[:8]
    return re.sub(r"[^a-z0-9_]", "_", f"frontdesk_{purpose}_{language}_{digest}".lower())


def _after_error(business: Business, template: MessageTemplate, lease: Lease, error: ChannelError) -> None:
    """A refusal is shown and ends it; anything else is tried again later."""
    log.warning("template.refused", template=template.pk, code=error.code, permanent=error.permanent)
    if error.permanent:
        _note(business, template, lease, state=State.REJECTED, reason=f"It was refused ({error.code}).")
        return lease.finish()
    return lease.retry_in(dt.timedelta(minutes=1), forgive=True)


def _note(business: Business, template: MessageTemplate, lease: Lease, **what: object) -> None:
    with transaction.atomic():
        lease.hold()
        MessageTemplate.objects.filter(pk=template.pk).update(checked_at=clock.now(), **what)
        events.publish(business, "templates")
    for name, value in what.items():
        setattr(template, name, value)
