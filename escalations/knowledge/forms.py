"""Forms of the knowledge pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.formsets import BaseFormSet
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agents.knowledge.entries import LONGEST, Writing
from agents.knowledge.imported import ENDINGS, cleaned
from agents.llm.guided.languages.detecting import languages_spoken
from agents.models import KnowledgeEntry

MOST_FILES = 10
LONGEST_PAGE = 400_000  # characters of a pasted page, markup included
LANGUAGES = {
    "en": _("English"),
    "de": _("German"),
    "es": _("Spanish"),
    "fr": _("French"),
    "pt": _("Portuguese"),
    "it": _("Italian"),
    "nl": _("Dutch"),
    "pl": _("Polish"),
    "tr": _("Turkish"),
    "ar": _("Arabic"),
    "uk": _("Ukrainian"),
    "xx": _("Another language"),
}
GUESSED_FROM = 240  # words


def guessed_language(text: str, default: str) -> str:
    """By its small words; the business's own when they don't tell."""
    words = text[:8000].split()[:GUESSED_FROM]
    parts = (" ".join(words[place : place + 60]) for place in range(0, len(words), 60))
    spoken = list(languages_spoken(parts, default))
    return spoken[-1] if spoken else default


class EntryForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("What it is about, in a few words, as a patient would say it.")
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Plain text or Markdown. Only what every patient may read: no names, no passwords."),
        error_messages={
            "max_length": format_lazy(
                _("At most {most} characters: split it into several entries."), most=f"{LONGEST:,}"
            )
        },
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()), help_text=_("Of the text."))
    valid_from = forms.DateField(
        label=_("Valid from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day. After it the assistant no longer answers from this."),
    )

    def clean_title(self) -> str:
        return self._seen("title")

    def clean_body(self) -> str:
        return self._seen("body")

    def _seen(self, name: str) -> str:
        """Without what can't be seen; of that alone nothing would be left."""
        text = cleaned(self.cleaned_data[name])
        if not text:
            raise forms.ValidationError(self.fields[name].error_messages["required"])
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begin, end = data.get("valid_from"), data.get("valid_until")
        if begin and end and end < begin:
            self.add_error("valid_until", gettext("This is before the first day."))
        return data

    def writing(self, *, origin: str = KnowledgeEntry.Origin.TYPED, source: str = "") -> Writing:
        names = ("title", "body", "language", "valid_from", "valid_until")
        return Writing(**{name: self.cleaned_data[name] for name in names}, origin=origin, source=source)


class ReadForm(EntryForm):
    """What was read from a file or a page, before it is saved."""

    keep = forms.BooleanField(label=_("Save this"), required=False)
    origin = forms.ChoiceField(
        choices=[(each, each) for each in (KnowledgeEntry.Origin.FILE, KnowledgeEntry.Origin.PAGE)],
        widget=forms.HiddenInput,
    )
    source = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and not self.data.get(self.add_prefix("keep")):
            for name in ("title", "body"):  # what isn't kept may be anything
                self.fields[name].required = False

    def _seen(self, name: str) -> str:
        return super()._seen(name) if self.fields[name].required else cleaned(self.cleaned_data[name])


ReadForms: "type[BaseFormSet[ReadForm]]" = forms.formset_factory(
    ReadForm, extra=0, max_num=MOST_FILES, absolute_max=MOST_FILES, validate_max=True
)


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> Any:
        given: Sequence[UploadedFile] = data if isinstance(data, list | tuple) else [data]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(gettext("At most %(most)s files at once.") % {"most": MOST_FILES})
        if any(each is not None and not each.size for each in given) and len(given) > 1:
            return given  # an empty one is told beside its name
        if not given:
            super().clean(None, initial)
        for each in given:
            super().clean(each, initial)
        return given


class FilesForm(forms.Form):
    uploads = FilesField(
        label=_("Files"),
        allow_empty_file=True,
        widget=_Files(attrs={"accept": ",".join(ENDINGS)}),
        help_text=_("Text, Markdown, PDF or HTML; up to ten, of 5 MB each."),
    )


class PageForm(forms.Form):
    page = forms.CharField(
        label=_("Text of the page"),
        max_length=LONGEST_PAGE,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Copy the page, or its HTML. We don’t open addresses ourselves."),
        error_messages={"max_length": _("This is too long: paste the part that patients ask about.")},
    )
    address = forms.CharField(
        label=_("Where it is from"),
        max_length=300,
        required=False,
        help_text=_("For your own memory, such as its address."),
    )
