"""What staff write down about a contact."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.memory import facts
from agents.memory.subjects import SUBJECTS


class FactForm(forms.Form):
    subject = forms.ChoiceField(
        label=_("About"),
        choices=[(name, _(each.label)) for name, each in SUBJECTS.items()],
        initial="other",
        help_text=_(
            "A note about the preferred time or practitioner, getting around, fears or the language takes the "
            "place of the one before."
        ),
    )
    text = forms.CharField(
        label=_("What should be remembered?"),
        max_length=facts.LONGEST,
        help_text=_("One short sentence. The assistant is told it without names and numbers."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CorrectionForm(forms.Form):
    text = forms.CharField(label=_("What is right?"), max_length=facts.LONGEST)
