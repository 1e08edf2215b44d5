"""How fast the business means to answer and who gets the work: the settings, and giving a conversation by hand."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calendar_sync.brief import next_opening
from escalations import assigning, attendance, ratings
from escalations.models import ServiceLevel, StaffState
from escalations.people import name_by_id
from escalations.views import after, conversation_at
from tenants import clock
from tenants.access import business_of, manager_page, membership_of, staff_page
from tenants.audit import record

WEEK = 7 * 24 * 60


class LevelForm(forms.ModelForm):
    class Meta:
        model = ServiceLevel
        fields = ("first_reply_minutes", "resolve_minutes", "way", "give_on_minutes", "asks_rating", "tells_ratings_to")
        labels = {
            "way": _("Who gets it"),
            "asks_rating": _("Ask patients how it was, once staff have resolved their conversation"),
        }
        help_texts = {
            "way": _("In turn: whoever is there, has room, and waited longest for one. Nobody who is away."),
            "asks_rating": _("Within WhatsApp’s 24 hours, at most once a month; never after STOP or an emergency."),
        }
        widgets = {"way": forms.RadioSelect}

    first_reply_minutes = forms.IntegerField(
        min_value=1,
        max_value=WEEK,
        label=_("First reply within (minutes)"),
        help_text=_("Counted while you are open. Patients are told no earlier time than this leaves room for."),
    )
    resolve_minutes = forms.IntegerField(
        min_value=1, max_value=WEEK, label=_("Solved within (minutes)"), help_text=_("Counted while you are open.")
    )
    give_on_minutes = forms.IntegerField(
        min_value=0,
        max_value=WEEK,
        label=_("Give it on when nobody has answered for (minutes)"),
        help_text=_("The patient is then told once when somebody is there. 0: never."),
    )
    tells_ratings_to = forms.TypedChoiceField(
        coerce=int,
        required=False,
        empty_value=None,
        choices=(
            (0, _("Of none")),
            (1, _("1 of 5")),
            (2, _("2 of 5 or less")),
            (3, _("3 of 5 or less")),
            (4, _("4 of 5 or less")),
        ),
        label=_("Tell owners and admins of ratings"),
        help_text=_("Once for each rating; whoever does not want it says so under Notifications."),
    )

    def clean_tells_ratings_to(self) -> int:
        given = self.cleaned_data["tells_ratings_to"]
        return self.instance.tells_ratings_to if given is None else given

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        reply, solved = given.get("first_reply_minutes"), given.get("resolve_minutes")
        if isinstance(reply, int) and isinstance(solved, int) and solved < reply:
            self.add_error("resolve_minutes", gettext("This can’t be shorter than the first reply."))
        return given


class RoomForm(forms.ModelForm):
    class Meta:
        model = StaffState
        fields = ("capacity",)
        labels = {"capacity": _("Conversations at once")}

    capacity = forms.IntegerField(min_value=0, max_value=500)


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def level_page(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    form = LevelForm(request.POST or None, instance=ServiceLevel.of_this_business())
    if request.method == "POST" and form.is_valid():
        form.save()
        record(business, membership_of(request).user, "answering.edited", fields=form.changed_data)
        messages.success(request, gettext("Saved."))
        return redirect("settings_answering")
    now = clock.now()
    context = {
        "form": form,
        "section": "settings",
        "no_hours": next_opening(business, now) is None,
        "team": [
            {"colleague": each, "there": attendance.is_there(each.state, now)}
            for each in attendance.colleagues(business)
        ],
        "month": ratings.figures(now - dt.timedelta(days=30), now),
    }
    return render(request, "desk/answering.html", context, status=422 if form.is_bound else 200)


@manager_page
@require_POST
def room(request: HttpRequest, user_id: int) -> HttpResponse:
    """How many conversations a colleague takes at once."""
    known = {each.user_id: each for each in attendance.colleagues(business_of(request))}
    if user_id not in known:
        raise Http404("nobody of this business")
    form = RoomForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Write a whole number up to 500."))
    else:
        StaffState.objects.update_or_create(staff_id=user_id, defaults={"capacity": form.cleaned_data["capacity"]})
        record(business_of(request), membership_of(request).user, "answering.room", f"user {user_id}")
        messages.success(request, gettext("Saved."))
    return redirect("settings_answering")


@staff_page
@require_safe
def colleagues_menu(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """To whom it can be given, who of them is there."""
    conversation, now = conversation_at(request, conversation_id), clock.now()
    context = {
        "conversation": conversation,
        "me": membership_of(request).user_id,
        "team": [
            {"colleague": each, "there": attendance.is_there(each.state, now)}
            for each in attendance.colleagues(business_of(request))
        ],
    }
    return render(request, "desk/_give_to.html", context)


@staff_page
@require_POST
def give(request: HttpRequest, conversation_id: int) -> HttpResponse:
    conversation, to = conversation_at(request, conversation_id), request.POST.get("to", "")
    try:
        assigning.by_hand(
            business_of(request),
            conversation,
            membership_of(request).user,
            int(to) if to.isdecimal() and len(to) < 18 else 0,
        )
    except assigning.NotHere:
        return after(request, conversation, gettext("Choose somebody who works here."))
    return after(request, conversation, gettext("Given to %(name)s.") % {"name": name_by_id(int(to))})
