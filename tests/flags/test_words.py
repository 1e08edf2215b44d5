"""Phrases that only serious messages hold, and signposts that lead to help."""

import pytest

from agents.flag_words import fault_of_phrase, leads_to_help
from agents.flags import flags_of
from agents.ordinary_messages import ORDINARY
from agents.runtime.red_flags import RedFlag, find
from tenants.kind_templates import flags_in, template_of
from tenants.models import Kind


def test_all_that_comes_with_the_kinds_passes_its_own_tests():
    for kind in Kind.values:
        for flag in template_of(kind).red_flags:
            others = [words for country in ("GB", "DE", "US") for words in flags_in(flag.name, country).values()]
            said = [flag.signpost, flag.signpost_abroad, *(words.signpost for words in others)]
            assert [each for each in said if not leads_to_help(each)] == []
            heard = [*flag.phrases, *(phrase for words in others for phrase in words.phrases)]
            assert [each for each in heard if fault_of_phrase(each)] == []


@pytest.mark.parametrize("kind", Kind.values)
def test_no_ordinary_message_raises_anything(clinic, kind):
    clinic.kind = kind
    flags = flags_of(clinic, [])
    assert [said for each in ORDINARY.values() for said in each if find(said, flags)] == []


@pytest.mark.parametrize(
    "phrase", ["i", "termin", "cita", "rendez-vous", "consulta", "mal", "thank you", "dente*", "kann"]
)
def test_everyday_words_are_no_phrases(phrase):
    assert "is heard in ordinary messages too" in fault_of_phrase(phrase) or "too short" in fault_of_phrase(phrase)


@pytest.mark.parametrize(
    ("said", "helps"),
    [
        ("Ring 999.", True),
        ("Call 0800 111 0 111!", True),
        ("Rufen Sie +49 (0)30 123456 an", True),
        ("Samaritans, 116 123", True),
        ("findahelpline.com lists who", True),
        ("Write to help@clinic.test", True),
        ("Come at 10:30, or 10.45", False),
        ("It costs £100", False),
        ("Come on 12.05.2027 or in 2028", False),
        ("Please wait. Somebody will answer you", False),
        ("Call us.Please do not wait", False),
    ],
)
def test_a_signpost_names_whom_to_call(said, helps):
    assert leads_to_help(said) is helps


def test_a_stored_phrase_of_nothing_but_signs_stands_in_no_text():
    assert find("Hello", [RedFlag(name="Broken", phrases=("!!!",), signpost="Call 999.")]) is None
    assert find("needle stick", [RedFlag(name="Broken", phrases=("!!!", "needle stick"), signpost="")]).name == "Broken"
