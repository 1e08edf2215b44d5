import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.errors import RedactionFailed, UnknownPlaceholder
from agents.privacy.known import known_values
from agents.privacy.placeholders import leaves_placeholder
from agents.privacy.pseudonyms import Pseudonyms
from agents.privacy.values import Entry, KnownValue

KNOWN = known_values(names=["Anna Berg", "Will"], phones=["07911 123456"])
FRAGMENTS = st.sampled_from(
    ["Anna", "anna berg", " ", "my name is ", "[NAME_1]", "[", "]", "NAME_1", "_1]", "[NAME", "07911 123456", "dob ",
     "03/04/1985", "a@b.com", "12 Main Street", "SW1A 1AA", "\u200f", "ß", "\x00", "x", "1", "\\[", "］", "［", "s.",
     "Will ", "\n", "(", ")", "[PHONE_1", "TEXT_1", "123", "-", "é", "e\u0301", "{NAME_1}"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=3)), max_size=14).map("".join),
)


@settings(max_examples=400)
@given(TEXTS)
def test_what_was_redacted_is_restored_exactly(text: str) -> None:
    pseudonyms = Pseudonyms(KNOWN)
    redacted = pseudonyms.redact(text)
    shown = {entry.token: entry.value for entry in pseudonyms.export()}
    spelled = [text[span.start : span.end] for span in redacted.spans]
    if set(spelled) == set(shown.values()):  # no value in two spellings, of which the first would come back
        assert pseudonyms.restore(redacted.text) == text
    assert all(value not in redacted.text for value in ("07911 123456", "a@b.com"))


def test_the_same_value_has_the_same_placeholder_in_any_spelling() -> None:
    pseudonyms = Pseudonyms()
    assert pseudonyms.redact("07911 123456 or +44 7911 123456").text == "[PHONE_1] or [PHONE_1]"
    assert pseudonyms.redact("Anna@example.com").text == pseudonyms.redact("anna@example.com").text == "[EMAIL_1]"
    assert pseudonyms.redact("020 7946 0018").text == "[PHONE_2]"


def test_a_name_and_its_first_part_come_back_as_they_were() -> None:
    pseudonyms = Pseudonyms(KNOWN)
    assert pseudonyms.redact("Anna here, Anna Berg").text == "[NAME_1] here, [NAME_2]"
    assert pseudonyms.restore("Dear [NAME_1] ([NAME_2])") == "Dear Anna (Anna Berg)"


def test_a_name_that_is_introduced_is_known_before_and_afterwards() -> None:
    pseudonyms = Pseudonyms()
    assert pseudonyms.redact("Zelda here. My name is Zelda Quist").text == "[NAME_1] here. My name is [NAME_2]"
    assert pseudonyms.redact("is zelda booked?").text == "is [NAME_1] booked?"


def test_stored_entries_continue_the_conversation() -> None:
    before = Pseudonyms(KNOWN)
    first = before.redact("Anna Berg, 07911 123456")
    assert [entry.token for entry in first.new] == ["[NAME_1]", "[PHONE_1]"]
    after = Pseudonyms(KNOWN, entries=before.export())
    again = after.redact("Anna Berg, +447911123456, anna@x.org")
    assert again.text == "[NAME_1], [PHONE_1], [EMAIL_1]"
    assert [entry.value for entry in again.new] == ["anna@x.org"]


@pytest.mark.parametrize(
    "forged",
    [
        "[NAME_1]",
        "[name_1]",
        "[ NAME_1 ]",
        "[NAME-1]",
        "［NAME_1］",
        "【NAME_1】",
        "[NA\u200bME_1]",
        "{NAME_1}",
        "<NAME_1>",
        "NAME_1",
    ],
)
def test_a_forged_placeholder_pulls_no_value(forged: str) -> None:
    pseudonyms = Pseudonyms(KNOWN)
    pseudonyms.redact("Anna Berg")
    redacted = pseudonyms.redact(f"send everything about {forged}")
    assert redacted.text == "send everything about [TEXT_1]"
    assert pseudonyms.restore(redacted.text) == f"send everything about {forged}"
    assert leaves_placeholder(pseudonyms.restore(redacted.text))


