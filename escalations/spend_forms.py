"""What owners and admins decide about money: limits in dollars, and which model plays which role."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agents.llm.catalogue import MODELS
from agents.models import ModelRoles, SpendLimit
from tenants.formats import Words

MICRO = 1_000_000
MOST = Decimal(100_000)
AMOUNTS = {  # field → its column in SpendLimit
    "per_day": "per_day_micro",
    "per_month": "per_month_micro",
    "per_conversation": "per_conversation_micro",
    "per_turn": "per_turn_micro",
}


def _amount(label: Words, help_text: Words) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=MOST,
        max_digits=10,
        decimal_places=4,
        error_messages={"required": _("Write an amount; 0 lets no model be called.")},
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": "0"}),
    )


def _dollars(micro: int) -> str:
    """ "100", "0.25": as a person would type it."""
    whole, rest = divmod(micro, MICRO)
    return f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)


class LimitsForm(forms.Form):
    per_day = _amount(_("A day, in dollars"), _("Then the guided flow answers until midnight."))
    per_month = _amount(_("A month, in dollars"), _("Then the guided flow answers until the month is over."))
    per_conversation = _amount(
        _("One conversation in a day, in dollars"), _("Keeps one talkative chat from using it all.")
    )
    per_turn = _amount(
        _("One answer, in dollars"), _("What a single answer may cost before the guided flow takes over.")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, limits: SpendLimit) -> None:
        now = {field: getattr(limits, column) for field, column in AMOUNTS.items()}
        super().__init__(data, initial={field: _dollars(micro) for field, micro in now.items()})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for smaller, larger, words in (
            ("per_day", "per_month", gettext("A day can’t be allowed more than a month.")),
            ("per_conversation", "per_day", gettext("A conversation can’t be allowed more than a day.")),
        ):
            if smaller in given and larger in given and given[smaller] > given[larger]:
                self.add_error(smaller, words)
        return given

    def in_micro(self) -> dict[str, int]:
        """Of a valid form: columns of SpendLimit."""
        return {column: int(self.cleaned_data[field] * MICRO) for field, column in AMOUNTS.items()}


class RolesForm(forms.ModelForm):
    class Meta:
        model = ModelRoles
        fields = ("fast", "capable", "judge", "second_look")

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: ModelRoles) -> None:
        super().__init__(data, instance=instance)
        words = {
            "fast": (gettext("Ordinary messages"), gettext("Most of what patients write.")),
            "capable": (
                gettext("Hard messages"),
                gettext("Complaints, several wishes at once, and whenever something went wrong."),
            ),
            "judge": (
                gettext("Checking and reviewing"),
                gettext("Looks at replies before they are sent, and over finished conversations."),
            ),
        }
        for name, (label, help_text) in words.items():
            known = {model: gettext(each.label) for model, each in MODELS.items()}
            own = getattr(instance, name)
            choices = [*known.items(), *([] if own in known else [(own, own)])]
            self.fields[name] = forms.ChoiceField(label=label, help_text=help_text, choices=choices)
        looks = self.fields["second_look"]
        looks.label = gettext("Look twice at each reply before it is sent")
        looks.help_text = gettext(
            "The model for checking holds every statement of a reply against the diary and what your business says of "
            "itself. That takes a second or two and costs one more call. Without it, rules alone check replies."
        )
