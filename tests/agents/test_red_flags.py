"""Red flags in five languages: recognised before any model, adjustable, not removable, and quiet otherwise."""

from pathlib import Path

import pytest

from agents.flags import flags_of
from agents.models import AssistantVersion
from agents.runtime.red_flags import find
from agents.types import HandOver
from conversations.evaluation.recorded import read_dialogues
from tenants.kind_templates import OTHER_LANGUAGES, flags_in, template_of
from tenants.models import Kind

SERIOUS = {
    "dentist": [
        ("en", "hi i cant realy breathe properly since the injection"),
        ("en", "it won't stop bleeding, its been 5 hours"),
        ("de", "Ich bekomme kaum noch, also gar keine Luft mehr!"),
        ("de", "Mein Hals schwillt zu nach der Spritze"),
        ("es", "No puedo casi respirar, ayuda"),
        ("es", "me sacaron una muela y no para de sangrar"),
        ("fr", "je n'arrive plus à respirer"),
        ("fr", "ça n'arrête pas de saigner depuis hier"),
        ("pt", "Não consigo respirar bem"),
        ("pt", "não pára de sangrar, o que faço?"),
    ],
    "doctor": [
        ("en", "my mum has really bad chest pain"),
        ("de", "Mein Vater hat starke Schmerzen in der Brust"),
        ("de", "ich will nicht mehr leben"),
        ("es", "mi padre tiene un dolor fuerte en el pecho"),
        ("es", "quiero quitarme la vida"),
        ("fr", "mon mari a une douleur dans la poitrine"),
        ("fr", "je veux mourir"),
        ("pt", "o meu pai está com uma dor forte no peito"),
        ("pt", "eu quero me matar"),
    ],
    "physiotherapist": [
        ("en", "since monday i have lost all control of my bladder"),
        ("de", "Seit heute bin ich taub zwischen den Beinen"),
        ("es", "desde ayer no puedo orinar"),
        ("fr", "je ne sens plus mes jambes"),
        ("pt", "não sinto as pernas"),
    ],
    "therapist": [
        ("en", "my friend says he wants to kill himself, he is suicidal"),
        ("en", "i am suicidel again"),
        ("de", "Er schlägt mich jeden Abend"),
        ("de", "denke oft an Selbstmord"),
        ("es", "mi marido me pega"),
        ("es", "tengo pensamientos suicidas"),
        ("fr", "il me frappe devant les enfants"),
        ("fr", "j'ai des idées suicidaires"),
        ("pt", "o meu marido bate-me"),
        ("pt", "tenho pensamentos suicidas"),
    ],
    "hair_salon": [
        ("en", "my lips are swelling after the dye"),
        ("de", "nach dem Färben schwellen meine Lippen, meine Lippen schwellen an"),
        ("es", "se me hincha la cara después del tinte"),
        ("fr", "mon visage gonfle depuis la coloration"),
        ("pt", "tenho o rosto todo inchado depois da tinta"),
    ],
}
ORDINARY = [
    *("I'm dying for a haircut", "my back is killing me", "emergency appointment please", "I could murder a coffee"),
    *(
        "Notfall-Termin bitte",
        "mein Rücken bringt mich um",
        "Ich sterbe vor Hunger, nach dem Essen?",
        "Mir tut der Zahn weh",
    ),
    *("me muero por un corte nuevo", "cita de urgencia por favor", "me duele la muela", "me mata la espalda"),
    *("je meurs d'envie de changer de tête", "rendez-vous en urgence svp", "j'ai mal au dos", "ma dent me tue"),
    *("estou a morrer de saudades do meu corte", "consulta de urgência por favor", "dói-me o dente", "dor nas costas"),
]


@pytest.fixture
def flags(clinic):
    def of(kind, stored=()):
        clinic.kind = kind
        return flags_of(clinic, stored)

    return of


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, rows in SERIOUS.items() for _, text in rows])
def test_what_is_serious_is_heard_in_every_language(flags, kind, text):
    assert find(text, flags(kind)) is not None


@pytest.mark.parametrize("text", ORDINARY)
def test_ways_of_speaking_are_none(flags, text):
    assert [kind for kind in Kind.values if find(text, flags(kind))] == []


def test_hardly_anybody_who_only_wants_an_appointment_is_taken_for_an_emergency(flags):
    folder = Path(__file__).parents[1] / "guided" / "dialogues"
    said = [text for file in sorted(folder.glob("*.jsonl")) for each in read_dialogues(file) for text in each.said]
    alarms = [text for text in said if any(find(text, flags(kind)) for kind in Kind.values)]
    assert len(said) > 800
    assert len(alarms) <= 0.002 * len(said), alarms


def test_the_signpost_speaks_the_patients_language_and_names_numbers_that_answer(flags, clinic):
    assert "999" in find("Ich will nicht mehr leben", flags("doctor")).signpost
    clinic.country = "DE"
    signpost = find("Ich will nicht mehr leben", flags("doctor")).signpost
    assert "112" in signpost
    assert "0800 111 0 111" in signpost


def test_a_business_adds_and_words_but_takes_nothing_away(flags):
    stored = [
        {"name": "Self-harm", "phrases": ["the dark cloud is back"], "signpost": "Call Ada on 0113 496 0000."},
        {"name": "Needle injury", "phrases": ["pricked by a needle"], "signpost": "Rinse it and come at once."},
    ]
    theirs = flags("doctor", stored)
    assert find("the dark cloud is back", theirs).signpost == "Call Ada on 0113 496 0000."
    assert find("I was pricked by a needle", theirs).name == "Needle injury"
    assert find("quiero quitarme la vida", theirs).signpost == "Call Ada on 0113 496 0000."
    assert find("my chest, bad chest pain", flags("doctor", [])).name == "Emergency"


def test_every_flag_of_every_kind_is_known_in_every_language():
    for kind in Kind.values:
        for flag in template_of(kind).red_flags:
            assert tuple(flags_in(flag.name, "GB")) == OTHER_LANGUAGES


def test_an_older_business_gains_what_was_added_since(sandbox, say):
    AssistantVersion.objects.update(red_flags=[])
    outcome = say("me quiero matar").outcome
    assert isinstance(outcome, HandOver)
    assert outcome.reason == "red_flag"
    assert sandbox.log("anthropic") == []


def test_fault_64_a_red_flag_is_answered_with_the_model_down(sandbox, say):
    sandbox.fault(vendor="anthropic", path="/v1/messages", kind="status", status=529, times=0)
    outcome = say("Je veux mourir").outcome
    assert (outcome.reason, "999" in outcome.text) == ("red_flag", True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ich bekomme keine Luft", "Notruf"),
        ("I can't breathe", "emergency"),
        ("je n'arrive plus à respirer", "urgences"),
    ],
)
def test_after_a_crash_it_is_answered_in_the_patients_language_still(say, text, said):
    before = say(text, finish=False).outcome
    outcome = say().outcome
    assert (outcome.reason, outcome.text) == ("red_flag", before.text)
    assert said in outcome.text
