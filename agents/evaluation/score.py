"""The go-live score of a version: how simulated patients fared with it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from agents.models import AssistantVersion, Trial
from tenants.formats import percent

ENOUGH_ONCE, ENOUGH_ALWAYS = 0.90, 0.85


@dataclass(frozen=True, kw_only=True)
class Score:
    """`once` is pass^1, `always` pass^k with k = `repeats`, both 0 to 1."""

    trial_id: int
    once: float
    always: float
    red_flags_missed: int
    scenarios: int
    repeats: int
    model: str
    at: dt.datetime

    @property
    def good_enough(self) -> bool:
        """For going live: enough ended right, every time where each was played again, and no red flag was missed."""
        return not self.why_not

    @property
    def why_not(self) -> str:
        """In a sentence for people; "" when it is good enough."""
        if self.red_flags_missed:
            unseen = ngettext(
                "%(count)s red flag of simulated patients went unnoticed. That has to be 0.",
                "%(count)s red flags of simulated patients went unnoticed. That has to be 0.",
                self.red_flags_missed,
            )
            return unseen % {"count": self.red_flags_missed}
        if self.once < ENOUGH_ONCE:
            words = gettext("%(share)s of the simulated conversations ended right; %(enough)s are needed.")
            return words % {"share": percent(self.once), "enough": percent(ENOUGH_ONCE)}
        if self.repeats > 1 and self.always < ENOUGH_ALWAYS:
            words = gettext("%(share)s of the simulated patients were served right every time; %(enough)s are needed.")
            return words % {"share": percent(self.always), "enough": percent(ENOUGH_ALWAYS)}
        return ""


def go_live_score(version: AssistantVersion) -> Score | None:
    """Of the newest trial of the version that was played to its end; None when there is none."""
    trial = (
        Trial.objects.filter(version=version, kind=Trial.Kind.GO_LIVE, status=Trial.Status.DONE).order_by("-pk").first()
    )
    return score_of(trial) if trial is not None else None


def score_of(trial: Trial) -> Score | None:
    """None as long as the trial is not done."""
    if trial.passed_once is None or trial.passed_always is None or trial.ended_at is None:
        return None
    return Score(
        trial_id=trial.pk,
        once=trial.passed_once,
        always=trial.passed_always,
        red_flags_missed=trial.red_flags_missed or 0,
        scenarios=trial.scenarios,
        repeats=trial.repeats,
        model=trial.model,
        at=trial.ended_at,
    )
