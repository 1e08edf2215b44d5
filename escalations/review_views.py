"""What the reviewer noticed in finished conversations; staff look at it and say that they have seen it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from agents.models import Review, ReviewShare
from agents.review_rules import SORTS
from conversations.models import Conversation
from escalations import inbox
from escalations.assistant_tabs import assistant_tabs
from escalations.overview import overview
from tenants import clock
from tenants.access import business_of, find, membership_of, staff_page
from tenants.audit import record

PAGE = 30


class ShareForm(forms.ModelForm):
    class Meta:
        model = ReviewShare
        fields = ("percent",)
        labels = {"percent": _("Share that is looked at (%)")}
        help_texts = {"percent": _("Of the conversations that have rested for two hours. 0 looks at none.")}
        widgets = {"percent": forms.NumberInput(attrs={"min": "0", "max": "100"})}


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def reviews_page(request: HttpRequest) -> HttpResponse:
    """Everybody on the staff reads; owners and admins choose how much is looked at."""
    member = membership_of(request)
    share = ReviewShare.objects.first() or ReviewShare()
    if request.method != "POST":
        return _page(request, ShareForm(instance=share))
    if not member.manages:
        raise Http404("not for this role")
    form = ShareForm(request.POST, instance=share)
    if not form.is_valid():
        return _page(request, form, status=422)
    form.save()
    record(business_of(request), member.user, "reviews.share", "", percent=share.percent)
    messages.success(request, gettext("Saved."))
    return redirect("reviews")


@staff_page
@require_POST
def seen(request: HttpRequest, review_id: int) -> HttpResponse:
    """Seen, or (with `undo`) not seen after all. The first who says so counts."""
    review = find(request, Review, pk=review_id)
    if request.POST.get("undo"):
        Review.objects.filter(pk=review.pk).update(seen_at=None, seen_by_id=None)
    else:
        user = membership_of(request).user
        Review.objects.filter(pk=review.pk, seen_at__isnull=True).update(seen_at=clock.now(), seen_by_id=user.pk)
    return redirect("reviews")


def _page(request: HttpRequest, form: ShareForm, status: int = 200) -> HttpResponse:
    waiting = Review.objects.filter(flagged=True, seen_at__isnull=True).order_by("-pk")
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    lately = list(Review.objects.exclude(flagged=True, seen_at__isnull=True).order_by("-pk")[:PAGE])
    ids = {review.conversation_id for review in [*page, *lately]}
    rows = Conversation.objects.filter(pk__in=ids).select_related("contact", "identity")
    names = {each.pk: inbox.title_of(business_of(request), each) for each in rows}
    context = {
        "tabs": assistant_tabs("reviews"),
        "page": page,
        "waiting": [_row(review, names) for review in page],
        "lately": [_row(review, names) for review in lately],
        "form": form if membership_of(request).manages else None,
        "section": "assistant",
        "nav_counts": overview(business_of(request)),
    }
    return render(request, "desk/reviews.html", context, status=status)


def _row(review: Review, names: dict[int, str]) -> dict[str, Any]:
    flags = [{**flag, "label": gettext(SORTS.get(flag["sort"], SORTS["other"]))} for flag in review.flags]
    by = gettext("rules") if review.made_by == "rules" else review.made_by
    return {
        "review": review,
        "name": names.get(review.conversation_id, gettext("Contact is gone")),
        "flags": flags,
        "by": by,
    }
