"""What staff say about a reply that was wrong, and what a manager makes of it."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agents.corrections import Approval, Wanted
from agents.models import Correction
from agents.skills.registry import all_skills
from escalations.step_words import skill_words
from tenants.formats import Words

Because = Correction.Because

ONE_A_LINE = _("One a line.")
BECOMES = [
    ("say", _("A rule: mind this when answering")),
    ("escalate", _("A rule: hand over to the team")),
    ("knowledge", _("An entry of what the business tells")),
]
USUALLY = {Because.WRONG_FACT: "knowledge", Because.WRONG_ACT: "escalate"}
HANDOFF = [("", _("Either will do")), ("yes", _("It must hand over")), ("no", _("It must not hand over"))]


class MarkForm(forms.Form):
    because = forms.ChoiceField(label=_("What was wrong"), choices=Because.choices, widget=forms.RadioSelect)
    should_say = forms.CharField(
        label=_("What it should have said"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mend the reply, or leave it as it is. Names and numbers are hidden before it is kept."),
    )


def _lines(label: Words, help_text: Words = ONE_A_LINE) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=False, max_length=2000, widget=widget, help_text=help_text)


class ApproveForm(forms.Form):
    becomes = forms.ChoiceField(label=_("It becomes"), choices=BECOMES, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"), required=False, max_length=120, help_text=_("Of the entry; not needed for a rule.")
    )
    text = forms.CharField(
        label=_("The rule, or what the entry says"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    case_name = forms.CharField(label=_("Name of the saved case"), max_length=120)
    must_say = _lines(_("The reply must hold"), _("Words that have to be in it, one stretch a line."))
    must_not_say = _lines(_("The reply must not hold"))
    must_call = forms.MultipleChoiceField(
        label=_("It must try to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    must_not_call = forms.MultipleChoiceField(
        label=_("It must not try to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    handoff = forms.ChoiceField(label=_("Handing over"), required=False, choices=HANDOFF)

    def __init__(self, data: QueryDict | None = None, *, correction: Correction, language: str) -> None:
        because = Because(correction.because)
        super().__init__(
            data,
            initial={
                "becomes": USUALLY.get(because, "say"),
                "text": correction.should_say[:300],
                "case_name": f"{because.label}: {' '.join(correction.said.split())}"[:80],
                "must_not_say": " ".join(correction.said.split()) if len(correction.said) <= 200 else "",
                "handoff": "yes" if because == Because.WRONG_ACT else "",
            },
        )
        self._language = language
        acts = [(name, skill_words(name)) for name in all_skills() if name != "hand_over"]
        for field in ("must_call", "must_not_call"):
            self.fields[field].choices = acts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("becomes") == "knowledge" and not data.get("title"):
            self.add_error("title", gettext("An entry needs a title."))
        if not any(data.get(name) for name in ("must_say", "must_not_say", "must_call", "must_not_call", "handoff")):
            self.add_error("must_say", gettext("Say at least one thing by which the saved case can be judged."))
        if set(data.get("must_call", ())) & set(data.get("must_not_call", ())):
            self.add_error("must_not_call", gettext("The same act can’t be wanted and forbidden."))
        return data

    @property
    def approval(self) -> Approval:
        data = self.cleaned_data
        return Approval(
            becomes=data["becomes"],
            text=data["text"],
            title=data["title"],
            case_name=data["case_name"],
            language=self._language,
            wanted=Wanted(
                must_say=_each(data["must_say"]),
                must_not_say=_each(data["must_not_say"]),
                must_call=data["must_call"],
                must_not_call=data["must_not_call"],
                handoff={"yes": True, "no": False}.get(data["handoff"]),
            ),
        )


def _each(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
