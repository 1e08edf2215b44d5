"""`/b/<slug>/settings/members/`: who may enter the business, and invitations to it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tenants import clock, invitations
from tenants.access import business_of, find, manager_page, membership_of, staff_page
from tenants.invitations import InvitationError, link_of, open_invitations
from tenants.members import MemberError, may_invite
from tenants.members import change_role as change_role_of
from tenants.members import remove as remove_member
from tenants.models import Membership, Role


class InvitationForm(forms.Form):
    email = forms.EmailField(
        max_length=254,
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "placeholder": "bob@example.com"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.STAFF)

    def __init__(self, *args: Any, actor: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, role.label) for role in Role if may_invite(actor, role)]
        self.fields["role"].choices = roles[::-1]  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)


@manager_page
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    return _page(request, InvitationForm(actor=membership_of(request)))


@manager_page
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    actor = membership_of(request)
    form = InvitationForm(request.POST, actor=actor)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        sent = invitations.invite(
            business_of(request), actor.user, form.cleaned_data["email"], form.cleaned_data["role"]
        )
    except invitations.AlreadyMember as error:
        form.add_error("email", str(error))
        return _page(request, form, status=422)
    except invitations.NotSent as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Invitation sent to %(email)s.") % {"email": sent.email})
    return redirect("settings_members")


@manager_page
@require_POST
def resend(request: HttpRequest, invitation_id: int) -> HttpResponse:
    invitation = find(request, _invitations(request), pk=invitation_id)
    try:
        invitations.resend(invitation, membership_of(request).user)
    except InvitationError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Invitation sent again to %(email)s.") % {"email": invitation.email})
    return redirect("settings_members")


@manager_page
@require_POST
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    invitation = find(request, _invitations(request), pk=invitation_id)
    invitations.withdraw(invitation, membership_of(request).user)
    messages.success(request, gettext("The invitation to %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("settings_members")


@manager_page
@require_POST
def change_role(request: HttpRequest, membership_id: int) -> HttpResponse:
    member = find(request, _members(request), pk=membership_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Please choose a role from the list."))
        return redirect("settings_members")
    try:
        change_role_of(member, form.cleaned_data["role"], membership_of(request))
    except MemberError as error:
        messages.error(request, str(error))
    else:
        role = Role(form.cleaned_data["role"]).label
        messages.success(
            request, gettext("The role of %(user)s is now: %(role)s.") % {"user": member.user, "role": role}
        )
    return _back_or_out(request)


@staff_page
@require_POST
def remove(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Managers remove people; anybody may leave."""
    member = find(request, _members(request), pk=membership_id)
    try:
        remove_member(member, membership_of(request))
    except MemberError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            gettext("%(user)s can no longer enter %(business)s.")
            % {"user": member.user, "business": business_of(request).name},
        )
    return _back_or_out(request)


def _back_or_out(request: HttpRequest) -> HttpResponse:
    """Back to the list, unless the person may no longer see it."""
    own = Membership.objects.filter(pk=membership_of(request).pk).first()
    if own is None:
        return redirect("/home/")
    return redirect("settings_members" if own.manages else "settings")


def _page(request: HttpRequest, form: InvitationForm, status: int = 200) -> HttpResponse:
    actor = membership_of(request)
    waiting = _invitations(request).select_related("invited_by").order_by("-created_at")
    context = {
        "form": form,
        "actor": actor,
        "owner": actor.role == Role.OWNER,
        "people": [_person(member, actor) for member in _members(request)],
        "invitations": [
            {"row": row, "link": link_of(row), "expired": row.expires_at <= clock.now()} for row in waiting
        ],
        "roles": Role.choices,
        "section": "settings",
    }
    return render(request, "tenants/settings_members.html", context, status=status)


def _person(member: Membership, actor: Membership) -> dict[str, Any]:
    removable = actor.role == Role.OWNER or member.role == Role.STAFF or member.pk == actor.pk
    return {"row": member, "user": member.user, "own": member.pk == actor.pk, "removable": removable}


def _members(request: HttpRequest) -> Any:
    members = Membership.objects.filter(business=business_of(request))
    return members.select_related("user").order_by("created_at", "pk")


def _invitations(request: HttpRequest) -> Any:
    return open_invitations().filter(business=business_of(request)).select_related("business")
