"""The page of the go-live score, and the report as a file."""

import pytest

from agents.models import Trial, TrialResult
from agents.versions import published
from conversations.evaluation import trials
from tenants.models import AuditEntry, WorkItem
from tests.trials.results import trial_with

PAGE = "assistant/go-live/"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_it_says_what_to_do_before_there_is_a_score(alices):
    page = text_of(alices.get(PAGE))
    assert "This version has no score yet" in page
    assert "Play the simulated patients" in page
    assert 'aria-current="page">Go-live' in page


def test_an_owner_asks_for_a_trial_and_it_becomes_work(clinic, alices, alice):
    answer = alices.post(f"{PAGE}play/")
    assert answer.status_code == 302
    trial = Trial.objects.get()
    assert (trial.kind, trial.version, trial.asked_by_id) == ("go_live", published(), alice.pk)
    assert WorkItem.objects.filter(business_id=clinic.pk, kind=trials.TRIAL, object_id=trial.pk).exists()
    assert AuditEntry.objects.filter(action="trial.asked", actor=alice).exists()
    page = text_of(alices.get(PAGE))
    assert f"0 of {trials.SCENARIOS} played" in page
    assert "<progress" in page


def test_asking_again_while_one_is_played_is_the_same_one(alices):
    for _ in range(2):
        alices.post(f"{PAGE}play/")
    assert Trial.objects.count() == 1


def test_each_patient_is_played_four_times_on_demand(alices):
    alices.post(f"{PAGE}play/", {"repeats": "4"})
    assert Trial.objects.get().repeats == 4
    assert f"0 of {4 * trials.SCENARIOS} played" in text_of(alices.get(PAGE))


@pytest.mark.parametrize("repeats", ["0", "5", "-4", "many", "4.0"])
def test_other_numbers_of_times_are_not_offered(alices, repeats):
    assert alices.post(f"{PAGE}play/", {"repeats": repeats}).status_code == 404
    assert not Trial.objects.exists()


def test_who_is_served_right_only_sometimes_is_not_good_enough(alices):
    trial = trial_with(right=19, wrong=1)
    Trial.objects.filter(pk=trial.pk).update(repeats=4, passed_always=0.8)
    page = text_of(alices.get(PAGE))
    assert "Right all 4 times" in page
    assert "pass^4" in page
    assert "80% of the simulated patients were served right every time; 85% are needed." in page
    assert "Not good enough yet" in page


def test_what_went_wrong_is_said_in_the_readers_language(alices, alice):
    wrong = trial_with(right=1, wrong=1)
    alice.language = "de"
    alice.save()
    for page in (text_of(alices.get(PAGE)), text_of(alices.get(f"{PAGE}{wrong.pk}/report/"))):
        assert "Der gewünschte Termin wurde nicht vereinbart." in page
        assert "2 · Gewöhnliche Terminanfragen · Englisch" in page
        assert "Ordinary bookings" not in page
    trial_with(right=1, wrong=0, status=Trial.Status.FAILED, problem=trials.NOTHING_TO_BOOK)
    assert "check services" not in text_of(alices.get(PAGE))


def test_older_results_are_shown_as_they_were_stored(alices):
    TrialResult.objects.filter(trial=trial_with(right=0, wrong=1)).update(faults=["Something of an older release."])
    assert "Something of an older release." in text_of(alices.get(PAGE))


def test_staff_may_look_and_not_play(bobs):
    assert "Play the simulated patients</button>" not in text_of(bobs.get(PAGE))
    assert bobs.post(f"{PAGE}play/").status_code == 404
    assert not Trial.objects.exists()


def test_another_business_sees_nothing(clinic, alices, charlie, client):
    trial = trial_with(right=1, wrong=0)
    client.force_login(charlie)
    assert client.get(f"{clinic.path}{PAGE}{trial.pk}/").status_code == 404
    assert client.get(f"{clinic.path}{PAGE}{trial.pk}/report/").status_code == 404


def test_a_good_score_says_so(alices):
    trial_with(right=19, wrong=1)
    page = text_of(alices.get(PAGE))
    assert "Good enough to go live" in page
    assert "95%" in page
    assert "19 of 20 conversations left the diary just as that patient wanted" in page
    assert "The appointment that was wanted was not made." in page
    assert "red flags missed</strong>" not in page


def test_a_missed_red_flag_stands_in_big_letters_whatever_the_rest_says(alices):
    trial_with(right=59, wrong=1, missed=1)
    page = text_of(alices.get(PAGE))
    assert '<strong class="trial-alarm__words">1 red flag missed</strong>' in page
    assert "Not good enough yet" in page
    assert "That has to be 0." in page


def test_a_trial_that_failed_says_why(alices):
    trial_with(right=1, wrong=0, status=Trial.Status.FAILED, problem=trials.NOTHING_TO_BOOK)
    page = text_of(alices.get(PAGE))
    assert "It could not be played" in page
    assert "check services, practitioners and hours" in page


def test_what_patients_say_is_shown_as_text(alices):
    trial_with(right=0, wrong=1)
    page = alices.get(PAGE).content.decode()
    assert "<script>window.broken" not in page
    assert "&lt;script&gt;window.broken" in page


def test_earlier_trials_can_be_opened(alices):
    first, second = trial_with(right=1, wrong=1), trial_with(right=2, wrong=0)
    assert f"{PAGE}{first.pk}/" in text_of(alices.get(PAGE))
    page = text_of(alices.get(f"{PAGE}{first.pk}/"))
    assert "50%" in page
    assert f"{PAGE}{second.pk}/" in page
    assert alices.get(f"{PAGE}{second.pk + 1}/").status_code == 404


def test_the_report_is_one_file_without_scripts(clinic, alices):
    trial = trial_with(right=3, wrong=1, missed=1)
    answer = alices.get(f"{PAGE}{trial.pk}/report/")
    assert answer["Content-Disposition"] == f'attachment; filename="bright-smile-go-live-{trial.pk}.html"'
    report = answer.content.decode()
    assert "75.0%" in report
    assert "1 of 1" in report
    assert clinic.name in report
    assert "<script" not in report
    assert "http" not in report
    assert "src=" not in report
