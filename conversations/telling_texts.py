"""How a patient reads that an appointment changed without them. Moments in the business's zone, in their language."""

from calendar_sync.models import PatientNews

Act = PatientNews.Act
NO_GOOD = {
    "en": "If that doesn't suit you, just write to us here.",
    "de": "Wenn das nicht passt, schreiben Sie uns einfach hier.",
    "es": "Si no le viene bien, escríbanos aquí.",
    "fr": "Si cela ne vous convient pas, écrivez-nous ici.",
    "pt": "Se não lhe convier, escreva-nos aqui.",
}
FREE = {
    "en": "Free instead: {times}. Write to us here which one suits you, or another time.",
    "de": "Frei wäre stattdessen: {times}. Schreiben Sie uns hier, was davon passt, oder einen anderen Wunsch.",
    "es": "En su lugar hay libre: {times}. Escríbanos aquí cuál le viene bien, u otra hora.",
    "fr": "Libre à la place : {times}. Écrivez-nous ici ce qui vous convient, ou un autre souhait.",
    "pt": "Em vez disso está livre: {times}. Escreva-nos aqui qual lhe convém, ou outra hora.",
}
NONE_FREE = {
    "en": "Write to us here and we'll look for another time.",
    "de": "Schreiben Sie uns hier, dann suchen wir einen anderen Termin.",
    "es": "Escríbanos aquí y buscaremos otra hora.",
    "fr": "Écrivez-nous ici et nous chercherons un autre horaire.",
    "pt": "Escreva-nos aqui e procuramos outra hora.",
}
ALSO = {
    "en": "What was to follow it ({also} more) is cancelled, too.",
    "de": "Was darauf folgen sollte (noch {also}), ist ebenfalls abgesagt.",
    "es": "Lo que seguía ({also} más) también queda cancelado.",
    "fr": "Ce qui devait suivre ({also} de plus) est annulé aussi.",
    "pt": "O que se seguia (mais {also}) também fica desmarcado.",
}
SAID: dict[str, dict[str, str]] = {
    Act.MOVED: {
        "en": "Hello {first_name}, your appointment at {business} ({service} with {practitioner}, {reference}) was "
        "moved from {before} to {when}.",
        "de": "Guten Tag {first_name}, Ihr Termin bei {business} ({service}, {practitioner}, {reference}) wurde "
        "verschoben. Bisher: {before}. Jetzt: {when}.",
        "es": "Hola {first_name}, su cita en {business} ({service} con {practitioner}, {reference}) ha cambiado de "
        "hora. Antes: {before}. Ahora: {when}.",
        "fr": "Bonjour {first_name}, votre rendez-vous chez {business} ({service} avec {practitioner}, {reference}) a "
        "été déplacé. Avant : {before}. Maintenant : {when}.",
        "pt": "Olá {first_name}, a sua marcação em {business} ({service} com {practitioner}, {reference}) mudou de "
        "hora. Antes: {before}. Agora: {when}.",
    },
    Act.CANCELLED: {
        "en": "Hello {first_name}, we are sorry: your appointment at {business} on {before} ({service} with "
        "{practitioner}, {reference}) was cancelled.",
        "de": "Guten Tag {first_name}, es tut uns leid: Ihr Termin bei {business} am {before} ({service}, "
        "{practitioner}, {reference}) wurde abgesagt.",
        "es": "Hola {first_name}, lo sentimos: su cita en {business}, {before} ({service} con {practitioner}, "
        "{reference}), ha sido cancelada.",
        "fr": "Bonjour {first_name}, nous sommes désolés : votre rendez-vous chez {business}, {before} ({service} "
        "avec {practitioner}, {reference}), a été annulé.",
        "pt": "Olá {first_name}, lamentamos: a sua marcação em {business}, {before} ({service} com {practitioner}, "
        "{reference}), foi desmarcada.",
    },
    Act.TAKEN: {
        "en": "Hello {first_name}, we are sorry: {before} was taken by something else at the same moment. Your "
        "appointment at {business} ({service} with {practitioner}, {reference}) is cancelled.",
        "de": "Guten Tag {first_name}, es tut uns leid: {before} wurde im selben Moment anderweitig vergeben. Ihr "
        "Termin bei {business} ({service}, {practitioner}, {reference}) ist abgesagt.",
        "es": "Hola {first_name}, lo sentimos: {before} se ocupó en el mismo momento con otra cosa. Su cita en "
        "{business} ({service} con {practitioner}, {reference}) queda cancelada.",
        "fr": "Bonjour {first_name}, nous sommes désolés : {before} a été pris au même moment. Votre rendez-vous chez "
        "{business} ({service} avec {practitioner}, {reference}) est annulé.",
        "pt": "Olá {first_name}, lamentamos: {before} foi ocupado no mesmo momento. A sua marcação em {business} "
        "({service} com {practitioner}, {reference}) fica desmarcada.",
    },
    Act.PUT_BACK: {
        "en": "Hello {first_name}, we are sorry: {before} was taken by something else at the same moment. Your "
        "appointment at {business} ({service} with {practitioner}, {reference}) is on {when} again.",
        "de": "Guten Tag {first_name}, es tut uns leid: {before} wurde im selben Moment anderweitig vergeben. Ihr "
        "Termin bei {business} ({service}, {practitioner}, {reference}) ist wieder am {when}.",
        "es": "Hola {first_name}, lo sentimos: {before} se ocupó en el mismo momento con otra cosa. Su cita en "
        "{business} ({service} con {practitioner}, {reference}) vuelve a ser {when}.",
        "fr": "Bonjour {first_name}, nous sommes désolés : {before} a été pris au même moment. Votre rendez-vous chez "
        "{business} ({service} avec {practitioner}, {reference}) est de nouveau {when}.",
        "pt": "Olá {first_name}, lamentamos: {before} foi ocupado no mesmo momento. A sua marcação em {business} "
        "({service} com {practitioner}, {reference}) é de novo {when}.",
    },
    Act.RESTORED: {
        "en": "Hello {first_name}, your appointment at {business} ({service} with {practitioner}, {reference}) is not "
        "cancelled after all: it stands, {when}.",
        "de": "Guten Tag {first_name}, Ihr Termin bei {business} ({service}, {practitioner}, {reference}) ist doch "
        "nicht abgesagt, er steht: {when}.",
        "es": "Hola {first_name}, su cita en {business} ({service} con {practitioner}, {reference}) no queda "
        "cancelada, sigue en pie: {when}.",
        "fr": "Bonjour {first_name}, votre rendez-vous chez {business} ({service} avec {practitioner}, {reference}) "
        "n'est finalement pas annulé, il est maintenu : {when}.",
        "pt": "Olá {first_name}, a sua marcação em {business} ({service} com {practitioner}, {reference}) afinal não "
        "fica desmarcada, mantém-se: {when}.",
    },
}
