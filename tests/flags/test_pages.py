"""The pages of the red flags: everything in force is seen, additions go into the draft, nothing built in goes away."""

import pytest

from agents import versions
from agents.flags import flags_of
from agents.models import AssistantVersion
from agents.runtime.red_flags import find
from tenants.kind_templates import template_of
from tenants.models import AuditEntry
from tests.versions.desk import scored

PAGE = "assistant/red-flags/"
NEEDLE = {
    "new-name": "Needle injury",
    "new-phrases": "pricked by a needle\nan nadel gestochen",
    "new-signpost": "Rinse it now and call 111.",
}


def text(answer):
    return answer.content.decode()


def entry_of(name):
    """As it is stored in the draft."""
    return next((each for each in versions.draft().red_flags if each["name"] == name), None)


def phrases(flag, language, *said):
    return {"name": flag, "more-language": language, "more-phrases": "\n".join(said)}


def signposts(flag, **said):
    """The form as it is sent: a language that is not named is left empty."""
    return {"name": flag} | {f"says-{code}": words for code, words in said.items()}


def in_draft(clinic, message):
    return find(message, flags_of(clinic, versions.draft().red_flags))


@pytest.fixture
def publish(alice):
    def it():
        draft = versions.draft()
        scored(draft)
        versions.publish(draft.pk, alice.pk)

    return it


def test_every_flag_in_force_is_seen_with_its_phrases_in_five_languages(clinic, bobs):
    AssistantVersion.objects.update(red_flags=[])
    page = text(bobs.get(PAGE))
    for flag in template_of(clinic.kind).red_flags:
        assert flag.name in page
    assert "Comes with your kind of business" in page
    assert "Add to the draft" not in page
    page = text(bobs.get(f"{PAGE}flag/?name=Emergency"))
    for said in ("English", "can&#x27;t breathe", "keine luft mehr", "no puedo respirar", "can’t be taken away"):
        assert said in page
    assert bobs.get(f"{PAGE}flag/?name=Nonsense").status_code == 404


def test_a_flag_of_ones_own_is_heard_once_it_is_published(clinic, alices, say, publish):
    page = text(alices.post(PAGE + "add/", NEEDLE, follow=True))
    assert "Needle injury” is added to the draft." in page
    assert "Not yet in force" in text(alices.get(PAGE))
    assert "Needle injury" not in text(alices.get(PAGE + "?show=now"))
    assert find("I was pricked by a needle", flags_of(clinic, versions.published().red_flags)) is None
    publish()
    outcome = say("Ich habe mich an einer Nadel gestochen").outcome
    assert (outcome.reason, outcome.text) == ("red_flag", "Rinse it now and call 111.")


def test_phrases_added_to_a_flag_are_answered_in_their_language(clinic, alices, say, publish):
    alices.post(PAGE + "phrases/", phrases("Emergency", "de", "Zunge ganz blau", "riesige eiterbeule*"))
    alices.post(PAGE + "phrases/", phrases("Emergency", "en", "tooth got knocked out"))
    publish()
    assert "Notruf" in say("Hilfe, meine Zunge ist ganz blau!").outcome.text
    assert "This sounds like an emergency" in say("My tooth got knocked out").outcome.text


def test_what_is_said_is_worded_by_language_and_goes_back_when_emptied(clinic, alices, say, publish):
    alices.post(
        PAGE + "signposts/", signposts("Emergency", de="Rufen Sie sofort 144 an.", en="Call Ada on 0113 496 0000.")
    )
    assert in_draft(clinic, "Ich bekomme keine Luft").signpost == "Rufen Sie sofort 144 an."
    assert in_draft(clinic, "I can't breathe").signpost == "Call Ada on 0113 496 0000."
    assert "urgencias" in in_draft(clinic, "no puedo respirar").signpost
    alices.post(PAGE + "signposts/", signposts("Emergency", de="Rufen Sie sofort 144 an."))
    publish()
    assert say("Ich bekomme keine Luft").outcome.text == "Rufen Sie sofort 144 an."
    assert "This sounds like an emergency" in say("I can't breathe").outcome.text


