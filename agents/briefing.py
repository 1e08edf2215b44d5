"""The brief of a business for one turn: what its diary publishes and how its assistant is configured."""

from collections.abc import Sequence

from agents.clocks_abroad import clock_to_name
from agents.models import AssistantVersion
from agents.types import Brief, HouseRule, ServiceBrief, SpecialDay
from calendar_sync.told import told
from tenants import clock
from tenants.models import Business


def brief_of(business: Business, version: AssistantVersion, phones: Sequence[str] = ()) -> Brief:
    """`phones`: of the contact, in E.164."""
    of_the_diary = told(business)
    facts = of_the_diary.facts
    return Brief(
        business=business.name,
        kind=business.kind,
        assistant=version.name,
        tone=version.tone,
        instructions=version.instructions,
        rules=tuple(_rule(each) for each in version.rules),
        escalates=tuple(
            HouseRule(id=each.get("id", ""), text=each["text"]) for each in version.rules if each["kind"] == "escalate"
        ),
        language=business.language,
        country=business.country,
        currency=business.currency,
        patient_label=business.patient_label,
        timezone=business.timezone,
        now=clock.local_now(business.timezone),
        services=tuple(
            ServiceBrief(
                name=each.name,
                minutes=each.minutes,
                price=each.price,
                practitioners=tuple(each.practitioners),
                other_names=tuple(each.other_names),
                description=each.description,
                seats=each.seats,
            )
            for each in facts.services
        ),
        practitioners=tuple(facts.practitioners),
        opening_hours=tuple(facts.opening_hours),
        places=facts.places,
        special_days=tuple(
            SpecialDay(date=each.date, hours=each.hours, reason=each.reason, place=each.place)
            for each in of_the_diary.special_days
        ),
        clock_of=clock_to_name(phones, business.timezone, business.country, clock.now()),
        address=facts.address,
        phone=facts.phone,
    )


def _rule(rule: dict[str, str]) -> str:
    text = " ".join(rule["text"].split())
    return (
        f"{text} In this case call hand_over with the reason policy and the rule {rule.get('id', '')}."
        if rule["kind"] == "escalate"
        else text
    )
