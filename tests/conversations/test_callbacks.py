"""What counts as a promise to call, write or tell."""

import pytest

from conversations.callbacks import promised

PROMISES = [
    "We'll call you back this afternoon.",
    "I’ll get back to you tomorrow",
    "Dr. Silva will ring you later.",
    "A colleague will contact you soon.",
    "We will let you know as soon as the results are here.",
    "The team will be in touch.",
    "I'm going to give you a call after lunch.",
    "Wir rufen Sie morgen zurück.",
    "Ich melde mich heute Nachmittag bei Ihnen.",
    "Das Team meldet sich bei Ihnen.",
    "Sie werden heute noch zurückgerufen.",
    "Ich gebe Ihnen Bescheid.",
    "Le llamaremos esta tarde.",
    "Nos pondremos en contacto con usted.",
    "Le avisaré en cuanto lo sepa.",
    "Nous vous rappelons demain matin.",
    "Je reviens vers vous dans la journée.",
    "Nous vous tiendrons au courant.",
    "Ligamos-lhe amanhã.",
    "Vamos contactar a senhora hoje.",
    "Entraremos em contacto consigo.",
]
OTHERS = [
    "Shall we call you back?",
    "Please call us back when you can.",
    "You will call us tomorrow, then.",
    "We won't call you before Monday.",
    "They are open until 17:30 today and will answer you here.",
    "You are booked for Tuesday, 15:30, with Dr Silva.",
    "I'll be here all day.",
    "Rufen Sie uns bitte zurück.",
    "Melden Sie sich einfach wieder.",
    "Wir rufen Sie nicht an.",
    "Llámenos cuando quiera.",
    "No le llamaremos.",
    "Rappelez-nous demain.",
    "Bonjour, nous vous rappelons votre rendez-vous de demain.",
    "Nous ne vous rappellerons pas.",
    "Ligue-nos amanhã.",
    "",
]


@pytest.mark.parametrize("text", PROMISES)
def test_a_callback_is_heard(text):
    assert promised(f"Thank you. {text}") == text.replace("’", "'")


@pytest.mark.parametrize("text", OTHERS)
def test_a_question_an_order_and_a_refusal_promise_nothing(text):
    assert promised(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "As soon as something that suits comes free, I'll write to you.",
        "Sobald etwas Passendes frei wird, melde ich mich bei Ihnen.",
        "En cuanto quede libre algo que le convenga, le escribiré.",
        "Dès qu'une place se libère, je vous écris.",
        "Assim que houver uma vaga, vou avisar.",
    ],
)
def test_what_the_assistant_does_by_itself_is_no_task_for_people(text):
    assert promised(text, by_people=True) == ""


def test_what_the_assistant_says_that_people_will_do_is_one():
    text = "A colleague will call you back today."
    assert promised(f"I have noted it. {text}", by_people=True) == text
