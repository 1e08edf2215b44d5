"""Finding turns by how they ended, what they used, what they cost, how long they took and what was said in them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.fields import DurationField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agents.llm.catalogue import MODELS
from agents.models import Step, TranscriptEntry, Turn
from agents.skills.registry import all_skills
from conversations.models import Handoff
from conversations.trigger_words import LIMIT, RULE, trigger_choices
from escalations.model_words import GUIDED, model_words
from escalations.step_words import skill_words
from tenants.models import Business

ENDED = {**dict(Turn.Outcome.choices), "dropped": _("Dropped"), "failed": _("Failed"), "running": _("Still running")}

CHECKED = {  # what the check of the answer came to → its label and its steps
    "held": (_("Held a draft back"), Q(status=Step.Status.ERROR, name__in=("outgoing", "second_look", "placeholders"))),
    "freed": (_("Doubted by the rules, found to be so"), Q(name="outgoing", output__has_key="doubted")),
    "missed": (_("Without a second look"), Q(name="second_look", output__has_key="missed")),
}
FREE = {"model": 60, "trigger": 30}  # characters of what may be asked for by address alone


class TraceSearch(forms.Form):
    """What the page asks by GET: the address of a search can be passed on."""

    outcome = forms.ChoiceField(label=_("How it ended"), required=False)
    reason = forms.ChoiceField(label=_("Why it was handed over"), required=False)
    trigger = forms.ChoiceField(label=_("What set it off"), required=False)
    tool = forms.ChoiceField(label=_("Used"), required=False)
    checked = forms.ChoiceField(label=_("Check of the answer"), required=False)
    failed = forms.BooleanField(label=_("Something failed"), required=False)
    model = forms.ChoiceField(label=_("Model"), required=False)
    version = forms.IntegerField(label=_("Assistant’s version"), required=False, min_value=1, max_value=2**31 - 1)
    cost = forms.DecimalField(
        label=_("Cost at least ($)"), required=False, min_value=0, max_value=1000, decimal_places=6
    )
    slower = forms.IntegerField(label=_("Took at least (seconds)"), required=False, min_value=1, max_value=86_400)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(label=_("Words in its steps"), required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Mapping[str, Any]] = {
            "outcome": ENDED,
            "reason": dict(Handoff.Reason.choices),
            "trigger": trigger_choices(),
            "model": {GUIDED: model_words(GUIDED), **{name: gettext(each.label) for name, each in MODELS.items()}},
            "checked": {name: label for name, (label, _steps) in CHECKED.items()},
            "tool": {name: skill_words(name) for name in all_skills()},
        }
        for name, longest in FREE.items():  # a model that is no longer sold, one rule of the house
            wanted = str(self.data.get(name, ""))[:longest]
            choices[name] = {**({wanted: wanted} if wanted else {}), **choices[name]}
        for name, labels in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", gettext("Any")), *labels.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", gettext("This day is before the first one."))
        return given

    @property
    def asked(self) -> bool:
        return any(self.cleaned_data.values())


def find_turns(business: Business, wanted: dict[str, Any]) -> QuerySet[Turn]:
    """`wanted` is the cleaned data of a TraceSearch; unknown and empty fields say nothing."""
    rows = Turn.objects.all()
    for name, narrow in _NARROW.items():
        if wanted.get(name):
            rows = rows.filter(narrow(wanted[name]))
    rows = _within(rows, business, wanted.get("since"), wanted.get("until"))
    rows = _using(rows, wanted.get("tool") or "", failed=bool(wanted.get("failed")))
    if wanted.get("checked"):
        checks = Step.objects.filter(CHECKED[wanted["checked"]][1], turn=OuterRef("pk"), kind=Step.Kind.CHECK)
        rows = rows.filter(Exists(checks))
    if wanted.get("slower"):
        took = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())
        rows = rows.alias(took=took).filter(took__gte=dt.timedelta(seconds=wanted["slower"]))
    return _saying(rows, wanted["words"]) if wanted.get("words") else rows


def _ended(how: str) -> Q:
    return Q(outcome=how) if how in Turn.Outcome.values else Q(status=how)


_NARROW = {
    "outcome": _ended,
    "reason": lambda reason: Q(outcome=Turn.Outcome.HANDOFF, reason=reason),
    "trigger": lambda trigger: Q(trigger__startswith=trigger) if trigger in (RULE, LIMIT) else Q(trigger=trigger),
    "model": lambda model: Q(model=model),
    "version": lambda number: Q(version__number=number),
    "cost": lambda dollars: Q(cost_micro__gte=int(dollars * 1_000_000)),
}


def _within(rows: QuerySet[Turn], business: Business, since: dt.date | None, until: dt.date | None) -> QuerySet[Turn]:
    """Whole days of the business's own zone."""
    zone = ZoneInfo(business.timezone)
    if since:
        rows = rows.filter(started_at__gte=dt.datetime.combine(since, dt.time(), zone))
    if until:
        rows = rows.filter(started_at__lt=dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), zone))
    return rows


def _using(rows: QuerySet[Turn], tool: str, *, failed: bool) -> QuerySet[Turn]:
    """A step with this tool, that failed if so wanted; without a tool any step that failed."""
    if not tool and not failed:
        return rows
    steps = Step.objects.filter(turn=OuterRef("pk"))
    if tool:
        steps = steps.filter(kind=Step.Kind.TOOL, name=tool)
    if failed:
        steps = steps.filter(status=Step.Status.ERROR)
    return rows.filter(Exists(steps))


def _saying(rows: QuerySet[Turn], words: str) -> QuerySet[Turn]:
    """In what came back from models and tools, or in what the patient wrote; redacted, all of it."""
    query = SearchQuery(words, search_type="websearch", config="simple")
    steps = Step.objects.annotate(found=SearchVector("output", config="simple")).filter(found=query)
    lines = TranscriptEntry.objects.annotate(found=SearchVector("blocks", config="simple")).filter(found=query)
    return rows.filter(Q(pk__in=steps.values("turn")) | Q(pk__in=lines.values("turn")))
