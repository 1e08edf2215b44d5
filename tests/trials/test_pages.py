"""The page of the go-live score, and the report as a file."""

from agents.models import Trial
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
