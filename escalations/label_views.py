"""Labels: a settings page of their own, and the ones of a conversation."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from conversations.models import Conversation
from escalations import labelling
from escalations.inbox_address import is_id
from escalations.models import Label
from tenants.access import business_of, find, manager_page, staff_page
from tenants.audit import record


class LabelForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=40, error_messages={"required": _("Give the label a name.")})
    colour = forms.ChoiceField(label=_("Colour"), choices=list(labelling.COLOURS.items()))


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def labels_page(request: HttpRequest) -> HttpResponse:
    form = LabelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            label = labelling.make(form.cleaned_data["name"], form.cleaned_data["colour"])
        except labelling.LabelRefused as error:
            form.add_error("name", str(error))
        else:
            record(business_of(request), request.user, "label.made", f"label {label.pk}")
            messages.success(request, gettext("“%(label)s” can be put on conversations now.") % {"label": label.name})
            return redirect("settings_labels")
    context = {"form": form, "labels": labelling.with_use(), "section": "settings"}
    return render(request, "desk/labels.html", context, status=422 if form.errors else 200)


@manager_page
@require_POST
def remove_label(request: HttpRequest, label_id: int) -> HttpResponse:
    """Gone from every conversation; the page asks first when any bears it."""
    label = find(request, Label, pk=label_id)
    number = label.pk
    label.delete()
    record(business_of(request), request.user, "label.removed", f"label {number}")
    messages.success(request, gettext("“%(label)s” is removed.") % {"label": label.name})
    return redirect("settings_labels")


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def conversation_labels(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """The labels of a conversation, to be ticked; a new one can be made on the way."""
    conversation = find(request, Conversation, pk=conversation_id)
    error = ""
    if request.method == "POST":
        wanted = [int(each) for each in request.POST.getlist("label") if is_id(each)]
        try:
            if name := request.POST.get("new", "").replace("\x00", "").strip():
                wanted.append(labelling.make(name).pk)
        except labelling.LabelRefused as refused:
            error = str(refused)
        labelling.put(business_of(request), conversation, wanted)
        if "HX-Request" not in request.headers and not error:
            return redirect("conversation", conversation.pk)
    labels = labelling.for_conversation(conversation)
    context = {"conversation": conversation, "labels": labels, "label_error": error, "section": "inbox"}
    template = "desk/_labels.html" if "HX-Request" in request.headers else "desk/conversation_labels.html"
    return render(request, template, context, status=422 if error else 200)
