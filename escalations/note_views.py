"""Writing, removing and bringing back a note. Only who wrote it removes it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from escalations import notes
from escalations.models import Draft, Note
from escalations.views import after, conversation_at, refused
from tenants.access import business_of, find, membership_of, staff_page


class NoteForm(forms.Form):
    text = forms.CharField(
        max_length=notes.LONGEST,
        error_messages={"required": _("Write something first."), "max_length": _("At most 4,000 characters.")},
    )


@staff_page
@require_POST
def write(request: HttpRequest, conversation_id: int) -> HttpResponse:
    conversation, user = conversation_at(request, conversation_id), membership_of(request).user
    form = NoteForm(request.POST)
    if not form.is_valid():
        return refused(request, conversation, str(form.errors["text"][0]))
    notes.write(business_of(request), conversation, user, form.cleaned_data["text"])
    Draft.objects.filter(conversation=conversation, staff_id=user.pk).delete()
    return after(request, conversation)


@staff_page
@require_POST
def remove(request: HttpRequest, note_id: int) -> HttpResponse:
    note = _own(request, note_id)
    notes.remove(business_of(request), note)
    return after(request, note.conversation)


@staff_page
@require_POST
def restore(request: HttpRequest, note_id: int) -> HttpResponse:
    note = _own(request, note_id)
    notes.restore(business_of(request), note)
    return after(request, note.conversation)


def _own(request: HttpRequest, note_id: int) -> Note:
    rows = Note.objects.select_related("conversation").filter(staff_id=membership_of(request).user_id)
    return find(request, rows, pk=note_id)
