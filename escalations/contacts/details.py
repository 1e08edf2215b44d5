"""What staff know of a contact as such: what they are called, what they speak, what to know before answering."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from conversations.automatic_texts import LANGUAGES
from conversations.models import Contact, Conversation
from tenants import audit
from tenants.events import publish
from tenants.models import Business, User

NAMES = {"en": _("English"), "de": _("German"), "es": _("Spanish"), "fr": _("French"), "pt": _("Portuguese")}
LEARN = _("As they write")


class DetailsForm(forms.Form):
    """Filled in from the contact; `language` is empty where it is to be learned."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False, help_text=_("Empty: as WhatsApp shows it."))
    language = forms.ChoiceField(
        label=_("Language"), required=False, help_text=_("What goes out by itself is written in it.")
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For the team only."),
    )

    def __init__(self, given: QueryDict | None = None, *, contact: Contact) -> None:
        said = contact.language if contact.language_by else ""
        initial = {"name": contact.name, "language": said, "note": contact.note}
        super().__init__(given, initial=initial, prefix="details")
        learned = "" if contact.language_by else NAMES.get(contact.language, "")
        first = f"{LEARN} ({learned})" if learned else LEARN
        field: Any = self.fields["language"]
        field.choices = [("", first), *((code, NAMES[code]) for code in LANGUAGES)]


def save(business: Business, user: User, contact: Contact, given: dict[str, Any]) -> None:
    """What was given, as by this member of staff. A language that was said is not learned over."""
    before = (contact.name, contact.language, contact.language_by, contact.note)
    contact.name, contact.note = " ".join(given["name"].split()), given["note"].strip()
    if given["language"]:
        contact.language, contact.language_by = given["language"], user.pk
    elif contact.language_by is not None:
        contact.language, contact.language_by = "", None
    if before == (contact.name, contact.language, contact.language_by, contact.note):
        return
    contact.save(update_fields=["name", "language", "language_by", "note"])
    audit.record(business, user, "contact.edited", f"contact {contact.pk}")
    for pk in Conversation.objects.filter(contact=contact).values_list("pk", flat=True):
        publish(business, "conversation", pk)