def test_words_once_said_in_every_language_stay_where_they_are_not_changed(clinic, alices):
    AssistantVersion.objects.update(
        red_flags=[{"name": "Emergency", "phrases": [], "signpost": "Call Ada on 0113 496 0000."}]
    )
    page = text(alices.get(f"{PAGE}flag/?name=Emergency"))
    assert page.count("Call Ada on 0113 496 0000.") == 5
    kept = dict.fromkeys(("en", "es", "fr", "pt"), "Call Ada on 0113 496 0000.")
    alices.post(PAGE + "signposts/", signposts("Emergency", de="", **kept))
    assert "Notruf" in in_draft(clinic, "Ich bekomme keine Luft").signpost
    assert in_draft(clinic, "no puedo respirar").signpost == "Call Ada on 0113 496 0000."


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("remove/", {"name": "Emergency"}),
        ("remove/", {"name": "Nonsense"}),
        ("phrases/take/", {"name": "Emergency", "language": "en", "phrase": "can't breathe"}),
        ("phrases/take/", {"name": "Emergency", "language": "de", "phrase": "keine luft mehr"}),
        ("phrases/take/", {"name": "Emergency", "language": "", "phrase": "can't breathe"}),
        ("phrases/take/", {"name": "Emergency", "language": "xx", "phrase": "can't breathe"}),
        ("phrases/take/", {"name": "Nonsense", "language": "", "phrase": "can't breathe"}),
        ("add/", NEEDLE | {"new-name": "emergency"}),
        ("signposts/", {"name": "Emergency"}),
        ("undo/", {}),
    ],
)
def test_no_forged_request_takes_away_what_comes_with_the_kind(clinic, alices, path, form):
    before = flags_of(clinic, versions.published().red_flags)
    answer = alices.post(PAGE + path, form)
    assert answer.status_code in (302, 422)
    after = flags_of(clinic, (versions.draft() or versions.published()).red_flags)
    assert after == before


def test_what_one_added_is_taken_away_again_and_brought_back(clinic, alices):
    alices.post(PAGE + "phrases/", phrases("Emergency", "fr", "joue toute violette", "joue toute noire"))
    taken = {"name": "Emergency", "language": "fr", "phrase": "joue toute noire"}
    assert "The phrase is taken from the draft." in text(alices.post(PAGE + "phrases/take/", taken, follow=True))
    assert in_draft(clinic, "il a la joue toute noire") is None
    assert in_draft(clinic, "il a la joue toute violette")
    alices.post(PAGE + "undo/")
    assert in_draft(clinic, "il a la joue toute noire")
    alices.post(PAGE + "add/", NEEDLE)
    alices.post(PAGE + "remove/", {"name": "Needle injury"})
    assert entry_of("Needle injury") is None
    assert "Undone." in text(alices.post(PAGE + "undo/", follow=True))
    assert entry_of("Needle injury")["signpost"] == "Rinse it now and call 111."
    acts = AuditEntry.objects.filter(business=clinic, action__startswith="red_flag").order_by("pk")
    assert [each.action.partition(".")[2] for each in acts] == [
        *("phrases_added", "phrase_removed", "undone", "added", "removed", "undone"),
    ]
    assert "violette" not in str([each.detail for each in acts])


def test_an_undo_never_overwrites_what_a_colleague_did_since(clinic, alice, alices):
    alices.post(PAGE + "add/", NEEDLE)
    draft = versions.draft()
    newer = {"name": "Needle injury", "phrases": ["needle stick"], "signpost": "Call 999."}
    versions.edit(draft.pk, {"red_flags": [newer]})
    assert "changed again meanwhile" in text(alices.post(PAGE + "undo/", follow=True))
    assert entry_of("Needle injury") == newer
    assert "nothing to undo" in text(alices.post(PAGE + "undo/", follow=True))


