"""What a member of staff chooses for themselves: being away, what they are told of, how, and when not."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from conversations.connecting import NumberRefused, e164
from escalations.models import StaffState
from escalations.telling.words import KINDS
from tenants import clock
from tenants.models import Business, Membership

TIME = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
MOMENT = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class NotificationsForm(forms.Form):
    away = forms.BooleanField(
        required=False,
        label=_("I am away"),
        help_text=_("Nothing is given to me in turn, and I am told of nothing new."),
    )
    away_until = forms.DateTimeField(
        required=False,
        label=_("Until"),
        help_text=_("Patients are promised no answer before somebody is back."),
        widget=MOMENT,
    )
    told_of = forms.MultipleChoiceField(
        required=False,
        label=_("Tell me beyond this page when"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, said.setting) for kind, said in KINDS.items()],
        help_text=_("The bell shows everything in any case."),
    )
    notify_by_email = forms.BooleanField(
        required=False,
        label=_("Mail me"),
        help_text=_("The mail holds the reason and a link, nothing of what was written."),
    )
    digest = forms.BooleanField(
        required=False,
        label=_("One mail a day instead of one each"),
        help_text=_("At 8:00, with what I have not looked at. Red flags are mailed at once."),
    )
    tell_by_push = forms.BooleanField(required=False, label=_("Tell the browsers that I switched on below"))
    tell_by_whatsapp = forms.BooleanField(required=False, label=_("Tell my phone on WhatsApp"))
    quiet_from = forms.TimeField(required=False, label=_("Leave me alone from"), widget=TIME)
    quiet_until = forms.TimeField(
        required=False,
        label=pgettext_lazy("end of a time", "until"),
        widget=TIME,
        help_text=_("Every day; what comes meanwhile is told afterwards."),
    )
    urgent_at_night = forms.BooleanField(required=False, label=_("Wake me for red flags all the same"))

    def __init__(self, data: Any = None, *, membership: Membership, state: StaffState) -> None:
        self.membership, self.state = membership, state
        kept = {name: getattr(state, name) for name in self.base_fields if hasattr(state, name)}
        told_of = [kind.value for kind in KINDS if kind not in state.muted]
        initial = {**kept, "notify_by_email": membership.notify_by_email, "told_of": told_of}
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("quiet_from")) != bool(given.get("quiet_until")):
            self.add_error("quiet_until", gettext("Give both times, or neither."))
        until = given.get("away_until")
        if given.get("away") and isinstance(until, dt.datetime) and until <= clock.now():
            self.add_error("away_until", gettext("This lies in the past."))
        return given

    def save(self) -> None:
        given = self.cleaned_data
        self.membership.notify_by_email = given["notify_by_email"]
        self.membership.save(update_fields=["notify_by_email"])
        fields = {name: given[name] for name in given if name not in ("told_of", "notify_by_email")}
        fields["muted"] = [kind.value for kind in KINDS if kind.value not in given["told_of"]]
        if not given["away"]:
            fields["away_until"] = None
        StaffState.objects.update_or_create(staff_id=self.membership.user_id, defaults=fields)


class PhoneForm(forms.Form):
    number = forms.CharField(
        max_length=40,
        label=_("My mobile number"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Write your number.")},
    )

    def __init__(self, *args: Any, business: Business, **more: Any) -> None:
        super().__init__(*args, **more)
        self.business = business

    def clean_number(self) -> str:
        try:
            return e164(self.cleaned_data["number"], self.business.country)
        except NumberRefused as error:
            raise forms.ValidationError(str(error)) from error
