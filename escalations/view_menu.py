"""All views of the inbox with their numbers, labels, and the views that somebody saved under a name."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from conversations.models import Conversation
from escalations import inbox
from escalations.inbox_address import asked_in, query_of
from escalations.models import Label, SavedView
from tenants.access import business_of, find, membership_of, staff_page

SAVED_AT_MOST = 30


class SavedViewForm(forms.Form):
    name = forms.CharField(max_length=60, label=_("Save this view as"))
    for_all = forms.BooleanField(required=False, label=_("For everybody here"))


@staff_page
@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """A fragment below the inbox's menu; a page of its own where there is no JavaScript."""
    asked, user_id = asked_in(request), membership_of(request).user_id
    counts = _counts(user_id)
    saved = SavedView.objects.filter(Q(owner_id=user_id) | Q(owner_id__isnull=True))
    context: dict[str, Any] = {
        "section": "inbox",
        "views": [
            {
                "label": label,
                "url": reverse("inbox") + query_of(view=name, q=asked.words),
                "count": counts.get(name, 0),
                "active": name == asked.view,
            }
            for name, label in inbox.VIEWS.items()
        ],
        "labels": [
            {"label": each, "url": reverse("inbox") + query_of(label=each.pk), "active": each.pk == asked.label_id}
            for each in Label.objects.all()
        ],
        "saved": [{"view": each, "url": reverse("inbox") + query_of(**_known(each.query))} for each in saved],
        "query": query_of(view=asked.view, q=asked.words, label=asked.label_id or "")[1:],
        "plain": asked.view == "all" and not asked.words and not asked.label_id,
        "form": SavedViewForm(),
    }
    return render(request, "desk/_views_menu.html" if "HX-Request" in request.headers else "desk/views.html", context)


@staff_page
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """The view, words and label of `query` under a name of one's own or of everybody's."""
    query = _known(QueryDict(request.POST.get("query", "")[:300]).dict())
    back = redirect(reverse("inbox") + query_of(**query))
    form = SavedViewForm(request.POST)
    if not form.is_valid() or business_of(request).suspended:
        messages.error(request, gettext("Give the view a name of at most 60 letters."))
        return back
    owner = None if form.cleaned_data["for_all"] else membership_of(request).user_id
    if SavedView.objects.filter(owner_id=owner).count() >= SAVED_AT_MOST:
        messages.error(
            request,
            gettext("There can be %(saved_at_most)s saved views. Remove one first.") % {"saved_at_most": SAVED_AT_MOST},
        )
        return back
    SavedView.objects.update_or_create(
        owner_id=owner, name=" ".join(form.cleaned_data["name"].split()), defaults={"query": query}
    )
    messages.success(request, gettext("Saved. You find it under Views."))
    return back


@staff_page
@require_POST
def forget_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """One's own; everybody's only by those who manage the business."""
    membership = membership_of(request)
    reach = Q(owner_id=membership.user_id) | (Q(owner_id__isnull=True) if membership.manages else Q(pk__in=[]))
    view = find(request, SavedView.objects.filter(reach), pk=view_id)
    view.delete()
    messages.success(request, gettext("“%(view)s” is removed.") % {"view": view.name})
    return redirect("inbox")


def _counts(user_id: int) -> dict[str, int]:
    """How many stand in each view, in one query; "all" and "resolved" are not counted: nobody works them off."""
    counted = {**inbox.BY_VIEW, "mine": inbox.mine(user_id)}
    rows = Conversation.objects.exclude(status=Conversation.Status.RESOLVED)
    wanted = ("needs_you", "mine", "unassigned", "assistant", "snoozed")
    found: dict[str, int] = rows.aggregate(**{name: Count("pk", filter=counted[name]) for name in wanted})
    return found


def _known(query: dict[str, Any]) -> dict[str, str]:
    """Of a saved or posted query what an inbox understands, as short texts."""
    return {name: str(query[name])[:100] for name in ("view", "q", "label") if query.get(name)}