def test_what_is_removed_in_the_draft_is_shown_as_heard_until_then(clinic, alices, publish):
    alices.post(PAGE + "add/", NEEDLE)
    alices.post(PAGE + "phrases/", phrases("Self-harm", "en", "the dark cloud is back"))
    publish()
    alices.post(PAGE + "remove/", {"name": "Needle injury"})
    alices.post(PAGE + "phrases/take/", {"name": "Self-harm", "language": "en", "phrase": "the dark cloud is back"})
    assert "It is heard until the draft is published." in text(alices.get(PAGE))
    page = text(alices.get(f"{PAGE}flag/?name=Self-harm"))
    assert "Heard until the draft is published: the dark cloud is back" in page
    assert in_draft(clinic, "the dark cloud is back") is None


def test_the_last_phrase_of_a_flag_of_ones_own_stays(clinic, alices):
    alices.post(PAGE + "add/", NEEDLE | {"new-phrases": "needle stick"})
    taken = {"name": "Needle injury", "language": "", "phrase": "needle stick"}
    assert "Remove the red flag instead" in text(alices.post(PAGE + "phrases/take/", taken, follow=True))
    assert entry_of("Needle injury")["phrases"] == ["needle stick"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"new-name": " "}, "This field is required."),
        ({"new-name": "EMERGENCY"}, "There is a red flag of this name already"),
        ({"new-phrases": ""}, "This field is required."),
        ({"new-phrases": "ok"}, "“ok” is too short"),
        ({"new-phrases": "!!!! ??"}, "is too short"),
        ({"new-phrases": "needle stick\npain"}, "“pain” is heard in ordinary messages too"),
        ({"new-phrases": "schmerz*"}, "is heard in ordinary messages too, such as “Ich habe Schmerzen"),
        ({"new-phrases": "a* needle"}, "the star stands for any ending"),
        ({"new-phrases": "word " * 11}, "is too long"),
        ({"new-phrases": "\n".join(f"needle stick {n}" for n in range(41))}, "At most 40 phrases at once."),
        ({"new-signpost": ""}, "This field is required."),
        ({"new-signpost": "Do come at 10:30 on 12.05.2027."}, "Say whom to call"),
        ({"new-signpost": "Call {emergency} or 999."}, "without { and }"),
    ],
)
def test_what_is_unfit_is_said_beside_the_field(clinic, alices, changed, said):
    answer = alices.post(PAGE + "add/", NEEDLE | changed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert versions.draft() is None


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [
        ("phrases/", phrases("Emergency", "en", "can't BREATHE"), "is heard already"),
        ("phrases/", phrases("Emergency", "en", "appointment"), "is heard in ordinary messages too"),
        ("phrases/", phrases("Emergency", "xx", "needle stick"), "Select a valid choice"),
        ("signposts/", signposts("Emergency", en="We are here for you."), "Say whom to call"),
    ],
)
def test_so_it_is_on_the_page_of_a_flag(clinic, alices, path, form, said):
    answer = alices.post(PAGE + path, form)
    assert answer.status_code == 422
    assert said in text(answer)
    assert versions.draft() is None


@pytest.mark.parametrize("part", ["", "say/"])
def test_the_box_says_what_a_message_raises(clinic, alices, part):
    page = text(alices.get(PAGE + part, {"say": "Je n'arrive plus à respirer"}))
    assert "<strong>Emergency</strong> is raised, by words in French" in page
    assert "(999)" in page
    assert "No red flag." in text(alices.get(PAGE + part, {"say": "Vous êtes ouverts samedi ?"}))
    alices.post(PAGE + "add/", NEEDLE)
    assert "Needle injury" in text(alices.get(PAGE + part, {"say": "pricked by a needle"}))
    assert "No red flag." in text(alices.get(PAGE + part, {"say": "pricked by a needle", "show": "now"}))


@pytest.mark.parametrize("act", ["add", "remove", "phrases", "phrases/take", "signposts", "undo"])
def test_staff_read_and_do_not_change(clinic, bobs, act):
    assert bobs.post(f"{PAGE}{act}/", NEEDLE | {"name": "Emergency"}).status_code == 404
    assert versions.draft() is None


def test_the_pages_ask_little_of_the_database(clinic, alices, django_assert_max_num_queries):
    alices.post(PAGE + "add/", NEEDLE)
    alices.get(PAGE)
    for path in (PAGE, f"{PAGE}flag/?name=Emergency"):
        with django_assert_max_num_queries(12):
            alices.get(path)
