"""A practitioner is out: begin the campaign from the diary, and see it through on its board."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calendar_sync import campaign_board, campaign_cases, practitioner_out
from calendar_sync.campaign_cases import CampaignRefused
from calendar_sync.errors import DiaryError
from calendar_sync.models import BookedBy, CampaignCase, OutCampaign, Practitioner
from calendar_sync.pages.hours_forms import TimeOffForm
from calendar_sync.wanted import Actor
from tenants import clock
from tenants.access import business_of, find, membership_of, staff_page
from tenants.audit import record
from tenants.formats import shown

CASES = CampaignCase.objects.select_related("campaign", "appointment__patient", "appointment__practitioner")


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def practitioner_out_page(request: HttpRequest) -> HttpResponse:
    """`?practitioner=3&date=2026-12-03` fill the form in; its fields as a query show whom it would hit."""
    business, people = business_of(request), list(Practitioner.objects.filter(active=True))
    date = request.GET.get("date", "")
    initial = {"practitioner": request.GET.get("practitioner"), "first": date, "last": date}
    given = request.POST if request.method == "POST" else request.GET if "first" in request.GET else initial
    form = TimeOffForm(given, business=business, people=people)
    if given is initial and not form.is_valid():  # nothing has been entered yet that could be wrong
        form = TimeOffForm(initial=initial, business=business, people=people)
    hit = None
    if form.is_valid():
        wanted = form.cleaned_data
        if request.method == "POST":
            return _start(request, form)
        hit = practitioner_out.affected(
            business, wanted["practitioner"], wanted["starts_at"], wanted["ends_at"], wanted.get("place")
        )
        hit.sort(key=lambda each: each.starts_at)  # here they are read, not served
    context = {
        "form": form,
        "hit": hit,
        "people": people,
        "campaigns": campaign_board.campaigns(),
        "section": "diary",
    }
    return render(request, "campaigns/out.html", context, status=422 if request.method == "POST" else 200)


@staff_page
@require_safe
def campaign_page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = find(request, OutCampaign.objects.select_related("practitioner", "time_off__location"), pk=campaign_id)
    context = {"board": campaign_board.board(campaign), "section": "diary", "now": clock.now()}
    return render(request, "campaigns/board.html", context)


@staff_page
@require_POST
def undo(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = find(request, OutCampaign, pk=campaign_id)
    try:
        practitioner_out.undo(business_of(request), campaign)
    except CampaignRefused as error:
        messages.warning(request, gettext(str(error)))
    else:
        record(business_of(request), membership_of(request).user, "campaign.undone", f"campaign {campaign.pk}")
        messages.success(request, gettext("Undone: nobody was written to, and the time off is gone."))
    return redirect("campaign", campaign.pk)


@staff_page
@require_POST
def send_now(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = find(request, OutCampaign, pk=campaign_id)
    practitioner_out.send_now(business_of(request), campaign)
    messages.success(request, gettext("The messages are going out."))
    return redirect("campaign", campaign.pk)


@staff_page
@require_POST
def take_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """I see to it."""
    case = find(request, CASES, pk=case_id)
    user_id = membership_of(request).user_id
    if not campaign_cases.give_to_staff(
        business_of(request), case, case.why or CampaignCase.Why.TAKEN, owner_id=user_id
    ):
        messages.info(request, gettext("This was settled meanwhile, or is yours already."))
    return redirect("campaign", case.campaign_id)


@staff_page
@require_POST
def settle_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """`option=1` moves it to that held time; without, it was dealt with outside of Frontdesk."""
    business, case = business_of(request), find(request, CASES, pk=case_id)
    number = request.POST.get("option", "")
    if not number:
        campaign_cases.settle_by_hand(business, case)
        return redirect("campaign", case.campaign_id)
    actor = Actor(by=BookedBy.STAFF, user_id=membership_of(request).user_id)
    try:
        moved = campaign_cases.accept(business, case, int(number) if number.isdecimal() else 0, actor=actor)
    except (CampaignRefused, DiaryError) as error:
        messages.warning(request, gettext(str(error)))
    else:
        messages.success(
            request,
            gettext("%(patient)s is moved to %(when)s.")
            % {"patient": case.appointment.patient.name, "when": shown(moved.starts_at, "l j F, H:i")},
        )
    return redirect("campaign", case.campaign_id)


def _start(request: HttpRequest, form: TimeOffForm) -> HttpResponse:
    business, wanted = business_of(request), form.cleaned_data
    campaign = practitioner_out.start(
        business,
        wanted["practitioner"],
        begin=wanted["starts_at"],
        end=wanted["ends_at"],
        reason=wanted["reason"],
        place=wanted.get("place"),
        user_id=membership_of(request).user_id,
    )
    record(business, membership_of(request).user, "campaign.started", f"campaign {campaign.pk}")
    return redirect("campaign", campaign.pk)
