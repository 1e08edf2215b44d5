"""What staff write down about a contact."""

from django import forms

from agents.memory import facts
from agents.memory.subjects import SUBJECTS


class FactForm(forms.Form):
    subject = forms.ChoiceField(
        label="About",
        choices=[(name, each.label) for name, each in SUBJECTS.items()],
        initial="other",
        help_text="A note about the preferred time or practitioner, getting around, fears or the language takes the "
        "place of the one before.",
    )
    text = forms.CharField(
        label="What should be remembered?",
        max_length=facts.LONGEST,
        help_text="One short sentence. The assistant is told it without names and numbers.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CorrectionForm(forms.Form):
    text = forms.CharField(label="What is right?", max_length=facts.LONGEST)
