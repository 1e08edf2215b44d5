"""Voice notes: listened to where a model is at hand, otherwise given to people, and the contact told what is so.

Listening is work of its own, in a queue of its own (`listening`): it takes a processor for seconds. A turn is called
for at the same time, due when listening should long be over, so that a note is never forgotten.
"""

import datetime as dt

import structlog
from django.db import transaction

from agents import hearing
from conversations import handoffs, outbox
from conversations.channels import media
from conversations.channels.base import ChannelError
from conversations.files import keeping
from conversations.models import Conversation, Handoff, Message, StoredFile
from conversations.speaking import language_spoken, learn
from tenants import events, worklist
from tenants.models import Business
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
LISTEN = "conversations.listen"
QUEUE = "listening"
TURN = "conversations.turn"
LEASE = dt.timedelta(minutes=5)
TURN_AFTER = dt.timedelta(minutes=5)
RETRY = dt.timedelta(seconds=10)
LARGEST = 16 * 1024 * 1024  # WhatsApp's own limit for sound
SUMMARY = "Sent a voice note that nobody has listened to yet."
GIVEN_TO_PEOPLE = {
    "en": "I can't listen to voice notes. A colleague will listen to yours and answer you here. If you'd rather not "
    "wait, write it to me as text.",
    "de": "Ich kann Sprachnachrichten nicht anhören. Jemand aus dem Team hört sich Ihre an und antwortet Ihnen hier. "
    "Wenn Sie nicht warten möchten, schreiben Sie es mir als Text.",
    "fr": "Je ne peux pas écouter les messages vocaux. Une personne de l'équipe écoutera le vôtre et vous répondra "
    "ici. Si vous préférez ne pas attendre, écrivez-le-moi.",
    "es": "No puedo escuchar notas de voz. Alguien del equipo escuchará la suya y le responderá aquí. Si prefiere no "
    "esperar, escríbamelo como texto.",
    "pt": "Não consigo ouvir mensagens de voz. Alguém da equipa vai ouvir a sua e responder-lhe aqui. Se preferir não "
    "esperar, escreva-me em texto.",
}


def hear(business: Business, conversation: Conversation, message: Message) -> bool:
    """Within the caller's transaction: True when a voice note was taken care of here and no turn has to be asked for.

    Staff who have the conversation get its words, too, where it can be listened to.
    """
    if not has_sound(message) or message.text or business.suspended:
        return False
    assistants = conversation.handling == Conversation.Handling.ASSISTANT
    if hearing.available():
        worklist.call_for(business.pk, LISTEN, message.pk)
        if assistants:
            worklist.call_for(business.pk, TURN, conversation.pk, wait=TURN_AFTER)
    elif assistants:
        _give_to_people(business, conversation, message)
    return True


def listen(business: Business, message_id: int, lease: Lease) -> None:
    """Fetch the note, write down what it says, and forget the sound. No transaction is open meanwhile."""
    message = Message.objects.filter(pk=message_id).select_related("conversation", "channel").first()
    if message is None or message.heard:
        return lease.finish()
    try:
        heard = hearing.transcribe(sound_of(business, message))
    except ChannelError as error:
        if not error.permanent and not lease.exhausted:
            return lease.retry_in(RETRY)
        return _failed(business, message, lease, f"media {error.code}")
    except hearing.CannotHear as error:
        return _failed(business, message, lease, str(error))
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update(no_key=True).get(pk=message.conversation_id)
        lease.hold()
        Message.objects.filter(pk=message.pk).update(heard=heard)
        learn(message.conversation, message.conversation.contact, heard)
        if conversation.handling == Conversation.Handling.ASSISTANT:
            worklist.call_for(business.pk, TURN, conversation.pk, wait=dt.timedelta(seconds=business.quiet_window))
        events.publish(business, "conversation", conversation.pk)
        return lease.finish()


def sound_of(business: Business, message: Message) -> bytes:
    """The note itself: as it is kept here, else from the vendor. Raises ChannelError."""
    kept = _kept(business, message)
    if kept is not None:
        return kept
    try:
        return media.fetch(message.channel, _sound(message), kinds=("audio/",), at_most=LARGEST)
    except ChannelError:
        kept = _kept(business, message)  # meanwhile: then the vendor was asked to forget it
        if kept is None:
            raise
        return kept


def _kept(business: Business, message: Message) -> bytes | None:
    file = message.files.filter(state=StoredFile.State.KEPT).order_by("position").first()
    if file is None:
        return None
    try:
        return keeping.read(business, file)
    except keeping.Gone:
        return None


def has_sound(message: Message) -> bool:
    return message.kind == Message.Kind.VOICE and bool(_sound(message))


def _failed(business: Business, message: Message, lease: Lease, why: str) -> None:
    log.warning("voice.not_heard", message=message.pk, why=why)
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update(no_key=True).get(pk=message.conversation_id)
        lease.hold()
        unanswered = Message.objects.filter(pk=message.pk, answered_by__isnull=True).exists()
        if unanswered and conversation.handling == Conversation.Handling.ASSISTANT:
            _give_to_people(business, conversation, message)
        lease.finish()


def _give_to_people(business: Business, conversation: Conversation, message: Message) -> None:
    """A task for staff beside the assistant, which goes on; said once for several notes in a row."""
    Message.objects.filter(pk=message.pk).update(answered_by=0)
    language = language_spoken(business, conversation)
    last = Message.objects.filter(conversation=conversation, direction=Message.Direction.OUT).order_by("-pk").first()
    if last is not None and last.text == GIVEN_TO_PEOPLE[language]:
        return
    handoffs.ask_staff(business, conversation, Handoff.Reason.UNSUPPORTED_REQUEST, SUMMARY)
    outbox.queue(business, conversation, GIVEN_TO_PEOPLE[language], author=Message.Author.SYSTEM)


def _sound(message: Message) -> str:
    """The address of its sound at the vendor; "" without one."""
    return next((str(each["url"]) for each in message.media if str(each.get("type", "")).startswith("audio/")), "")
