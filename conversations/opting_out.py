"""STOP and START: whether anything may go out by itself. Only a message that is nothing but the word counts.

"Cancel" is no such word here: people write it about their appointment.
"""

import datetime as dt

from django.db import transaction

from conversations import outbox
from conversations.models import ConsentChange, Contact, Conversation, ConversationEvent, Message
from conversations.service_window import has_agreed
from tenants import clock
from tenants.models import Business, User

STOP = frozenset({"stop", "stopall", "stop all", "unsubscribe", "stopp", "abmelden", "arret", "arrêt", "baja", "parar"})
START = frozenset({"start", "unstop"})
STOPPED = {
    "en": "You will get no more messages from {business} by themselves, such as reminders. Your appointments stay as "
    "they are. Write START to get messages again; you can always write to us here.",
    "de": "Sie erhalten von {business} keine Nachrichten mehr von selbst, etwa Erinnerungen. Ihre Termine bleiben "
    "bestehen. Schreiben Sie START, um wieder Nachrichten zu erhalten; schreiben können Sie uns hier jederzeit.",
    "es": "No recibirá más mensajes automáticos de {business}, como recordatorios. Sus citas siguen en pie. Escriba "
    "START para volver a recibirlos; puede escribirnos aquí cuando quiera.",
    "fr": "Vous ne recevrez plus de messages automatiques de {business}, comme les rappels. Vos rendez-vous sont "
    "maintenus. Écrivez START pour en recevoir à nouveau ; vous pouvez toujours nous écrire ici.",
    "pt": "Não receberá mais mensagens automáticas de {business}, como lembretes. As suas marcações mantêm-se. Escreva "
    "START para voltar a recebê-las; pode escrever-nos aqui quando quiser.",
}
STARTED = {
    "en": "You will get messages from {business} again, such as reminders. Write STOP to end them.",
    "de": "Sie erhalten wieder Nachrichten von {business}, etwa Erinnerungen. Mit STOP beenden Sie das wieder.",
    "es": "Volverá a recibir mensajes de {business}, como recordatorios. Escriba STOP para dejar de recibirlos.",
    "fr": "Vous recevrez à nouveau des messages de {business}, comme les rappels. Écrivez STOP pour les arrêter.",
    "pt": "Voltará a receber mensagens de {business}, como lembretes. Escreva STOP para deixar de as receber.",
}


def hear(business: Business, conversation: Conversation, message: Message) -> bool:
    """Within the caller's transaction: carry out STOP or START and confirm it; False for any other message.

    START is only heard from somebody who wrote STOP; else it is a word like any other.
    """
    word = " ".join(message.text.split()).strip(" .!").casefold()
    if word not in STOP and word not in START:
        return False
    contact = Contact.objects.get(pk=conversation.contact_id)
    if word in STOP:
        leave(conversation, text=message.text)
        texts = STOPPED
    elif contact.opted_out_at is not None:
        come_back(conversation, text=message.text)
        texts = STARTED
    else:
        return False
    Message.objects.filter(pk=message.pk).update(answered_by=0)
    language = contact.language[:2] if contact.language[:2] in texts else business.language[:2]
    text = texts.get(language, texts["en"]).format(business=business.name)
    outbox.queue(business, conversation, text, author=Message.Author.SYSTEM)
    return True


def leave(conversation: Conversation, *, way: str = ConsentChange.Way.WORD, text: str = "") -> None:
    """They opted out, by the word or, as the vendor says (21610), elsewhere. Again is fine."""
    if _note(conversation.contact_id, ConsentChange.To.OUT, way, text):
        ConversationEvent.objects.create(conversation=conversation, act="opted_out", at=clock.now())


def come_back(conversation: Conversation, *, text: str = "") -> None:
    """They wrote START after STOP."""
    if _note(conversation.contact_id, ConsentChange.To.IN, ConsentChange.Way.WORD, text):
        ConversationEvent.objects.create(conversation=conversation, act="opted_in", at=clock.now())


def set_by_staff(contact: Contact, user: User, to: str, text: str) -> bool:
    """What a contact told a member of staff, in `text`; False when it stood like that already."""
    with transaction.atomic():
        changed = _note(contact.pk, to, ConsentChange.Way.STAFF, text, staff_id=user.pk)
        if not changed and to == ConsentChange.To.IN:
            changed = agreed(contact.pk, text, staff_id=user.pk)
        return changed


def agreed(contact_id: int, text: str, *, staff_id: int | None, at: dt.datetime | None = None) -> bool:
    """Within the caller's transaction: somebody who has not written yet may be written to; False when that stands
    already, or when they wrote STOP, which only they or staff on their own page take back."""
    contact = Contact.objects.select_for_update(no_key=True).get(pk=contact_id)
    if contact.opted_out_at is not None or has_agreed(contact_id):
        return False
    ConsentChange.objects.create(
        contact=contact,
        to=ConsentChange.To.IN,
        way=ConsentChange.Way.STAFF,
        text=" ".join(text.split())[:300],
        staff_id=staff_id,
        at=at or clock.now(),
    )
    return True


def _note(contact_id: int, to: str, way: str, text: str, *, staff_id: int | None = None) -> bool:
    """Within the caller's transaction: the state and its history; False when nothing changed."""
    out = to == ConsentChange.To.OUT
    now = clock.now()
    rows = Contact.objects.filter(pk=contact_id, opted_out_at__isnull=out)
    if not rows.update(opted_out_at=now if out else None):
        return False
    ConsentChange.objects.create(
        contact_id=contact_id, to=to, way=way, text=" ".join(text.split())[:300], staff_id=staff_id, at=now
    )
    return True
