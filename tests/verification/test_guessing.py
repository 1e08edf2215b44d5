"""Nobody learns by trying who is a patient here, nor when somebody was born."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django_tenants.utils import tenant_context

from calendar_sync import birth_dates, verifying
from calendar_sync.models import BookingRules, Patient, Verification, VerificationTry
from tenants import clock
from tests.verification.conftest import ASKING, BORN, MONDAY, OTHER, numbers


def shown(result: Any) -> tuple[Any, ...]:
    return result.status, result.data, result.message, result.retryable


def test_whatever_is_wrong_the_answer_is_the_same(rules: Any, prove: Any, booked: Any) -> None:
    Patient.objects.create(name="Secret Person", born_on=BORN, disclosure="nothing")
    for twin in range(2):
        Patient.objects.create(name="Jo Twin", born_on=BORN, phone=str(twin))
    Patient.objects.create(name="No Date")
    answers = [
        prove(name=name, born=born, contact_id=100 + number)
        for number, (name, born) in enumerate(
            [
                ("Nobody Here", "3 April 1985"),
                ("Anna Weber", "4 April 1985"),
                ("Anna", "3 April 1985"),
                ("Weber", "3 April 1985"),
                ("Secret Person", "3 April 1985"),
                ("Jo Twin", "3 April 1985"),
                ("No Date", "3 April 1985"),
                ("%", "3 April 1985"),
                ("", "3 April 1985"),
            ]
        )
    ]
    assert {str(shown(each)) for each in answers} == {str(shown(answers[0]))}
    assert answers[0].data == {"confirmed": False}
    assert not Verification.objects.exists()


def test_after_three_misses_people_take_over_and_even_the_right_answer_opens_nothing(
    rules: Any, prove: Any, ask: Any, booked: Any
) -> None:
    first, second, third = (prove(born=f"{day} April 1985") for day in (5, 6, 7))
    assert [each.handoff for each in (first, second)] == [None, None]
    for result in (third, prove(), prove(name="Nobody Here")):
        assert shown(result) == shown(third)
        assert (result.handoff.reason, result.handoff.trigger) == ("policy", "verification")
    assert numbers(ask("my_appointments")) == []
    assert VerificationTry.objects.count() == 3


def test_a_day_later_they_may_try_again(rules: Any, prove: Any, booked: Any) -> None:
    for day in (5, 6, 7):
        prove(born=f"{day} April 1985")
    with clock.pinned(MONDAY + verifying.WITHIN - dt.timedelta(minutes=1)):
        assert prove().data["confirmed"] is False
    with clock.pinned(MONDAY + verifying.WITHIN + dt.timedelta(minutes=1)):
        assert prove().data["confirmed"] is True


def test_a_right_answer_gives_no_tries_back(rules: Any, prove: Any, booked: Any) -> None:
    """Whoever knows one patient's date does not get to guess another's without end."""
    Patient.objects.create(name="Ben Field", born_on=dt.date(1990, 1, 2))
    prove(born="5 April 1985")
    prove(born="6 April 1985")
    assert prove(name="Ben Field", born="2 January 1990").data["confirmed"] is True
    assert prove(born="7 April 1985").handoff is not None
    assert prove().handoff is not None


@pytest.mark.parametrize("name", ["Anna Weber", "Nobody Here"])
def test_many_phones_together_guess_no_more(rules: Any, prove: Any, ask: Any, booked: Any, name: str) -> None:
    """The same for a name that nobody has: the limit tells nothing either."""
    answers = [prove(name=name, born=f"{1 + number} May 1985", contact_id=200 + number) for number in range(8)]
    assert [each.handoff is not None for each in answers] == [False] * 5 + [True] * 3
    assert prove(name=name, contact_id=300).data["confirmed"] is False


def test_tries_at_the_same_moment_count_one_by_one(fresh_business: Any) -> None:
    Patient.objects.create(name="Anna Weber", born_on=BORN)
    BookingRules.objects.create(pk=1, identity_check="birth_date")
    answers: list[str] = []

    def guess(day: int) -> None:
        with tenant_context(fresh_business), transaction.atomic():
            answer, _ = verifying.prove(fresh_business, contact_id=ASKING, name="Anna Weber", born=f"{day}.05.1985")
            answers.append(answer)
        connection.close()

    threads = [threading.Thread(target=guess, args=(day,)) for day in range(10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert VerificationTry.objects.count() == verifying.TRIES
    assert sorted(answers) == ["not_proven"] * 2 + ["people"] * 8


def test_a_business_that_wants_people_to_check_is_asked_nothing(prove: Any, booked: Any) -> None:
    """So it is before anybody has chosen."""
    result = prove()
    assert result.handoff.trigger == "verification"
    assert not Verification.objects.exists()
    assert not VerificationTry.objects.exists()


def test_names_are_the_same_without_accents_case_and_order(rules: Any, prove: Any) -> None:
    Patient.objects.create(name="José  Núñez-Prats", born_on=BORN)
    assert prove(name="nunez prats jose").data["confirmed"] is True
    assert prove(name="Jose Nunez", contact_id=OTHER).data["confirmed"] is False


WRITTEN = [
    ("1985-04-03", "GB"), ("19850403", "GB"), ("03/04/1985", "GB"), ("04/03/1985", "US"), ("3.4.85", "DE"),
    ("3 April 1985", "GB"), ("April 3rd, 1985", "US"), ("born on the 3rd of April 1985", "GB"),
    ("3. April 1985", "DE"), ("3 avril 1985", "FR"), ("le 3 avril 1985", "FR"), ("3 de abril de 1985", "ES"),
    ("3 de abril de 1985", "PT"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country"), WRITTEN)
def test_a_birth_date_is_read_as_people_write_it(text: str, country: str) -> None:
    assert birth_dates.readings(text, now=MONDAY, country=country) == (BORN,)


@pytest.mark.parametrize(
    ("text", "day"),
    [("12 December 40", dt.date(1940, 12, 12)), ("1er janvier 1990", dt.date(1990, 1, 1)),
     ("29 February 2024", dt.date(2024, 2, 29)), ("3 de março de 1985", dt.date(1985, 3, 3))],
)  # fmt: skip
def test_other_birth_dates(text: str, day: dt.date) -> None:
    assert birth_dates.readings(text, now=MONDAY, country="GB") == (day,)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "3 April", "April 1985", "1985", "31/02/1985", "tomorrow at 3", "3/4/1985 4/4/1985 5/4/1985",
     "1985-04-03 " * 9, "all of them", "24/11/2026", "x" * 400],
)  # fmt: skip
def test_no_birth_date_is_read_from(text: str) -> None:
    assert birth_dates.readings(text, now=MONDAY, country="GB") == ()


def test_an_unreadable_date_is_asked_for_again_and_counts_as_no_try(rules: Any, prove: Any, booked: Any) -> None:
    for name in ("Anna Weber", "Nobody Here") * 3:
        result = prove(name=name, born="April")
        assert (result.status, "can't be read" in result.message) == ("error", True)
    assert not VerificationTry.objects.exists()
