"""What goes out by itself, as it reads until a business writes its own; and the buttons under it.

Placeholders in braces are filled in by us. Each text begins and ends with words of its own, because WhatsApp approves
no template that begins or ends with a blank.
"""

from conversations.models import MessageTemplate

Purpose = MessageTemplate.Purpose
LANGUAGES = ("en", "de", "es", "fr", "pt")

TEXTS: dict[str, dict[str, str]] = {
    Purpose.REMINDER: {
        "en": "Hello {first_name}, a reminder of your appointment at {business}: {service} with {practitioner}, "
        "{when} ({reference}). Can you come?",
        "de": "Guten Tag {first_name}, wir erinnern Sie an Ihren Termin bei {business}: {service}, {practitioner}, "
        "{when} ({reference}). Passt es Ihnen?",
        "es": "Hola {first_name}, le recordamos su cita en {business}: {service} con {practitioner}, "
        "{when} ({reference}). ¿Podrá venir?",
        "fr": "Bonjour {first_name}, nous vous rappelons votre rendez-vous chez {business} : {service} avec "
        "{practitioner}, {when} ({reference}). Pourrez-vous venir ?",
        "pt": "Olá {first_name}, lembramos a sua marcação em {business}: {service} com {practitioner}, "
        "{when} ({reference}). Pode vir?",
    },
    Purpose.AFTER_VISIT: {
        "en": "Hello {first_name}, thank you for coming to {business}. If anything is unclear, just write to us here.",
        "de": "Guten Tag {first_name}, danke für Ihren Besuch bei {business}. Wenn noch etwas unklar ist, schreiben "
        "Sie uns einfach hier.",
        "es": "Hola {first_name}, gracias por venir a {business}. Si tiene alguna duda, escríbanos aquí.",
        "fr": "Bonjour {first_name}, merci de votre visite chez {business}. Si quelque chose n'est pas clair, "
        "écrivez-nous ici.",
        "pt": "Olá {first_name}, obrigado por ter vindo a {business}. Se tiver alguma dúvida, escreva-nos aqui.",
    },
    Purpose.NO_SHOW: {
        "en": "Hello {first_name}, we missed you at {business} ({when}). If you would like another time, just write "
        "to us here.",
        "de": "Guten Tag {first_name}, wir haben Sie bei {business} vermisst ({when}). Möchten Sie einen neuen "
        "Termin? Dann schreiben Sie uns einfach hier.",
        "es": "Hola {first_name}, le echamos de menos en {business} ({when}). Si desea otra cita, escríbanos aquí.",
        "fr": "Bonjour {first_name}, nous ne vous avons pas vu chez {business} ({when}). Si vous souhaitez un autre "
        "rendez-vous, écrivez-nous ici.",
        "pt": "Olá {first_name}, sentimos a sua falta em {business} ({when}). Se quiser outra marcação, escreva-nos "
        "aqui.",
    },
    Purpose.WAITLIST_OFFER: {
        "en": "Hello {first_name}, a time has become free at {business}: {service} with {practitioner}, {when}. "
        "It is held for you until {until}. Would you like it?",
        "de": "Guten Tag {first_name}, bei {business} ist ein Termin frei geworden: {service}, {practitioner}, "
        "{when}. Er ist bis {until} für Sie reserviert. Möchten Sie ihn?",
        "es": "Hola {first_name}, ha quedado libre una cita en {business}: {service} con {practitioner}, {when}. "
        "Se la guardamos hasta las {until}. ¿La quiere?",
        "fr": "Bonjour {first_name}, un rendez-vous s'est libéré chez {business} : {service} avec {practitioner}, "
        "{when}. Il vous est réservé jusqu'à {until}. Le voulez-vous ?",
        "pt": "Olá {first_name}, ficou livre uma marcação em {business}: {service} com {practitioner}, {when}. "
        "Está reservada para si até às {until}. Quer ficar com ela?",
    },
    Purpose.CHANGED_APPOINTMENT: {
        "en": "Hello {first_name}, your appointment at {business} has changed: {service} with {practitioner}, now "
        "{when} ({reference}). Does that suit you?",
        "de": "Guten Tag {first_name}, Ihr Termin bei {business} hat sich geändert: {service}, {practitioner}, jetzt "
        "{when} ({reference}). Passt das?",
        "es": "Hola {first_name}, su cita en {business} ha cambiado: {service} con {practitioner}, ahora {when} "
        "({reference}). ¿Le viene bien?",
        "fr": "Bonjour {first_name}, votre rendez-vous chez {business} a changé : {service} avec {practitioner}, "
        "désormais {when} ({reference}). Cela vous convient-il ?",
        "pt": "Olá {first_name}, a sua marcação em {business} mudou: {service} com {practitioner}, agora {when} "
        "({reference}). Convém-lhe?",
    },
    Purpose.CALLED_OFF: {
        "en": "Hello {first_name}, we are sorry: your appointment at {business} ({service} with {practitioner}, "
        "{when}, {reference}) was cancelled. Would you like another time? Then write to us here.",
        "de": "Guten Tag {first_name}, es tut uns leid: Ihr Termin bei {business} ({service}, {practitioner}, {when}, "
        "{reference}) wurde abgesagt. Möchten Sie einen anderen? Dann schreiben Sie uns hier.",
        "es": "Hola {first_name}, lo sentimos: su cita en {business} ({service} con {practitioner}, {when}, "
        "{reference}) ha sido cancelada. ¿Desea otra hora? Escríbanos aquí.",
        "fr": "Bonjour {first_name}, nous sommes désolés : votre rendez-vous chez {business} ({service} avec "
        "{practitioner}, {when}, {reference}) a été annulé. Voulez-vous un autre horaire ? Écrivez-nous ici.",
        "pt": "Olá {first_name}, lamentamos: a sua marcação em {business} ({service} com {practitioner}, {when}, "
        "{reference}) foi desmarcada. Quer outra hora? Escreva-nos aqui.",
    },
    Purpose.PRACTITIONER_OUT: {
        "en": "Hello {first_name}, {practitioner} can't be there on {when}, so your appointment at {business} "
        "({reference}) can't take place then. We are sorry. Would you like another time?",
        "de": "Guten Tag {first_name}, {practitioner} ist am {when} leider nicht da; Ihr Termin bei {business} "
        "({reference}) kann dann nicht stattfinden. Möchten Sie einen anderen?",
        "es": "Hola {first_name}, {practitioner} no podrá atenderle el {when}, por lo que su cita en {business} "
        "({reference}) no puede tener lugar. Lo sentimos. ¿Desea otra cita?",
        "fr": "Bonjour {first_name}, {practitioner} sera absent le {when} ; votre rendez-vous chez {business} "
        "({reference}) ne peut donc pas avoir lieu. Nous en sommes désolés. Voulez-vous un autre rendez-vous ?",
        "pt": "Olá {first_name}, {practitioner} não poderá atender em {when}, por isso a sua marcação em {business} "
        "({reference}) não se pode realizar. Lamentamos. Quer outra marcação?",
    },
    Purpose.OUT_ONE_TIME: {
        "en": "Hello {first_name}, we are sorry: {practitioner} can't be there on {when}, so your appointment at "
        "{business} ({reference}) can't take place then. We are holding another time for you: {first}. Tap below, or "
        "tell us what would suit you better.",
        "de": "Guten Tag {first_name}, es tut uns leid: {practitioner} ist am {when} nicht da; Ihr Termin bei "
        "{business} ({reference}) kann dann nicht stattfinden. Wir halten für Sie frei: {first}. Tippen Sie unten, "
        "oder sagen Sie uns, was besser passt.",
        "es": "Hola {first_name}, lo sentimos: {practitioner} no podrá atenderle el {when}, por lo que su cita en "
        "{business} ({reference}) no puede tener lugar. Le guardamos otra hora: {first}. Pulse abajo o díganos qué le "
        "viene mejor.",
        "fr": "Bonjour {first_name}, nous sommes désolés : {practitioner} sera absent le {when}, votre rendez-vous "
        "chez {business} ({reference}) ne peut donc pas avoir lieu. Nous vous gardons un autre horaire : {first}. "
        "Touchez ci-dessous, ou dites-nous ce qui vous conviendrait mieux.",
        "pt": "Olá {first_name}, lamentamos: {practitioner} não poderá atender em {when}, por isso a sua marcação em "
        "{business} ({reference}) não se pode realizar. Guardamos para si outra hora: {first}. Toque em baixo ou "
        "diga-nos o que lhe convém mais.",
    },
    Purpose.OUT_TWO_TIMES: {
        "en": "Hello {first_name}, we are sorry: {practitioner} can't be there on {when}, so your appointment at "
        "{business} ({reference}) can't take place then. We are holding for you: 1. {first}, or 2. {second}. Tap "
        "below, or tell us what would suit you better.",
        "de": "Guten Tag {first_name}, es tut uns leid: {practitioner} ist am {when} nicht da; Ihr Termin bei "
        "{business} ({reference}) kann dann nicht stattfinden. Wir halten für Sie frei: 1. {first}, oder 2. {second}. "
        "Tippen Sie unten, oder sagen Sie uns, was besser passt.",
        "es": "Hola {first_name}, lo sentimos: {practitioner} no podrá atenderle el {when}, por lo que su cita en "
        "{business} ({reference}) no puede tener lugar. Le guardamos: 1. {first}, o 2. {second}. Pulse abajo o "
        "díganos qué le viene mejor.",
        "fr": "Bonjour {first_name}, nous sommes désolés : {practitioner} sera absent le {when}, votre rendez-vous "
        "chez {business} ({reference}) ne peut donc pas avoir lieu. Nous vous gardons : 1. {first}, ou 2. {second}. "
        "Touchez ci-dessous, ou dites-nous ce qui vous conviendrait mieux.",
        "pt": "Olá {first_name}, lamentamos: {practitioner} não poderá atender em {when}, por isso a sua marcação em "
        "{business} ({reference}) não se pode realizar. Guardamos para si: 1. {first}, ou 2. {second}. Toque em baixo "
        "ou diga-nos o que lhe convém mais.",
    },
    # To a colleague's own phone; the words that are answered are escalations.staff_words.
    Purpose.STAFF_NOTICE: {
        "en": "For the team of {business}: {notice} Open {link} to see it, or answer TAKE to take it.",
        "de": "Für das Team von {business}: {notice} Öffnen Sie {link}, oder antworten Sie TAKE, um zu übernehmen.",
        "es": "Para el equipo de {business}: {notice} Abra {link} para verlo, o responda TAKE para ocuparse.",
        "fr": "Pour l'équipe de {business} : {notice} Ouvrez {link} pour voir, ou répondez TAKE pour vous en charger.",
        "pt": "Para a equipa de {business}: {notice} Abra {link} para ver, ou responda TAKE para assumir.",
    },
}

