"""Which signs the contacts of a number see: that they were read, that somebody types."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from conversations.channels.base import ChannelAdapter
from conversations.channels.registry import adapter_for, connect_forms
from conversations.models import Channel
from tenants.access import business_of, find, manager_page, membership_of
from tenants.audit import record

TYPING = _("People see “typing…” while the assistant thinks. WhatsApp marks their message as read with it.")
NO_TYPING = _("This kind of number knows no “typing…”.")
READ = _("People see the blue ticks once the assistant begins to answer, or somebody of the team has opened it.")
NOT_ALONE = _("With this vendor a message is marked as read together with “typing…” only.")


class SignsForm(forms.ModelForm):
    class Meta:
        model = Channel
        fields = ("shows_typing", "marks_read")
        labels = {"shows_typing": _("Show “typing…”"), "marks_read": _("Show that messages were read")}

    def __init__(self, *args: object, adapter: ChannelAdapter, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, works, help_text, why_not in (
            ("shows_typing", adapter.shows_typing, TYPING, NO_TYPING),
            ("marks_read", adapter.marks_read_alone, READ, NOT_ALONE),
        ):
            self.fields[name].disabled = not works
            self.fields[name].help_text = help_text if works else why_not


def form_of(channel: Channel, data: object = None) -> SignsForm:
    adapter = adapter_for(channel.kind)
    return SignsForm(data, instance=channel, adapter=adapter, auto_id=f"id_signs_{channel.pk}_%s")


@manager_page
@require_POST
def save(request: HttpRequest, channel_id: int) -> HttpResponse:
    channel = find(request, Channel.objects.filter(active=True, kind__in=connect_forms()), pk=channel_id)
    form = form_of(channel, request.POST)
    if form.is_valid():
        found = form.cleaned_data
        Channel.objects.filter(pk=channel.pk).update(**found, signs_failed=0)
        record(business_of(request), membership_of(request).user, "channel.signs", f"channel {channel.pk}")
        messages.success(request, gettext("Saved. It counts from the next message on."))
    return redirect("settings_channels")
