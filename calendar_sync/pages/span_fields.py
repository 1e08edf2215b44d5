"""Form fields for lengths of time, written in words, and lists of them as chips."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext_lazy

from calendar_sync.span_text import SpanRefused, parts_of, span_from


def span_words(minutes: int) -> str:
    """As span_text, in the reader's language; span_from understands both."""
    said = {
        "week": ngettext_lazy("%(count)s week", "%(count)s weeks", "count"),
        "day": ngettext_lazy("%(count)s day", "%(count)s days", "count"),
        "hour": ngettext_lazy("%(count)s hour", "%(count)s hours", "count"),
        "minute": ngettext_lazy("%(count)s minute", "%(count)s minutes", "count"),
    }
    return " ".join(said[unit] % {"count": count} for count, unit in parts_of(minutes))


class SpanField(forms.CharField):
    """ "2 days" ↔ 2880. Empty is None, or `empty` where that is given. `most`, `least`: minutes."""

    def __init__(self, *, empty: int | None = None, least: int = 0, most: int = 525_600, **kwargs: Any) -> None:
        self.empty, self.least, self.most = empty, least, most
        super().__init__(max_length=60, required=kwargs.pop("required", False), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if value == self.empty:
            return ""
        return span_words(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return self.empty
        try:
            minutes = span_from(text)
        except SpanRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        if not self.least <= minutes <= self.most:
            raise ValidationError(
                gettext("Between %(least)s and %(most)s.")
                % {"least": span_words(self.least), "most": span_words(self.most)}
            )
        return minutes

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class SpanChips(forms.TypedMultipleChoiceField):
    """Lengths to tick; those that a row already has are offered along with the common ones. Minutes, longest first."""

    def __init__(self, *, common: Iterable[int], **kwargs: Any) -> None:
        self.common = tuple(common)
        super().__init__(
            coerce=int, required=False, widget=forms.CheckboxSelectMultiple, choices=_choices(self.common), **kwargs
        )

    def offer(self, more: Iterable[int]) -> None:
        self.choices = _choices({*self.common, *more})


def _choices(minutes: Iterable[int]) -> list[tuple[int, str]]:
    return [(each, span_words(each)) for each in sorted(minutes, reverse=True)]
