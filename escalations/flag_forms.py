"""Forms of the red flags: phrases that raise one, what is said at once, and a flag of one's own."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agents.flag_words import fault_of_phrase, leads_to_help
from agents.flags import ANY, FlagInForce, Wording

LANGUAGES = {
    "": _("Any language"),
    "en": _("English"),
    "de": _("German"),
    "es": _("Spanish"),
    "fr": _("French"),
    "pt": _("Portuguese"),
}
LEADS_NOWHERE = _("Say whom to call or where to turn: it needs a telephone number, a web address or an e-mail address.")
BRACES = _("Write it out as patients are to read it, without { and }.")
STAR = _(
    "One a line. Up to two other words may stand between the words of a phrase; capitals, accents and one wrong letter "
    "in a long word do not matter. A star stands for any ending: “suicid*”."
)
SIGNPOST = _("Sent at once, word for word. It has to say whom to call: a telephone number, a web or an e-mail address.")
PHRASES_AT_ONCE = 40


class SignpostField(forms.CharField):
    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=600, widget=forms.Textarea(attrs={"rows": 3}), **more)

    def clean(self, value: Any) -> str:
        said = " ".join(str(super().clean(value)).split())
        if "{" in said.replace("{phone}", "") or "}" in said.replace("{phone}", ""):
            raise forms.ValidationError(BRACES)
        if said and not leads_to_help(said):
            raise forms.ValidationError(LEADS_NOWHERE)
        return said


class PhrasesField(forms.CharField):
    """One a line → a list of phrases that may be added."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), help_text=STAR, **more)

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in str(super().clean(value)).splitlines()]
        phrases = list(dict.fromkeys(line for line in lines if line))
        if len(phrases) > PHRASES_AT_ONCE:
            raise forms.ValidationError(gettext("At most %(most)s phrases at once.") % {"most": PHRASES_AT_ONCE})
        faults = [fault for fault in map(fault_of_phrase, phrases) if fault]
        if faults:
            raise forms.ValidationError(faults)
        return phrases


class NewFlagForm(forms.Form):
    name = forms.CharField(
        label=_("What it is about"),
        max_length=40,
        help_text=_("Your team reads it in the alert, such as “Needle injury”."),
    )
    phrases = PhrasesField(label=_("Words that raise it"))
    signpost = SignpostField(label=_("What is said at once"), help_text=SIGNPOST)

    def __init__(self, data: QueryDict | None = None, *, taken: Iterable[str] = ()) -> None:
        super().__init__(data, prefix="new")
        self._taken = {name.casefold() for name in taken}

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if name.casefold() in self._taken:
            raise forms.ValidationError(
                gettext("There is a red flag of this name already: add your phrases to that one.")
            )
        return name


class PhrasesForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), help_text=_("The one in which it is answered."))
    phrases = PhrasesField(label=_("More words that raise it"))

    def __init__(self, data: QueryDict | None = None, *, flag: FlagInForce, language: str) -> None:
        spoken = [each.language for each in flag.wordings]
        super().__init__(data, prefix="more", initial={"language": language if language in spoken else spoken[0]})
        self._flag = flag
        field: Any = self.fields["language"]
        field.choices = [(code, LANGUAGES[code]) for code in spoken]
        if spoken == [ANY]:
            field.required, field.widget = False, forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wording = self._flag.wording(data.get("language", ""))
        known = {phrase.casefold() for phrase in wording.phrases} if wording else set()
        for phrase in data.get("phrases", []):
            if phrase.casefold() in known:
                self.add_error("phrases", gettext("“%(phrase)s” is heard already.") % {"phrase": phrase})
        return data


class SignpostsForm(forms.Form):
    """What is said at once, a field for each language of the flag."""

    def __init__(self, data: QueryDict | None = None, *, flag: FlagInForce) -> None:
        super().__init__(data, prefix="says")
        for wording in flag.wordings:
            self.fields[_field(wording)] = SignpostField(
                label=_label(wording) if flag.built_in else gettext("What is said at once"),
                required=not flag.built_in,
                initial=wording.signpost,
                help_text="" if flag.built_in else SIGNPOST,
            )
        self._languages = {_field(wording): wording.language for wording in flag.wordings}

    @property
    def signposts(self) -> dict[str, str]:
        """By language."""
        return {code: self.cleaned_data[name] for name, code in self._languages.items()}


def _field(wording: Wording) -> str:
    return wording.language or "any"


def _label(wording: Wording) -> str:
    return LANGUAGES[wording.language] + (gettext(" (your own words)") if wording.own_signpost else "")
