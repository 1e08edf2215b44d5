"""manage.py evaluate dialogues FILE [--model guided|anthropic] [--json OUT]
manage.py evaluate trials --kind KIND | --business SLUG [--scenarios N] [--repeats K]
    [--seed N] [--html OUT] [--json OUT]
"""

import datetime as dt
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from conversations.evaluation import trial_command
from conversations.evaluation.dialogues import Report, Result, evaluate
from conversations.evaluation.recorded import read_dialogues

MODELS = ["guided", "scripted", "anthropic"]
SCRIPTED = "the model of a sandbox, at ANTHROPIC_BASE_URL"


class Command(BaseCommand):
    help = "Replay recorded dialogues, or play simulated patients, and count the conversations that end right."

    requires_system_checks: list[str] = []  # no page plays a part in it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["dialogues", "trials"])
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="of recorded dialogues")
        parser.add_argument("--model", choices=MODELS, default="guided", help=f"scripted: {SCRIPTED}")
        parser.add_argument("--json", type=Path, metavar="OUT", help="Write count, times and failures to this file.")
        trial_command.add_arguments(parser)

    def handle(self, *, what: str, file: Path | None, model: str, **options: Any) -> None:
        _check_model(model)
        provider = "anthropic" if model == "scripted" else model
        if what == "trials":
            trial_command.run(options, model=provider, out=self.stdout)
        elif file is None:
            raise CommandError("evaluate dialogues needs a FILE.")
        else:
            self._dialogues(file, provider, options)

    def _dialogues(self, file: Path, model: str, options: dict[str, Any]) -> None:
        try:
            dialogues = list(read_dialogues(file))
            report = evaluate(dialogues, model=model, watch=self._show)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            options["json"].write_text(json.dumps(_as_json(report), indent=1, ensure_ascii=False) + "\n")
        total = len(report.results)
        self.stdout.write(
            f"{report.right} of {total} right ({report.right / max(1, total):.1%}); "
            f"{report.ms_per_message:.0f} ms per message, "
            f"{report.model_cpu_ms_per_message:.1f} ms of CPU in the guided model"
        )
        self.stdout.write(f"{report.misbooked} wrong bookings confirmed by a yes to a wrongly read-back time")

    def _show(self, result: Result) -> None:
        if result.right:
            return
        self.stdout.write(
            f"\n{result.dialogue.id}: expected {_listed(result.dialogue.booked)}, got {_listed(result.got)}"
        )
        for line in result.transcript:
            self.stdout.write("    " + line.replace("\n", "\n      "))


def _check_model(model: str) -> None:
    if model != "guided" and not settings.ANTHROPIC_API_KEY:
        raise CommandError(f"--model {model} needs ANTHROPIC_API_KEY.")
    host = urlsplit(settings.ANTHROPIC_BASE_URL or "").hostname or ""
    if model == "scripted" and host not in ("127.0.0.1", "localhost", "::1"):
        raise CommandError("--model scripted needs ANTHROPIC_BASE_URL to be a sandbox on this machine.")


def _listed(starts: tuple[dt.datetime, ...]) -> str:
    return ", ".join(map(str, starts)) or "no appointment"


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "right": report.right,
        "total": len(report.results),
        "misbooked": report.misbooked,
        "ms_per_message": round(report.ms_per_message, 2),
        "model_cpu_ms_per_message": round(report.model_cpu_ms_per_message, 2),
        "failures": [
            {
                "id": result.dialogue.id,
                "expected": [start.isoformat(timespec="minutes") for start in result.dialogue.booked],
                "got": [start.isoformat(timespec="minutes") for start in result.got],
                "services": list(result.services),
                "handed_over": result.handed_over,
                "transcript": list(result.transcript),
            }
            for result in report.failures
        ],
    }
