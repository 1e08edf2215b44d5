import pytest

from agents.runtime.red_flags import RedFlag, find
from tenants import places
from tenants.kind_templates import template_of
from tenants.models import Kind

ORDINARY = [
    "I need to see a doctor",
    "I need an emergency appointment please",
    "Can I get a haircut on Friday?",
    "My tooth hurts, it's killing me",
    "I hurt my knee playing football",
    "I hurt myself at the gym last week",
    "I cut myself shaving, anyway can I book a beard trim",
    "I'm dying for a haircut",
    "I'd like to dye my hair",
    "I can't lift my arm above my shoulder, frozen shoulder I think",
    "my back is killing me",
    "Is there a heart clinic? I had a heart check in 2019",
    "can't make it on Tuesday",
    "I have been feeling a bit down, I'd like a session",
    "I'm breathing fine now, thanks",
    "please end my appointment at 5 if possible",
    "do you treat anxiety and depression",
    "I have a swollen gum",
    "numb toes when I run",
    "is there parking",
]
SERIOUS = {
    "dentist": ["I cant breathe", "My face is very swollen and I can’t swallow", "the bleeding won't stop"],
    "doctor": [
        "my dad has chest pain",
        "I think he is having a stroke",
        "Her tongue is swelling after eating nuts",
        "I feel suicidal",
    ],
    "physiotherapist": [
        "I have numbness between my legs since this morning",
        "Since yesterday I CAN’T PEE",
        "i lost bladder control",
    ],
    "therapist": [
        "I want to end my life",
        "I don't want to live any more",
        "he hits me",
        "I'm afraid for my life",
        "I have taken an overdose",
    ],
    "hair_salon": ["my face is swelling after the colour", "I want to kill myself"],
}


@pytest.mark.parametrize("kind", Kind.values)
def test_a_kind_brings_all_that_a_business_starts_with(kind):
    template = template_of(kind)
    names = [name for service in template.services for name in (service.name.lower(), *service.other_names)]
    assert len(names) == len(set(names)), "one name leads to one service"
    assert all(name == name.strip() for name in names)
    assert all(5 <= service.minutes <= 720 for service in template.services)
    assert all(sorted(set(service.reminders), reverse=True) == list(service.reminders) for service in template.services)
    assert template.tone
    assert template.hours
    assert all(opens < closes for periods in template.hours.values() for opens, closes in periods)
    assert any(flag.name == "Self-harm" for flag in template.red_flags)


def english_flags(kind):
    return [
        RedFlag(name=flag.name, phrases=flag.phrases, signpost=flag.signpost) for flag in template_of(kind).red_flags
    ]


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("said", ORDINARY)
def test_ordinary_talk_raises_no_red_flag(kind, said):
    assert find(said, english_flags(kind)) is None


@pytest.mark.parametrize(("kind", "said"), [(kind, said) for kind, texts in SERIOUS.items() for said in texts])
def test_danger_raises_a_red_flag(kind, said):
    assert find(said, english_flags(kind)) is not None


def test_signposts_name_numbers_that_answer_in_the_country():
    british = {flag.name: flag.signpost for flag in template_of("doctor").in_country("GB").red_flags}
    assert "999" in british["Emergency"]
    assert "116 123" in british["Self-harm"]
    abroad = " ".join(flag.signpost for flag in template_of("doctor").in_country("PT").red_flags)
    assert "112" in abroad
    assert "999" not in abroad
    assert "Samaritans" not in abroad


def test_countries_have_names_zones_and_currencies():
    assert places.countries()["GB"] == "United Kingdom"
    assert "Europe/London" in places.timezones()
    assert [places.currency_of(code) for code in ("GB", "PT", "US", "AQ")] == ["GBP", "EUR", "USD", "EUR"]
