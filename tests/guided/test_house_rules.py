"""Rules in plain words that ask for people are heard without a language model too."""

import pytest

from agents.types import HouseRule
from tests.guided.desk import Chat, Practice, brief_of

INSURANCE = "Anything about insurance, refunds or invoices goes to the team."


def chat_with(*texts: str) -> Chat:
    rules = tuple(HouseRule(id=f"r{number}", text=text) for number, text in enumerate(texts, 1))
    return Chat(Practice(brief_of(escalates=rules)))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (INSURANCE, "Do you take my insurance?"),
        (INSURANCE, "can you send me an invoice?"),
        (INSURANCE, "Ich brauche eine Rechnung für die Versicherung"),
        (INSURANCE, "¿Aceptan mi seguro?"),
        ("Hand over when somebody asks for a discount.", "could I get a discount?"),
        ("If a patient mentions pregnancy, hand over.", "I'd like a check-up on Monday at 9, I'm pregnant"),
        ("Fragen zu Gutscheinen immer an das Team geben.", "Habt ihr Gutscheine?"),
        ("Bills and complaints about noise", "the noise next door was awful"),
        ("Patients who are pregnant and want whitening", "can I have a whitening, I am pregnant"),
        ("Children under 16 go to a person.", "Can I book a check-up for my son? He is 12"),
        ("Patients under 16 need a parent: hand over.", "my daughter is 9 years old, do you have time on Monday"),
        ("Kinder unter 6 Jahren immer an das Team geben.", "Ich brauche einen Termin für meine 4-jährige Tochter"),
        ("Menores de 14 años: pasar al equipo", "Quiero una cita para mi hijo, tiene 7 años"),
        ("Les enfants de moins de 6 ans vont à l'équipe", "Un rendez-vous pour ma fille, elle a 4 ans"),
        ("Crianças menores de 10 anos: passar à equipa", "Queria marcar para o meu filho, tem 8 anos"),
        ("Anybody over 75 who asks for whitening", "I'm 80 years old, is whitening something for me?"),
        ("Anything about invoices, except for vouchers.", "can you send me an invoice?"),
        ("Questions about instalments or insurance go to Olivia.", "do you take my insurance?"),
        ("Ask Olivia about vouchers", "do you sell vouchers?"),
        ("Rechnungen bitte immer an Frau Dr. Meier geben", "Ich habe eine Frage zu meiner Rechnung"),
        ("Las preguntas sobre facturas son para Marta o Luis", "tengo una duda sobre mi factura"),
        ("Toute question sur les factures est pour Marie Dubois", "j'ai une question sur ma facture"),
    ],
)
def test_what_a_rule_is_about_goes_to_people_with_its_number(rule: str, words: str) -> None:
    chat = chat_with("Anything about wheelchairs.", rule)
    chat.say(words)
    assert chat.handed_over is not None
    assert chat.handed_over["signal"] == "rule"
    assert chat.handed_over["rule"] == "r2"
    assert rule in chat.handed_over["summary"]


@pytest.mark.parametrize(
    "rule",
    [
        INSURANCE,
        "Hand over when somebody asks for a discount.",
        "New patients always go to a person.",
        "Patients who are pregnant and want a check-up",
        "If in doubt, ask the team.",
    ],
)
def test_an_everyday_wish_is_still_served(rule: str) -> None:
    chat = chat_with(rule)
    chat.say("Hello, I'd like a check-up please, I am a new patient")
    chat.say("Monday at 9 please, can I ask how much it costs?")
    assert "booked in" in chat.say("yes please")
    assert chat.handed_over is None


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("Children under 16 go to a person.", "Can I book a check-up for my son? He is 17"),
        ("Children under 16 go to a person.", "A check-up at 10 am on Monday please"),
        ("Children under 16 go to a person.", "The appointment is 9, or was it 10?"),
        ("Anything about invoices, except for vouchers.", "can I get an invoice for a voucher?"),
        ("Fragen zu Rechnungen an das Team, außer bei Gutscheinen.", "Bekomme ich eine Rechnung für den Gutschein?"),
        ("Anybody over 75 who asks for whitening", "I'm 40 years old, is whitening something for me?"),
        ("Anybody over 75 who asks for whitening", "I'm 80 years old, a check-up please"),
        ("Who asks for implants, please pass to Dr. Silva", "A check-up with Dr. Silva on Monday please"),
    ],
)
def test_what_a_rule_leaves_out_stays_with_the_assistant(rule: str, words: str) -> None:
    chat = chat_with(rule)
    chat.say(words)
    assert chat.handed_over is None or chat.handed_over["signal"] != "rule"


def test_without_rules_nothing_changes() -> None:
    chat = chat_with()
    chat.say("Do you take my insurance?")
    assert chat.handed_over is None
