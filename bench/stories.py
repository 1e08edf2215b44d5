"""What patients say in a long past, in five languages: four visits, told again and again. {first} and {second} are
services of the business."""

STORIES = {
    "en": (
        (
            "Hello, I always prefer mornings and I am afraid of needles",
            "A {first} on Tuesday morning please, around 10",
            "1",
            "Yes",
            "Do you have parking?",
        ),
        (
            "What are your opening hours?",
            "I usually see {practitioner}. Can I have a {second} on Thursday of next week?",
            "1",
            "Yes please",
            "Thank you, bye",
        ),
        ("Can I move my {second} to Friday afternoon of that week?", "1", "Yes", "How much will it be?", "Thanks"),
        (
            "Sorry, I have to cancel my appointment",
            "Yes",
            "It was for my daughter, her name is Mia",
            "No",
            "Thank you",
        ),
    ),
    "de": (
        (
            "Guten Tag, ich komme immer lieber vormittags und habe Angst vor Spritzen",
            "Einen Termin für {first} am Dienstagvormittag bitte, gegen 10 Uhr",
            "1",
            "Ja",
            "Haben Sie Parkplätze?",
        ),
        (
            "Wie sind Ihre Öffnungszeiten?",
            "Ich bin sonst immer bei {practitioner}. Kann ich {second} am Donnerstag nächster Woche haben?",
            "1",
            "Ja bitte",
            "Danke, auf Wiedersehen",
        ),
        ("Kann ich den Termin auf Freitagnachmittag verschieben?", "1", "Ja", "Was kostet das?", "Danke"),
        (
            "Leider muss ich meinen Termin absagen",
            "Ja",
            "Er war für meine Tochter, sie heißt Mia",
            "Nein",
            "Vielen Dank",
        ),
    ),
    "fr": (
        (
            "Bonjour, je préfère toujours le matin et j'ai peur des aiguilles",
            "Un rendez-vous pour {first} mardi matin s'il vous plaît, vers 10h",
            "1",
            "Oui",
            "Avez-vous un parking ?",
        ),
        (
            "Quels sont vos horaires ?",
            "D'habitude je vois {practitioner}. Je voudrais {second} jeudi de la semaine prochaine",
            "1",
            "Oui, merci",
            "Merci, au revoir",
        ),
        (
            "Puis-je déplacer mon rendez-vous au vendredi après-midi ?",
            "1",
            "Oui",
            "Combien cela coûte-t-il ?",
            "Merci",
        ),
        (
            "Désolée, je dois annuler mon rendez-vous",
            "Oui",
            "C'était pour ma fille, elle s'appelle Mia",
            "Non",
            "Merci",
        ),
    ),
    "es": (
        (
            "Hola, siempre prefiero las mañanas y tengo miedo a las agujas",
            "Una cita para {first} el martes por la mañana, sobre las 10",
            "1",
            "Sí",
            "¿Tienen aparcamiento?",
        ),
        (
            "Quisiera otra cita, por favor",
            "Normalmente voy con {practitioner}. ¿Puedo tener {second} el jueves de la semana que viene?",
            "1",
            "Sí, por favor",
            "Gracias, adiós",
        ),
        ("¿Puedo cambiar mi cita al viernes por la tarde?", "1", "Sí", "¿Cuánto cuesta?", "Gracias"),
        ("Lo siento, tengo que cancelar mi cita", "Sí", "Era para mi hija, se llama Mia", "No", "Muchas gracias"),
    ),
    "pt": (
        (
            "Olá, prefiro sempre de manhã e tenho medo de agulhas",
            "Uma marcação para {first} na terça-feira de manhã, por volta das 10",
            "1",
            "Sim",
            "Têm estacionamento?",
        ),
        (
            "Qual é o vosso horário?",
            "Costumo ir a {practitioner}. Posso ter {second} na quinta-feira da próxima semana?",
            "1",
            "Sim, por favor",
            "Obrigada, adeus",
        ),
        ("Posso mudar a minha marcação para sexta-feira à tarde?", "1", "Sim", "Quanto custa?", "Obrigada"),
        (
            "Desculpe, tenho de cancelar a minha marcação",
            "Sim",
            "Era para a minha filha, chama-se Mia",
            "Não",
            "Muito obrigada",
        ),
    ),
}
NEW_MESSAGE = {
    "en": "Hello again, could I come in for a {first} next week?",
    "de": "Guten Tag, könnte ich nächste Woche für {first} kommen?",
    "fr": "Bonjour, pourrais-je venir la semaine prochaine pour {first} ?",
    "es": "Hola de nuevo, ¿podría ir la semana que viene para {first}?",
    "pt": "Olá de novo, poderia ir na próxima semana para {first}?",
}
