"""A notice to a member of staff's own WhatsApp. At most once: no vendor keeps a key by which a second copy is known."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from conversations import staff_phones
from conversations.channels.base import ChannelError, OutcomeUnknown, Outgoing
from conversations.channels.registry import adapter_for
from conversations.models import Channel, StaffPhone
from escalations.attendance import Colleague
from escalations.models import Notice
from escalations.telling.errors import NotNow
from escalations.telling.ways import WHATSAPP
from escalations.telling.words import path_of, text_of
from tenants.crashpoints import reach
from tenants.models import Business

HINT = _("Answer with TAKE to take it, with RESUME to give it back to the assistant.")


def send(business: Business, notice: Notice, colleague: Colleague) -> str:
    """ "sent", or why not. Raises NotNow.

    It is noted before the vendor is called: a worker that is killed in between sends nothing twice.
    """
    phone = StaffPhone.objects.filter(staff_id=colleague.user_id, verified_at__isnull=False).first()
    channel = Channel.objects.filter(kind=phone.kind, active=True).order_by("pk").first() if phone else None
    if phone is None or channel is None:
        return "no_channel"
    if not staff_phones.may_be_written_to(phone):
        return "window_shut"
    hint = f"\n{HINT}" if notice.conversation_id else ""
    text = f"{business.name}: {text_of(notice)}\n{settings.PUBLIC_ORIGIN}{path_of(business, notice)}{hint}"
    _note(notice, {**notice.ways, WHATSAPP: "sending"})
    reach("notice.on_whatsapp")
    try:
        sent = adapter_for(channel.kind).send(channel, Outgoing(to=phone.address, text=text, message_id=None))
    except OutcomeUnknown:
        return "unknown"
    except ChannelError as error:
        if error.permanent:
            return f"refused {error.code}"
        _note(notice, {key: said for key, said in notice.ways.items() if key != WHATSAPP})
        raise NotNow(error.code) from error
    notice.ways = {**notice.ways, "whatsapp_id": sent.provider_id}
    return "sent"


def _note(notice: Notice, ways: dict[str, object]) -> None:
    notice.ways = ways
    Notice.objects.filter(pk=notice.pk).update(ways=ways)
