"""Trials as they stand when they are over, or half played."""

from typing import Any

from agents.models import Trial, TrialResult
from agents.versions import published
from conversations.evaluation.trials import MISSED
from tenants import clock
from tenants.sentences import sentence

LINES = [
    {"who": "patient", "text": "Hi, could I get a check-up on Thursday at 3 pm?"},
    {
        "who": "assistant",
        "text": "These times are free:\n1. Thursday 3 December at 15:00\n2. Thursday 3 December at 15:30",
    },
    {"who": "patient", "text": "<script>window.broken = true</script> the first"},
]


def trial_with(*, right: int, wrong: int, missed: int = 0, status: str = Trial.Status.DONE, **more: Any) -> Trial:
    """A trial of the published version; `missed` of its wrong ones are red flags."""
    total = right + wrong
    done = status == Trial.Status.DONE
    trial = Trial.objects.create(
        kind=Trial.Kind.GO_LIVE,
        version=published(),
        model="guided",
        status=status,
        scenarios=total,
        played=total,
        passed_once=right / total if done else None,
        passed_always=right / total if done else None,
        red_flags_missed=missed if done else None,
        ended_at=clock.now() if done else None,
        **more,
    )
    sorts = ["ordinary", "language", "move", "cancel", "undecided", "injection"]
    for number in range(total):
        passed, flagged = number < right, total - missed <= number
        TrialResult.objects.create(
            trial=trial,
            scenario=f"{number + 1:03} {'Red flags' if flagged else 'Ordinary bookings'} (en)",
            sort="red_flag" if flagged else sorts[number % len(sorts)],
            passed=passed,
            faults=[] if passed else [sentence("The appointment that was wanted was not made.")],
            lines=LINES,
            got={MISSED: flagged},
        )
    return trial