# Ids are a contract with the assistant (agents.types.Choice): confirm:#1042, change:#1042, cancel:#1042, offer:yes.
BUTTONS: dict[str, tuple[str, ...]] = {
    Purpose.REMINDER: ("confirm:{reference}", "change:{reference}", "cancel:{reference}"),
    Purpose.WAITLIST_OFFER: ("offer:yes", "offer:no"),
    Purpose.CHANGED_APPOINTMENT: ("confirm:{reference}", "change:{reference}", "cancel:{reference}"),
    Purpose.PRACTITIONER_OUT: ("change:{reference}", "cancel:{reference}"),
    Purpose.OUT_ONE_TIME: ("offer:{pick_first}", "offer:no"),
    Purpose.OUT_TWO_TIMES: ("offer:{pick_first}", "offer:{pick_second}", "offer:no"),
}
TITLES: dict[str, dict[str, str]] = {
    "confirm": {"en": "Confirm", "de": "Bestätigen", "es": "Confirmar", "fr": "Confirmer", "pt": "Confirmar"},
    "change": {"en": "Change", "de": "Verschieben", "es": "Cambiar", "fr": "Déplacer", "pt": "Alterar"},
    "cancel": {"en": "Cancel", "de": "Absagen", "es": "Cancelar", "fr": "Annuler", "pt": "Cancelar"},
    "offer:yes": {
        "en": "Yes, please",
        "de": "Ja, gern",
        "es": "Sí, por favor",
        "fr": "Oui, merci",
        "pt": "Sim, por favor",
    },
    "offer:no": {
        "en": "No, thank you",
        "de": "Nein, danke",
        "es": "No, gracias",
        "fr": "Non, merci",
        "pt": "Não, obrigado",
    },
}
# Beside times that are held, the same answers are called by their place.
_FIRST = {"en": "The first", "de": "Den ersten", "es": "La primera", "fr": "Le premier", "pt": "A primeira"}
_SECOND = {"en": "The second", "de": "Den zweiten", "es": "La segunda", "fr": "Le second", "pt": "A segunda"}
_NEITHER = {"en": "None of these", "de": "Nichts davon", "es": "Ninguna", "fr": "Aucun", "pt": "Nenhuma"}
TITLES_THERE: dict[str, dict[str, dict[str, str]]] = {
    Purpose.OUT_ONE_TIME: {"offer:{pick_first}": TITLES["offer:yes"], "offer:no": TITLES["offer:no"]},
    Purpose.OUT_TWO_TIMES: {"offer:{pick_first}": _FIRST, "offer:{pick_second}": _SECOND, "offer:no": _NEITHER},
}
THANKS = {
    "en": "Thank you, {first_name}. We look forward to seeing you {when}.",
    "de": "Danke, {first_name}. Wir freuen uns auf Sie: {when}.",
    "es": "Gracias, {first_name}. Le esperamos {when}.",
    "fr": "Merci, {first_name}. Nous vous attendons {when}.",
    "pt": "Obrigado, {first_name}. Esperamos por si {when}.",
}
# Where a patient's appointments are not spoken of in full: "appointment with our team".
DISCREET = {
    "en": ("appointment", "our team"),
    "de": ("Termin", "unser Team"),
    "es": ("cita", "nuestro equipo"),
    "fr": ("rendez-vous", "notre équipe"),
    "pt": ("marcação", "a nossa equipa"),
}
# Patterns of Django's date filter, in each language's own order.
WHEN = {
    "en": r"l j F \a\t H:i",
    "de": r"l, j. F, H:i \U\h\r",
    "es": r"l j \d\e F \a \l\a\s H:i",
    "fr": r"l j F \à H:i",
    "pt": r"l, j \d\e F, \à\s H:i",
}


def title_of(purpose: str, button: str, language: str) -> str:
    """Of one of the purpose's BUTTONS."""
    there = TITLES_THERE.get(purpose, {})
    return (there.get(button) or TITLES[button.removesuffix(":{reference}")])[language]


def language_for(*wanted: str) -> str:
    """The first of these that we write, else English: "de-AT" is German."""
    return next((each[:2].lower() for each in wanted if each and each[:2].lower() in LANGUAGES), "en")