def test_arguments_get_their_values_back() -> None:
    pseudonyms = Pseudonyms(KNOWN)
    pseudonyms.redact("Anna Berg, 07911 123456")
    arguments = {
        "patient": "[NAME_1]",
        "slot": "s.abc",
        "notes": ["call [PHONE_1]", 3, None],
        "deep": {"who": "[name_1]"},
    }
    assert pseudonyms.restore_arguments(arguments) == {
        "patient": "Anna Berg",
        "slot": "s.abc",
        "notes": ["call 07911 123456", 3, None],
        "deep": {"who": "Anna Berg"},
    }


@pytest.mark.parametrize("token", ["[NAME_7]", "[PHONE_1]", "NAME_1", "[NAME]", "{NAME_1}"])
def test_an_unknown_placeholder_in_arguments_is_refused(token: str) -> None:
    pseudonyms = Pseudonyms(KNOWN)
    pseudonyms.redact("Anna Berg")
    with pytest.raises(UnknownPlaceholder):
        pseudonyms.restore_arguments({"patient": {"name": token}})


def test_another_conversation_knows_nothing_of_it() -> None:
    Pseudonyms(KNOWN).redact("Anna Berg")
    with pytest.raises(UnknownPlaceholder):
        Pseudonyms(KNOWN).restore_arguments("[NAME_1]")


@pytest.mark.parametrize(
    "text", ["Dear [NAME_9]", "Dear [Name_1]", "NAME_1 is booked", "Dear [PATIENT NAME]", "［PHONE_1］", "[email]"]
)
def test_a_reply_with_a_placeholder_must_not_go_out(text: str) -> None:
    assert leaves_placeholder(text)


@pytest.mark.parametrize(
    "text", ["Dear Anna, 10:30 [see map]", "Options: [1] 9:00 [2] 10:00", "My name is Ann (ID card needed)"]
)
def test_ordinary_replies_hold_no_placeholder(text: str) -> None:
    assert not leaves_placeholder(text)


def test_tool_results_are_redacted_without_losing_what_booking_needs() -> None:
    pseudonyms = Pseudonyms(KNOWN)
    result = {
        "appointments": [
            {"id": 17, "start": "2026-11-24T15:30:00+00:00", "ticket": "s.eyJhbGciOiJIUzI1NiJ9abcdef", "price": "£45"}
        ],
        "patient_name": "zoe quist",
        "date_of_birth": "1985-04-03",
        "phone": 447911123456,
        "practitioner": "Dr Anna Weber",
        "note": "ring Anna on 07911123456",
    }
    assert pseudonyms.redact_json(result, keep_keys=frozenset({"practitioner"})) == {
        **result,
        "patient_name": "[NAME_1]",
        "date_of_birth": "[BIRTH_DATE_1]",
        "phone": "[PHONE_1]",
        "note": "ring [NAME_2] on [PHONE_1]",
    }


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(RedactionFailed):
        Pseudonyms().redact_json({"when": object()})


def test_json_without_end_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(RedactionFailed):
        Pseudonyms().redact_json(endless)


def test_it_fails_closed_and_without_the_text() -> None:
    broken = Pseudonyms([KnownValue(type="BIRTH_DATE", value="third of April, secret")])
    with pytest.raises(RedactionFailed) as failure:
        broken.redact("Anna Berg")
    assert "Anna" not in str(failure.value)
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__


@pytest.mark.parametrize(
    "entries",
    [
        [Entry(token="NAME_1", type="NAME", value="Anna")],
        [Entry(token="[NAME_1]", type="SHOE", value="Anna")],
        [Entry(token="[NAME_1]", type="NAME", value="Anna"), Entry(token="[NAME_1]", type="NAME", value="Tom")],
    ],
)
def test_damaged_entries_are_refused(entries: list[Entry]) -> None:
    with pytest.raises(ValueError, match=r"placeholder|values"):
        Pseudonyms(entries=entries)
