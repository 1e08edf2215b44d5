"""Photos, videos and documents: the assistant can't look at them, so people are asked to, and the contact is told so.

A file with words under it is answered by its words; people are asked all the same. Said once for several in a row.
"""

import datetime as dt

from conversations import handoffs, outbox
from conversations.models import Conversation, Handoff, Message
from conversations.speaking import language_spoken
from tenants import clock
from tenants.models import Business

Kind = Message.Kind
ONCE_WITHIN = dt.timedelta(hours=1)
SUMMARIES = {
    Kind.IMAGE: "Sent a photo that nobody has looked at yet.",
    Kind.VIDEO: "Sent a video that nobody has looked at yet.",
    Kind.DOCUMENT: "Sent a document that nobody has looked at yet.",
}
GIVEN_TO_PEOPLE = {
    "en": "I can't look at photos or files. A colleague will look at yours and answer you here. If it can be said in "
    "words, write it to me.",
    "de": "Fotos und Dateien kann ich nicht ansehen. Jemand aus dem Team sieht sich Ihre an und antwortet Ihnen hier. "
    "Wenn es sich in Worten sagen lässt, schreiben Sie es mir.",
    "fr": "Je ne peux pas regarder les photos ni les fichiers. Une personne de l'équipe regardera les vôtres et vous "
    "répondra ici. Si cela peut se dire en mots, écrivez-le-moi.",
    "es": "No puedo ver fotos ni archivos. Alguien del equipo verá los suyos y le responderá aquí. Si se puede decir "
    "con palabras, escríbamelo.",
    "pt": "Não consigo ver fotografias nem ficheiros. Alguém da equipa vai ver os seus e responder-lhe aqui. Se se "
    "puder dizer por palavras, escreva-me.",
}


def hear(business: Business, conversation: Conversation, message: Message) -> bool:
    """Within the caller's transaction: True when no turn has to be asked for."""
    fetched = any(each.get("url") for each in message.media)
    if message.kind not in SUMMARIES or not fetched or business.suspended:
        return False
    if conversation.handling != Conversation.Handling.ASSISTANT:
        return False
    _ask_people(business, conversation, SUMMARIES[Kind(message.kind)])
    if message.text:
        return False
    Message.objects.filter(pk=message.pk).update(answered_by=0)
    said = GIVEN_TO_PEOPLE[language_spoken(business, conversation)]
    ours = Message.objects.filter(conversation=conversation, direction=Message.Direction.OUT)
    last = ours.order_by("-pk").values_list("text", flat=True).first()
    if last != said:
        outbox.queue(business, conversation, said, author=Message.Author.SYSTEM)
    return True


def _ask_people(business: Business, conversation: Conversation, summary: str) -> None:
    asked = Handoff.objects.filter(conversation=conversation, summary=summary, at__gt=clock.now() - ONCE_WITHIN)
    if not asked.exists():
        handoffs.ask_staff(business, conversation, Handoff.Reason.UNSUPPORTED_REQUEST, summary)
