"""The form in which a business words its assistant's next version."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agents.llm.catalogue import MODELS
from agents.models import AssistantVersion

BY_RULE = _("Chosen by rule: fast for ordinary messages, capable for hard ones")
ROLES = ("fast", "capable")
WORDS = ("name", "tone", "instructions", "provider", "model")


class DraftForm(forms.ModelForm):
    class Meta:
        model = AssistantVersion
        fields = WORDS
        labels = {"name": _("Name"), "tone": _("Tone"), "provider": _("Who answers")}
        help_texts = {
            "name": _("What it calls itself, such as “Mia, the assistant of Bright Smile”."),
            "tone": _("One or two sentences on how it should sound."),
            "provider": _("The guided flow needs no language model, and steps in whenever the model can’t be reached."),
        }
        widgets = {"tone": forms.Textarea(attrs={"rows": 2})}

    instructions = forms.CharField(
        label=_("Instructions"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What it should know or mind beyond services, hours and prices."),
    )
    model = forms.ChoiceField(label=_("Model"), required=False, help_text=_("Used only when Claude answers."))
    fast = forms.ChoiceField(required=False, label=_("Model for easy messages"))
    capable = forms.ChoiceField(required=False, label=_("Model for hard messages"))

    def __init__(self, data: QueryDict | None = None, *, version: AssistantVersion) -> None:
        initial = {name: getattr(version, name) for name in WORDS} | {role: version.roles.get(role) for role in ROLES}
        super().__init__(data, initial=initial, prefix="draft")
        used = {version.model, *version.roles.values()} - {""}
        known = {name: gettext(model.label) for name, model in MODELS.items()}
        known |= {each: each for each in used if each not in known}
        self._choose(
            "model",
            {"": str(BY_RULE)}
            | {name: gettext("Always %(label)s") % {"label": label} for name, label in known.items()},
        )
        for role in ROLES:
            self._choose(role, {"": gettext("As the business has it")} | known)

    def _choose(self, name: str, choices: dict[str, str]) -> None:
        self.fields[name].choices = list(choices.items())  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        words: dict[str, Any] = {name: self.cleaned_data[name] for name in WORDS}
        return words | {"roles": {role: self.cleaned_data[role] for role in ROLES if self.cleaned_data[role]}}


class RuleForm(forms.Form):
    id = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    correction = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What to do"),
        required=False,
        choices=[("say", _("Mind this when answering")), ("escalate", _("Hand over"))],
    )
    text = forms.CharField(
        label=_("Rule"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In plain words. An emptied rule is removed."),
    )


RuleForms = forms.formset_factory(RuleForm, extra=1, max_num=60)


class Editor:
    """The whole draft but for its red flags, which have a page of their own: its words and its rules."""

    def __init__(self, version: AssistantVersion, data: QueryDict | None = None) -> None:
        self._version = version
        self.words = DraftForm(data, version=version)
        self.rules = RuleForms(data, initial=version.rules, prefix="rule")

    def is_valid(self) -> bool:
        return all([self.words.is_valid(), self.rules.is_valid()])

    @property
    def changes(self) -> dict[str, Any]:
        """For agents.versions.edit."""
        return self.words.changes | {"rules": self._kept_rules()}

    def _kept_rules(self) -> list[dict[str, Any]]:
        """Ids stay; a new rule takes the next free number."""
        kept, used = [], {str(rule.get("id")) for rule in self._version.rules}
        for form in self.rules:
            data = form.cleaned_data
            if not data.get("text"):
                continue
            name = data["id"] if data["id"] in used else _next_id(used)
            used.add(name)
            rule = {"id": name, "kind": data["kind"] or "say", "text": data["text"]}
            kept.append(rule | ({"correction": data["correction"]} if data["correction"] else {}))
        return kept


def _next_id(used: set[str]) -> str:
    numbers = [int(each[1:]) for each in used if each[:1] == "r" and each[1:].isdecimal()]
    return f"r{max(numbers, default=0) + 1}"
