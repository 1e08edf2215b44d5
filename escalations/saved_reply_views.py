"""Saved replies: a settings page, and the list below the reply box."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escalations import saved_replies
from escalations.inbox_address import id_in
from escalations.models import SavedReply
from escalations.views import conversation_at
from tenants import clock
from tenants.access import business_of, find, membership_of, staff_page


class SavedReplyForm(forms.ModelForm):
    class Meta:
        model = SavedReply
        fields = ("shortcut", "text")
        labels = {"shortcut": _("Shortcut"), "text": _("Text")}
        help_texts = {
            "shortcut": _("One word, such as parking: /parking in the reply box brings the text."),
            "text": _("May hold {contact}, {me}, {business} and {next_appointment}."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "maxlength": 4000})}
        error_messages = {
            "shortcut": {
                "invalid": _("Only letters without accents, digits and hyphens."),
            }
        }

    def clean_shortcut(self) -> str:
        shortcut = str(self.cleaned_data["shortcut"]).lower()
        others = SavedReply.objects.filter(shortcut=shortcut, deleted_at__isnull=True).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(gettext("There is a saved reply with this shortcut already."))
        return shortcut

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if unknown := saved_replies.unknown_in(text):
            raise forms.ValidationError(
                gettext("This can’t be filled in: ") + ", ".join(f"{{{each}}}" for each in unknown)
            )
        if len(text) > 4000:
            raise forms.ValidationError(gettext("At most 4,000 characters."))
        return text


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def replies_page(request: HttpRequest) -> HttpResponse:
    """All of them, and the form; `?change=` is the one that is changed."""
    changed = id_in(request, "change")
    known = find(request, SavedReply, pk=changed) if changed else None
    form = SavedReplyForm(request.POST if request.method == "POST" else None, instance=known)
    if form.is_valid():
        reply = form.save(commit=False)
        reply.created_by = reply.created_by or membership_of(request).user_id
        reply.updated_at = clock.now()
        reply.save()
        messages.success(request, gettext("/%(shortcut)s can be used now.") % {"shortcut": reply.shortcut})
        return redirect("settings_replies")
    removed = id_in(request, "removed")
    context: dict[str, Any] = {
        "form": form,
        "removed": SavedReply.objects.filter(pk=removed, deleted_at__isnull=False).first() if removed else None,
        "changed": known,
        "replies": SavedReply.objects.filter(deleted_at__isnull=True),
        "section": "settings",
    }
    return render(request, "desk/saved_replies.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def remove(request: HttpRequest, reply_id: int) -> HttpResponse:
    reply = find(request, SavedReply, pk=reply_id)
    SavedReply.objects.filter(pk=reply.pk).update(deleted_at=clock.now())
    return redirect(f"{reverse('settings_replies')}?removed={reply.pk}")


@staff_page
@require_POST
def restore(request: HttpRequest, reply_id: int) -> HttpResponse:
    reply = find(request, SavedReply, pk=reply_id)
    if SavedReply.objects.filter(shortcut=reply.shortcut, deleted_at__isnull=True).exists():
        messages.error(
            request,
            gettext("There is another /%(shortcut)s by now. Remove that one first.") % {"shortcut": reply.shortcut},
        )
    else:
        SavedReply.objects.filter(pk=reply.pk).update(deleted_at=None)
        messages.success(request, gettext("/%(shortcut)s is back.") % {"shortcut": reply.shortcut})
    return redirect("settings_replies")


@staff_page
@require_safe
def list_for(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """What fits the typed "/…", filled in for this contact: a fragment."""
    conversation = conversation_at(request, conversation_id)
    typed = request.GET.get("q", "").replace("\x00", "").lstrip("/")[:40]
    values = saved_replies.values_for(business_of(request), conversation, membership_of(request).user)
    found = [
        {"shortcut": each.shortcut, "text": saved_replies.filled(each.text, values)}
        for each in saved_replies.fitting(typed)
    ]
    return render(request, "desk/_saved_replies.html", {"replies": found, "typed": typed})
