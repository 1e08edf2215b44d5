"""What staff do on a contact's page: details, labels, the way to its conversation; joining two contacts."""

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conversations.models import Contact, Conversation
from escalations import contact_views, labelling
from escalations.contacts import details, merging
from escalations.contacts.details import DetailsForm
from escalations.inbox_address import is_id
from escalations.models import ContactMerge
from tenants.access import business_of, find, membership_of, staff_page


@staff_page
@require_POST
def save_details(request: HttpRequest, contact_id: int) -> HttpResponse:
    contact = find(request, Contact, pk=contact_id)
    form = DetailsForm(request.POST, contact=contact)
    if not form.is_valid():
        return contact_views.shown(request, contact.pk, editing=form)
    details.save(business_of(request), membership_of(request).user, contact, form.cleaned_data)
    messages.success(request, gettext("Saved."))
    return redirect("contact", contact.pk)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def contact_labels(request: HttpRequest, contact_id: int) -> HttpResponse:
    """The labels of a contact, to be ticked; a new one can be made on the way."""
    contact = find(request, Contact.objects.filter(erased_at__isnull=True), pk=contact_id)
    error = ""
    if request.method == "POST":
        wanted = [int(each) for each in request.POST.getlist("label") if is_id(each)]
        try:
            if name := request.POST.get("new", "").replace("\x00", "").strip():
                wanted.append(labelling.make(name).pk)
        except labelling.LabelRefused as refused:
            error = str(refused)
        labelling.put_on_contact(business_of(request), contact, wanted)
        if "HX-Request" not in request.headers:
            if error:
                messages.error(request, error)
            return redirect("contact", contact.pk)
    elif "HX-Request" not in request.headers:
        return redirect("contact", contact.pk)
    worn = Contact.objects.annotate(labels=labelling.choice_for_contact("pk")).get(pk=contact.pk)
    context = {"contact": worn, "label_error": error}
    return render(request, "desk/_contact_labels.html", context, status=422 if error else 200)


@staff_page
@require_safe
def conversation_of(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Where the contact wrote last; the contact's page where there is nothing yet."""
    contact = find(request, Contact, pk=contact_id)
    rows = Conversation.objects.filter(contact_id=contact.merged_into_id or contact.pk)
    newest = rows.order_by(F("last_inbound_at").desc(nulls_last=True), "-pk").first()
    return redirect("conversation", newest.pk) if newest else redirect("contact", contact.pk)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def join_page(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Who else this contact is: found by name or number, chosen by a person."""
    contact = find(request, merging.with_figures(Contact.objects.filter(merged_into__isnull=True)), pk=contact_id)
    refusal = ""
    if request.method == "POST":
        other = find(request, Contact, pk=request.POST["other"] if is_id(request.POST.get("other", "")) else 0)
        try:
            merging.merge(business_of(request), membership_of(request).user, contact, other)
        except merging.MergeRefused as error:
            refusal = str(error)
        else:
            messages.success(request, gettext("They are one contact now."))
            return redirect("contact", contact.pk)
    query = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    context = {
        "contact": contact,
        "query": query,
        "found": merging.candidates(contact, query),
        "refusal": refusal,
        "section": "contacts",
    }
    return render(request, "desk/contact_join.html", context, status=422 if refusal else 200)


@staff_page
@require_POST
def unjoin(request: HttpRequest, merge_id: int) -> HttpResponse:
    made = find(request, ContactMerge, pk=merge_id)
    if merging.undo(business_of(request), membership_of(request).user, made.pk) is None:
        messages.error(request, gettext("This can’t be taken back any more."))
    else:
        messages.success(request, gettext("They are two contacts again."))
    return redirect("contact", made.kept_id)
