"""What a channel's folder says about connecting: a form, and what has to be pasted at the vendor afterwards.

`connect.py` of a folder holds a ConnectForm named `Form`; a channel without one can't be connected from the settings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext

from conversations.models import Channel
from tenants.models import Business

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, kw_only=True)
class ToPaste:
    """Something that the person copies from our page into the vendor's."""

    slug: str  # unique in the page
    title: str
    note: str
    text: str
    label: str  # for screen readers


class ConnectForm(forms.Form):
    tab: ClassVar[str]  # "Twilio"
    intro: ClassVar["str | _StrPromise"]  # what is needed before
    connected: ClassVar["str | _StrPromise"]  # said when it worked: what to do next
    works: ClassVar["str | _StrPromise"]  # said by a check that found nothing wrong
    address_field: ClassVar[str] = "number"  # where a refused number is said
    vendor: ClassVar[str]  # "Twilio"
    by_hand: ClassVar["str | _StrPromise"] = ""  # where the fields' contents are found
    sign_up: ClassVar[str] = ""  # the name of the address where connecting without copying begins
    sign_up_words: ClassVar[tuple["str | _StrPromise", "str | _StrPromise"]] = (
        "",
        "",
    )  # what happens there, and the button
    refusals: ClassVar[Mapping[str, "_StrPromise"]]  # the vendor's codes of a test message, in words

    @classmethod
    def said_of(cls, code: str) -> str:
        """What the vendor answered, for a person."""
        other = gettext("%(vendor)s did not take it (%(code)s). Please try again in a minute.")
        return str(cls.refusals.get(code) or other % {"vendor": cls.vendor, "code": code})

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.business = business

    def connect(self) -> Channel:
        """Of a valid form. Raises NumberRefused."""
        raise NotImplementedError

    @staticmethod
    def to_paste(channel: Channel) -> Sequence[ToPaste]:
        raise NotImplementedError

    @staticmethod
    def can_sign_up() -> bool:
        """Whether this server is set up for it."""
        return False

    @staticmethod
    def whose(channel: Channel) -> str:
        """ "your own Twilio account" """
        raise NotImplementedError
