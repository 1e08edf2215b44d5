"""Where a person lands: the front page, then the one business, or the choice among several."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tenants.invitations import pending_for, token_of
from tenants.models import Business, Membership, User


def landing(request: HttpRequest) -> HttpResponse:
    return render(request, "landing.html")


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """No business: the wizard; one: its inbox; several, or a waiting invitation: the choice."""
    user: User = request.user  # type: ignore[assignment]
    memberships = list(
        Membership.objects.filter(user=user)
        .exclude(business__status=Business.Status.PREPARING)
        .select_related("business")
        .order_by("business__name")
    )
    waiting = [{"row": row, "token": token_of(row)} for row in pending_for(user)]
    if not waiting and not memberships:
        return redirect("start")
    if not waiting and len(memberships) == 1:
        return redirect(memberships[0].business.path)
    return render(request, "tenants/home.html", {"memberships": memberships, "invitations": waiting})
