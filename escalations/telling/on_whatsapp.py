"""A notice to a member of staff's own WhatsApp. At most once: no vendor keeps a key by which a second copy is known."""

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from conversations import automatic, staff_phones
from conversations.channels.base import ChannelError, OutcomeUnknown, Outgoing, SendResult
from conversations.channels.registry import adapter_for
from conversations.delivery_content import template_use
from conversations.models import Channel, MessageTemplate, StaffPhone
from conversations.placeholders import blanks, variables
from escalations.attendance import Colleague
from escalations.models import Notice
from escalations.telling.errors import NotNow
from escalations.telling.ways import WHATSAPP
from escalations.telling.words import path_of, text_of
from tenants import clock
from tenants.crashpoints import reach
from tenants.models import Business

HINT = _("Answer with TAKE to take it, with RESUME to give it back to the assistant.")
# With the window shut WhatsApp takes a template alone, and asks money for each: only what may be taken by an answer.
BY_TEMPLATE = (Notice.Kind.ESCALATION, Notice.Kind.RED_FLAG, Notice.Kind.ASSIGNED, Notice.Kind.OVERDUE)
AT_MOST = 4  # templates to one phone within an hour; red flags always go
TEMPLATE_AT = "template_at"


def send(business: Business, notice: Notice, colleague: Colleague) -> str:
    """ "sent", or why not. Raises NotNow.

    It is noted before the vendor is called: a worker that is killed in between sends nothing twice.
    """
    phone = StaffPhone.objects.filter(staff_id=colleague.user_id, verified_at__isnull=False).first()
    channel = Channel.objects.filter(kind=phone.kind, active=True).order_by("pk").first() if phone else None
    if phone is None or channel is None:
        return "no_channel"
    template, noted = None, {**notice.ways, WHATSAPP: "sending"}
    if not staff_phones.may_be_written_to(phone):
        template = _template(business, channel, notice)
        if template is None:
            return "window_shut"
        if notice.kind != Notice.Kind.RED_FLAG and _sent_lately(colleague) >= AT_MOST:
            return "enough_for_now"
        noted[TEMPLATE_AT] = clock.now().isoformat()
    _note(notice, noted)
    reach("notice.on_whatsapp")
    try:
        sent = _hand_over(business, notice, channel, phone.address, template)
    except OutcomeUnknown:
        return "unknown"
    except ChannelError as error:
        if error.permanent:
            return f"refused {error.code}"
        _note(notice, {key: said for key, said in notice.ways.items() if key not in (WHATSAPP, TEMPLATE_AT)})
        raise NotNow(error.code) from error
    notice.ways = {**notice.ways, "whatsapp_id": sent.provider_id}
    return "sent"


def template_for(business: Business, channel: Channel) -> MessageTemplate | None:
    """What reaches a colleague whose 24 hours are over: in their language (the active one), else the business's."""
    wanted = (translation.get_language() or business.language, business.language)
    return automatic.approved(channel.pk, MessageTemplate.Purpose.STAFF_NOTICE, *wanted)


def _template(business: Business, channel: Channel, notice: Notice) -> MessageTemplate | None:
    if notice.kind not in BY_TEMPLATE or notice.conversation_id is None:
        return None
    return template_for(business, channel)


def _sent_lately(colleague: Colleague) -> int:
    since = (clock.now() - dt.timedelta(hours=1)).isoformat()
    return Notice.objects.filter(staff_id=colleague.user_id, ways__template_at__gt=since).count()


def _hand_over(
    business: Business, notice: Notice, channel: Channel, to: str, template: MessageTemplate | None
) -> SendResult:
    """Raises ChannelError."""
    adapter, link = adapter_for(channel.kind), f"{settings.PUBLIC_ORIGIN}{path_of(business, notice)}"
    if template is None:
        hint = f"\n{HINT}" if notice.conversation_id else ""
        text = f"{business.name}: {text_of(notice)}\n{link}{hint}"
        return adapter.send(channel, Outgoing(to=to, text=text, message_id=None))
    with translation.override(template.language):
        values = {"business": business.name, "notice": text_of(notice), "link": link}
    filled = variables(blanks([template.approved_body]), values)
    return adapter.send_template(channel, template_use(template, to, filled, None))


def _note(notice: Notice, ways: dict[str, object]) -> None:
    notice.ways = ways
    Notice.objects.filter(pk=notice.pk).update(ways=ways)
