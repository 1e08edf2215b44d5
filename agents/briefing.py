"""The brief of a business for one turn: what its diary publishes and how its assistant is configured."""

from agents.models import AssistantVersion
from agents.types import Brief, ServiceBrief
from calendar_sync import brief as diary
from tenants import clock
from tenants.models import Business


def brief_of(business: Business, version: AssistantVersion) -> Brief:
    facts = diary.facts(business)
    return Brief(
        business=business.name,
        kind=business.kind,
        assistant=version.name,
        tone=version.tone,
        instructions=version.instructions,
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
            )
            for each in facts.services
        ),
        practitioners=tuple(facts.practitioners),
        opening_hours=tuple(facts.opening_hours),
        address=facts.address,
        phone=facts.phone,
    )
