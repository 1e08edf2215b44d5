"""What we add to allauth's sign-up: the person's name."""

from django import forms
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tenants.models import User


class NameForm(forms.Form):
    name = forms.CharField(max_length=120, label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.language = translation.get_language() or ""  # mails have no browser to ask
        user.save(update_fields=["name", "language"])
