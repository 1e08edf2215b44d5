"""`/b/<slug>/settings/messages/`: what goes out by itself, when, how it reads, and what WhatsApp has approved of it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calendar_sync.models import BookingRules, Service
from calendar_sync.reminding import REPLAN
from conversations import sample_messages, template_approval
from conversations.automatic import button_rows, own_words
from conversations.automatic_forms import OURS, AutomaticForm, OffsetsForm, SampleForm
from conversations.automatic_texts import LANGUAGES, language_for
from conversations.channel_pages import said_of
from conversations.channels.base import ChannelError
from conversations.connecting import NumberRefused
from conversations.models import Channel, MessageTemplate
from conversations.sample_messages import NotPossible
from tenants import worklist
from tenants.access import business_of, find, manager_page, membership_of
from tenants.audit import record
from tenants.models import Business, ChannelKind
from tenants.phone_numbers import readable

State = MessageTemplate.State
NAMES = {"en": _("English"), "de": _("German"), "es": _("Spanish"), "fr": _("French"), "pt": _("Portuguese")}
# What to do about a template, by its state; the template page says the rest.
ADVICE = {
    State.DRAFT: _("Ask WhatsApp to approve it. Until then it reaches only people who wrote within the last 24 hours."),
    State.SUBMITTED: _("Nothing to do: WhatsApp answers within minutes to days, and we keep asking."),
    State.APPROVED: _("It can go out at any time."),
    State.REJECTED: _("Change the text, then ask again. WhatsApp refuses advertising and texts of placeholders only."),
    State.PAUSED: _("Too many people blocked or reported it. Change the text, then ask again."),
    State.GONE: _("Somebody deleted it there. Ask again."),
}
TONES = {
    State.DRAFT: ("warn", "clock"),
    State.SUBMITTED: ("info", "hourglass"),
    State.APPROVED: ("good", "circle-check"),
    State.REJECTED: ("bad", "alert-triangle"),
    State.PAUSED: ("bad", "clock-pause"),
    State.GONE: ("quiet", "trash"),
}
CHANGED = _("The text was changed since. The approved one keeps going out until you ask for the new one.")


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def settings_messages(request: HttpRequest) -> HttpResponse:
    """Switches, texts and quiet hours."""
    business = business_of(request)
    form = _form(business, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            worklist.call_for(business.pk, REPLAN, business.pk)
            record(business, membership_of(request).user, "messages.edited", "", fields=form.changed_data)
        messages.success(request, gettext("Saved. Coming appointments are planned anew."))
        return redirect("settings_messages")
    return _page(request, form=form, status=422 if form.is_bound else 200)


@manager_page
@require_POST
def offsets(request: HttpRequest) -> HttpResponse:
    """When each service is reminded of."""
    business = business_of(request)
    form = OffsetsForm(request.POST, services=_services())
    if not form.is_valid():
        return _page(request, offsets=form, status=422)
    changed = form.changed()
    with transaction.atomic():
        Service.objects.bulk_update(changed, ["reminders"])
        worklist.call_for(business.pk, REPLAN, business.pk)
        record(business, membership_of(request).user, "reminders.edited", "", services=[each.pk for each in changed])
    messages.success(request, gettext("Saved. Coming appointments are planned anew."))
    return redirect("settings_messages")


@manager_page
@require_POST
def approve(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Ask WhatsApp, or look again now at what it says."""
    business, channel = business_of(request), _channel(request, channel_id)
    template_approval.choose_languages(channel, request.POST.getlist("languages"))
    asked, languages = template_approval.ask(business, channel), list(template_approval.languages_of(business, channel))
    user = membership_of(request).user
    record(business, user, "templates.asked", f"channel {channel.pk}", texts=asked, languages=languages)
    if asked:
        messages.success(request, gettext("WhatsApp is asked. The answer appears here by itself."))
    else:
        messages.info(request, gettext("Everything is approved as it stands."))
    return redirect("settings_messages")


