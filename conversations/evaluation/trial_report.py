"""The report of a trial as one HTML file: no script, nothing from elsewhere."""

import datetime as dt
from collections.abc import Sequence

from django.template.loader import render_to_string

from conversations.evaluation.faults_told import scenario_told, told
from conversations.evaluation.scenario import Played
from conversations.evaluation.tally import Tally
from tenants.formats import percent


def page_of(*, business: str, model: str, score: Tally, played: Sequence[Played], repeats: int, at: dt.datetime) -> str:
    failed = [
        {
            "name": scenario_told(each.name),
            "repeat": each.repeat,
            "faults": [told(fault) for fault in each.faults],
            "lines": each.lines,
        }
        for each in played
        if each.faults
    ]
    context = {
        "business": business,
        "model": model,
        "score": score,
        "repeats": repeats,
        "at": at,
        "failed": failed,
        "once": percent(score.once, 1),
        "always": percent(score.always, 1),
    }
    return render_to_string("trials/report.html", context)
