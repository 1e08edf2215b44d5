"""What the flow does with questions that it has no answer to of its own: it looks them up before it says so."""

from dataclasses import dataclass, field

import pytest

from tests.guided.desk import Chat, Practice, brief_of

SEARCH = ("search_knowledge",)
WIFI = "The wifi is called Guest. Would you like the password? Ask at the desk."


@dataclass
class WithKnowledge(Practice):
    passages: dict[str, str] = field(default_factory=dict)  # by a word of the question

    def search_knowledge(self, question, language):
        texts = [text for word, text in self.passages.items() if word in question.lower()]
        return {"status": "ok", "passages": [{"id": 1, "title": "T", "heading": "", "text": each} for each in texts]}


def chat_with(language="en", **passages):
    return Chat(WithKnowledge(brief_of(language=language), passages=passages), skills=SEARCH)


@pytest.mark.parametrize(
    ("language", "question", "word", "text"),
    [
        ("en", "Is there parking?", "parking", "You can park behind the house."),
        ("de", "Gibt es bei Ihnen Parkplätze?", "parkpl", "Hinter dem Haus stehen vier Parkplätze."),
        ("es", "¿Tienen aparcamiento?", "aparcamiento", "Puede aparcar detrás de la casa."),
        ("fr", "Est-ce qu'il y a un parking ?", "parking", "Vous pouvez vous garer derrière la maison."),
        ("pt", "Há estacionamento?", "estacionamento", "Pode estacionar atrás da casa."),
    ],
)
def test_it_answers_with_what_the_business_wrote_in_five_languages(language, question, word, text):
    chat = chat_with(language, **{word: text})
    assert text in chat.say(question)
    assert [name for name, _ in chat.calls] == ["search_knowledge"]
    assert chat.calls[0][1]["language"] == language


@pytest.mark.parametrize(
    "text",
    [
        "The toilets have been moved to the first floor.",
        "Your code for the door is on the letter.",
        "We have cancelled the late opening on Thursdays.",
        "Der Eingang wurde in den Hof verlegt.",
        "Hemos cambiado la entrada al patio.",
        "L'entrée a été déplacée dans la cour.",
        "A entrada foi transferida para o pátio.",
    ],
)
def test_what_the_house_has_written_is_told_whatever_it_sounds_like(text):
    assert text in chat_with(parking=text).say("Is there parking?")


def test_what_is_written_of_an_appointment_is_no_proof_of_one():
    text = "Your appointment is booked for you now."
    with pytest.raises(AssertionError, match="booked"):  # the desk of these tests checks every reply
        chat_with(parking=text).say("Is there parking?")


def test_each_of_several_questions_is_looked_up_by_itself():
    chat = chat_with(parking="You can park behind the house.", wifi=WIFI)
    said = chat.say("Hi, are you there? Is there parking? And do you have wifi?")
    assert [arguments["question"] for _, arguments in chat.calls] == ["Is there parking?", "And do you have wifi?"]
    assert "You can park behind the house." in said
    assert "The wifi is called Guest." in said


@pytest.mark.parametrize(
    ("question", "looked_up"),
    [
        ("Is there a fee for cancelling late?", True),
        ("How much is a taxi to you?", True),
        ("How much is it?", False),
        ("What are your prices?", False),
        ("How much is a check-up?", False),
    ],
)
def test_a_price_that_is_of_no_service_is_looked_up(question, looked_up):
    chat = chat_with(fee="Late cancelling costs £25.", taxi="A taxi is about £10.")
    said = chat.say(question)
    assert bool(chat.calls) == looked_up
    assert ("£25" in said or "£10" in said) == looked_up


def test_nothing_found_goes_on_as_without_knowledge():
    asked, plain = chat_with(), Chat(Practice(brief_of()))
    for text in ("Is there parking?", "Can I bring my iguana?", "blah"):
        assert asked.say(text) == plain.say(text)
    assert (asked.handed_over is None) == (plain.handed_over is None)


def test_questions_that_knowledge_answers_are_no_misunderstandings():
    chat = chat_with(iguana="Animals stay at home.")
    for _ in range(3):
        assert "Animals stay at home." in chat.say("Can I bring my iguana?")
    assert chat.handed_over is None


def test_a_question_in_the_middle_of_booking_is_answered_and_the_booking_goes_on():
    chat = chat_with(wifi=WIFI)
    chat.say("A check-up on Tuesday at 10 please")
    said = chat.say("Do you have wifi?")
    assert "The wifi is called Guest. Ask at the desk." in said
    assert said.endswith("Shall I book it?")
    assert "booked" in chat.say("yes please")
    assert len(chat.practice.appointments) == 1


def test_questions_in_a_passage_are_never_ours():
    chat = chat_with(iguana="Shall I cancel it? Which one suits you? Animals stay at home.")
    said = chat.say("Can I bring my iguana?")
    assert "Shall I" not in said
    assert "Which one" not in said


def test_an_emergency_is_not_looked_up():
    chat = chat_with(parking="Behind the house.")
    chat.say("This is an emergency, is there parking?")
    assert [name for name, _ in chat.calls] == ["hand_over"]
