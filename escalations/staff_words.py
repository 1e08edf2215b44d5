"""What staff write from their own phones: "take" and "resume", in five languages, about the notice they quote, else
about the last one they got. Anything else is answered with what can be written.
"""

import datetime as dt

import structlog
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conversations import handoffs
from conversations.channels.base import ChannelError, Outgoing
from conversations.channels.registry import adapter_for
from conversations.models import Conversation, StaffPhone, StaffWord
from escalations import acts
from escalations.models import Notice
from escalations.people import name_by_id
from tenants import clock
from tenants.folding import fold
from tenants.languages import in_language_of
from tenants.models import Business, Membership, User
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
TAKE = frozenset(
    ("take", "take it", "i take it", "ubernehmen", "ich ubernehme", "nehmen", "tomar", "yo me encargo", "me encargo")
    + ("prendre", "je prends", "je m'en occupe", "assumir", "eu assumo", "fico com isso")
)
RESUME = frozenset(
    ("resume", "return", "give back", "fortsetzen", "zuruck", "zuruckgeben", "reanudar", "devolver")
    + ("reprendre", "rendre", "retomar")
)
KNOWN = _("This phone is known now. Switch on under Settings → Notifications what it is told of.")
HELP = _("Write TAKE to take the conversation you were last told of, or RESUME to give it back to the assistant.")
NO_NOTICE = _("I don't know which conversation you mean. Quote the message about it.")
HINTS_AT_MOST, HINTS_WITHIN = 3, dt.timedelta(minutes=10)
NOT_HERE = "You don't work here any more."


def hear(business: Business, word_id: int, lease: Lease) -> None:
    """Act on a word once; the answer that says so is sent after that, and lost if the worker is killed there."""
    word = StaffWord.objects.select_related("phone", "channel").filter(pk=word_id, done_at__isnull=True).first()
    if word is None:
        return lease.finish()
    with transaction.atomic():
        said = _act(business, word)
        lease.hold()
        StaffWord.objects.filter(pk=word.pk).update(done_at=clock.now())
        lease.finish()
    if not said:
        return None
    try:
        adapter_for(word.channel.kind).send(
            word.channel, Outgoing(to=word.phone.address, text=said, message_id=None, language=business.language)
        )
    except ChannelError as error:
        log.warning("staff.not_answered", word=word.pk, code=error.code)
    return None


def _act(business: Business, word: StaffWord) -> str:
    user = _who(business, word.phone)
    if user is None:
        StaffPhone.objects.filter(pk=word.phone_id).delete()  # from now on they are a contact like any other
        return NOT_HERE
    with in_language_of(user):
        return _obey(business, word, user)


def _obey(business: Business, word: StaffWord, user: User) -> str:
    verb = " ".join(fold(word.text).strip(" .!").split())
    if verb not in TAKE and verb not in RESUME:
        return "" if _answered_lately(word) >= HINTS_AT_MOST else str(KNOWN if word.text.strip().isdigit() else HELP)
    conversation = _meant(word)
    if conversation is None:
        return str(NO_NOTICE)
    try:
        with transaction.atomic():
            return (_take if verb in TAKE else _resume)(business, conversation, user)
    except acts.AlreadyTaken as error:
        return gettext("%(name)s has this conversation already.") % {"name": name_by_id(error.owner_id)}
    except handoffs.TransitionRefused as error:
        return str(error)


def _answered_lately(word: StaffWord) -> int:
    """A phone that answers by itself ("I'm driving") must not talk with us for ever."""
    return StaffWord.objects.filter(phone=word.phone_id, done_at__gt=clock.now() - HINTS_WITHIN).count()


def _take(business: Business, conversation: Conversation, user: User) -> str:
    if conversation.status == Conversation.Status.RESOLVED:
        return gettext("This was dealt with meanwhile.")
    acts.take_over(business, conversation, user)
    return gettext(
        "You have the conversation now. The assistant is silent until you write RESUME. Please answer in the desk."
    )


def _resume(business: Business, conversation: Conversation, user: User) -> str:
    current = Conversation.objects.get(pk=conversation.pk)
    if current.staff_id not in (None, user.pk):
        raise acts.AlreadyTaken(current.staff_id)
    acts.return_to_assistant(business, current, user)
    return gettext("The assistant has the conversation again.")


def _who(business: Business, phone: StaffPhone) -> User | None:
    rows = Membership.objects.filter(business=business, user_id=phone.staff_id, user__is_active=True)
    membership = rows.select_related("user").first()
    return membership.user if membership else None


def _meant(word: StaffWord) -> Conversation | None:
    told = Notice.objects.filter(staff_id=word.phone.staff_id, conversation_id__isnull=False)
    told = told.filter(ways__whatsapp_id=word.quoted) if word.quoted else told.filter(ways__has_key="whatsapp_id")
    newest = told.order_by("-pk").values_list("conversation_id", flat=True).first()
    return Conversation.objects.filter(pk=newest).first() if newest else None
