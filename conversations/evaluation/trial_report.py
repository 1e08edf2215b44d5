"""The report of a trial as one HTML file: no script, nothing from elsewhere."""

import datetime as dt
from collections.abc import Sequence

from django.template.loader import render_to_string

from conversations.evaluation.scenario import Played
from conversations.evaluation.tally import Tally


def page_of(*, business: str, model: str, score: Tally, played: Sequence[Played], repeats: int, at: dt.datetime) -> str:
    failed = [each for each in played if each.faults]
    context = {
        "business": business,
        "model": model,
        "score": score,
        "repeats": repeats,
        "at": at,
        "failed": failed,
        "once": f"{score.once:.1%}",
        "always": f"{score.always:.1%}",
    }
    return render_to_string("trials/report.html", context)
