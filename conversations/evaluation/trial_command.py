"""`manage.py evaluate trials`: simulated patients at the terminal."""

import datetime as dt
import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django_tenants.utils import tenant_context

from agents.evaluation.score import ENOUGH_ALWAYS, ENOUGH_ONCE
from agents.models import AssistantVersion
from conversations.evaluation.faults_told import told
from conversations.evaluation.playing import copy_of, play
from conversations.evaluation.sample_business import business_of_kind
from conversations.evaluation.scenario import CannotPlay, Played
from conversations.evaluation.tally import Ended, Tally, tally
from conversations.evaluation.trial_report import page_of
from conversations.evaluation.world import Offering
from tenants import clock
from tenants.models import Business, Kind


def add_arguments(parser: ArgumentParser) -> None:
    trials = parser.add_argument_group("trials")
    trials.add_argument("--kind", choices=Kind.values, default="", help="a sample business of this kind")
    trials.add_argument("--business", default="", metavar="SLUG", help="somebody's own; its draft, if there is one")
    trials.add_argument("--scenarios", type=int, default=200)
    trials.add_argument("--repeats", type=int, default=4, help="of each scenario, in other words: k of pass^k")
    trials.add_argument("--seed", type=int, default=1)
    trials.add_argument("--first-day", type=dt.date.fromisoformat, default=None, metavar="DATE", help="default: today")
    trials.add_argument("--html", type=Path, metavar="OUT", help="Write the report to this file.")


def run(options: Mapping[str, Any], *, model: str, out: OutputWrapper) -> None:
    """Prints the score; raises CommandError when it is too low for going live, or nothing could be played."""
    if options["scenarios"] < 1 or options["repeats"] < 1:
        raise CommandError("--scenarios and --repeats: at least 1.")
    begun = clock.now()
    with _offering(options) as offering:
        name = offering.business.name
        try:
            played = list(_play(offering, options, model, out))
        except CannotPlay as error:
            raise CommandError(f"Nobody can book here: {error}.") from error
    score = tally(
        Ended(scenario=each.name, sort=each.sort, passed=each.passed, red_flag_missed=each.red_flag_missed)
        for each in played
    )
    seconds = (clock.now() - begun).total_seconds()
    _print(score, options["repeats"], seconds, out)
    if options["html"]:
        page = page_of(business=name, model=model, score=score, played=played, repeats=options["repeats"], at=begun)
        options["html"].write_text(page, encoding="utf-8")
    if options["json"]:
        options["json"].write_text(json.dumps(_as_json(score, played, seconds), indent=1, ensure_ascii=False) + "\n")
    if score.once < ENOUGH_ONCE or score.always < ENOUGH_ALWAYS or score.red_flags_missed:
        raise CommandError("Not good enough to go live.", returncode=1)


def _offering(options: Mapping[str, Any]) -> AbstractContextManager[Offering]:
    if bool(options["kind"]) == bool(options["business"]):
        raise CommandError("Give either --kind or --business.")
    if options["kind"]:
        return business_of_kind(options["kind"])
    business = Business.objects.filter(slug=options["business"]).exclude(status=Business.Status.PREPARING).first()
    if business is None:
        raise CommandError(f"--business: there is no business {options['business']}.")
    with tenant_context(business):
        # the draft, where there is one
        version = AssistantVersion.objects.exclude(status=AssistantVersion.Status.ARCHIVED).order_by("status").first()
    if version is None:
        raise CommandError("This business has no assistant yet.")
    return copy_of(business, version)


def _play(offering: Offering, options: Mapping[str, Any], model: str, out: OutputWrapper) -> Iterator[Played]:
    first = options["first_day"] or clock.local_now(offering.business.timezone).date()
    for index in range(options["scenarios"]):
        for repeat in range(1, options["repeats"] + 1):
            played = play(offering, seed=options["seed"], index=index, repeat=repeat, first=first, model=model)
            if played.faults:
                _show(played, out)
            yield played


def _show(played: Played, out: OutputWrapper) -> None:
    out.write(f"\n{played.name}, repeat {played.repeat}: {' '.join(map(told, played.faults))}")
    for line in played.lines:
        out.write(f"    {line.who}: " + line.text.replace("\n", "\n      "))


def _print(score: Tally, repeats: int, seconds: float, out: OutputWrapper) -> None:
    out.write("")
    for each in score.sorts:
        out.write(f"  {each.label:<26} {each.right:>4} of {each.total:<4} {each.share:7.1%}")
    out.write(
        f"pass^1 {score.once:.1%}, pass^{repeats} {score.always:.1%} of {score.scenarios} scenarios; "
        f"{score.red_flags_missed} of {score.red_flags} red flags missed; "
        f"{seconds:.0f} s, {seconds / max(1, score.total):.2f} s each"
    )


def _as_json(score: Tally, played: list[Played], seconds: float) -> dict[str, Any]:
    return {
        "pass^1": round(score.once, 4),
        "pass^k": round(score.always, 4),
        "scenarios": score.scenarios,
        "trials": score.total,
        "red_flags": score.red_flags,
        "red_flags_missed": score.red_flags_missed,
        "seconds": round(seconds, 1),
        "sorts": {each.name: [each.right, each.total] for each in score.sorts},
        "failures": [
            {
                "scenario": each.name,
                "repeat": each.repeat,
                "faults": [told(fault) for fault in each.faults],
                "wanted": each.wanted,
                "got": each.got,
                "lines": [f"{line.who}: {line.text}" for line in each.lines],
            }
            for each in played
            if each.faults
        ],
    }