@manager_page
@require_safe
def templates_fragment(request: HttpRequest, channel_id: int) -> HttpResponse:
    """What WhatsApp has approved, refetched on news."""
    row = _row(business_of(request), _channel(request, channel_id))
    return render(request, "conversations/_templates.html", {"row": row})


@manager_page
@require_POST
def sample(request: HttpRequest, channel_id: int) -> HttpResponse:
    business, channel = business_of(request), _channel(request, channel_id)
    form = SampleForm(request.POST, auto_id=f"id_{channel_id}_%s")
    if form.is_valid():
        try:
            sample_messages.send(business, channel, form.cleaned_data["to"], form.cleaned_data["purpose"])
        except (NumberRefused, NotPossible) as error:
            form.add_error("to", gettext(str(error)))
        except ChannelError as error:
            form.add_error("to", said_of(channel, error))
        else:
            messages.success(request, gettext("It is on its way. It should be on your phone in a moment."))
            return redirect("settings_messages")
    return _page(request, sample=(channel.pk, form), status=422)


def _page(
    request: HttpRequest,
    *,
    form: AutomaticForm | None = None,
    offsets: OffsetsForm | None = None,
    sample: tuple[int, SampleForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    business = business_of(request)
    rows = [_row(business, each) for each in _channels()]
    for row in rows:
        channel = row["channel"]
        given = sample[1] if sample and sample[0] == channel.pk else None
        row["form"] = given or SampleForm(auto_id=f"id_{channel.pk}_%s")
    context = {
        "form": form or _form(business),
        "offsets": offsets or OffsetsForm(services=_services()),
        "rows": rows,
        "previews": [_preview(business, purpose) for purpose in OURS],
        "section": "settings",
    }
    return render(request, "conversations/settings_messages.html", context, status=status)


def _form(business: Business, given: QueryDict | None = None) -> AutomaticForm:
    language = language_for(business.language)
    return AutomaticForm(given, instance=BookingRules.of_this_business(), language=language)


def _preview(business: Business, purpose: MessageTemplate.Purpose) -> dict[str, Any]:
    buttons = button_rows(purpose, language_for(business.language))
    return {"label": purpose.label, "text": sample_messages.text(business, purpose), "buttons": buttons}


def _row(business: Business, channel: Channel) -> dict[str, Any]:
    chosen = template_approval.languages_of(business, channel)
    templates = [_shown(each) for each in template_approval.shown(business, channel)]
    asked = [each for each in templates if each["template"].language in chosen]
    return {
        "channel": channel,
        "number": readable(channel.address),
        "texts": [
            {"label": rows[0]["template"].get_purpose_display(), "own": own_words(purpose), "templates": rows}
            for purpose, rows in _by_purpose(templates).items()
        ],
        "languages": [
            {"code": each, "name": NAMES[each], "own": each == chosen[0], "chosen": each in chosen}
            for each in (chosen[0], *(each for each in LANGUAGES if each != chosen[0]))
        ],
        "unasked": any(
            each["template"].state in (State.DRAFT, *template_approval.REFUSED) or each["changed"] for each in asked
        ),
        "open": any(each["template"].state != State.APPROVED or each["changed"] for each in asked),
    }


def _by_purpose(templates: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in templates:
        found.setdefault(each["template"].purpose, []).append(each)
    return found


def _shown(template: MessageTemplate) -> dict[str, Any]:
    tone, icon = TONES[State(template.state)]
    changed = template.state != State.DRAFT and not template_approval.is_current(template)
    advice = CHANGED if changed else ADVICE[State(template.state)]
    return {
        "template": template,
        "language": NAMES[template.language],
        "tone": tone,
        "icon": icon,
        "changed": changed,
        "advice": advice,
    }


def _services() -> list[Service]:
    return list(Service.objects.filter(active=True))


def _channels() -> list[Channel]:
    return list(Channel.objects.filter(active=True).exclude(kind=ChannelKind.SIMULATOR).order_by("pk"))


def _channel(request: HttpRequest, channel_id: int) -> Channel:
    return find(request, Channel.objects.filter(active=True).exclude(kind=ChannelKind.SIMULATOR), pk=channel_id)
