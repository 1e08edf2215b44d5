"""What Celery rings for. Each task claims its work item first: the row is the truth, the bell may ring twice."""

import datetime as dt
from collections.abc import Callable

import structlog
from celery import shared_task

from calendar_sync import message_consent, open_cases, reminding, waitlist
from conversations import (
    by_phone,
    case_runs,
    delivery,
    forgotten,
    listening,
    outbox,
    proposals,
    reactions,
    read_signs,
    reconcile,
    reminders,
    reviewing,
    shadow_runs,
    telling,
    template_approval,
    template_list,
    turns,
)
from conversations.evaluation import trials
from conversations.files import receiving, retention
from tenants import bell, schema, worklist
from tenants.business_tasks import business_task
from tenants.crashpoints import reach
from tenants.models import Business, ChannelRoute
from tenants.statements import asked_together
from tenants.worklist import Lease, LeaseLost

log = structlog.get_logger(__name__)
RING_AGAIN_WITHIN = 55.0  # seconds; anything later is the sweeper's


@business_task(turns.TURN)
def turn(business: Business, conversation_id: int) -> None:
    """Answer what is unanswered in a conversation, once it has been quiet for a moment."""
    _work(business, turns.TURN, conversation_id, worklist.LEASE, turns.run_turn)


@business_task(outbox.DELIVER)
def deliver(business: Business, message_id: int) -> None:
    """Hand one message of the outbox to its channel."""
    claiming = worklist.claiming(business.pk, outbox.DELIVER, message_id, lease=delivery.LEASE)
    with asked_together(claiming, delivery.asking(message_id)):
        _work(business, outbox.DELIVER, message_id, delivery.LEASE, delivery.deliver)


@business_task(reminding.REMIND)
def remind(business: Business, reminder_id: int) -> None:
    """Send one message that goes out by itself, if it still makes sense."""
    _work(business, reminding.REMIND, reminder_id, worklist.LEASE, reminders.send)


@business_task(waitlist.OFFER)
def see_to_waitlist_offer(business: Business, offer_id: int) -> None:
    """Send an offer to somebody who waits, or end it at its deadline."""
    _work(business, waitlist.OFFER, offer_id, worklist.LEASE, proposals.see_to_offer)


@business_task(open_cases.CASE)
def see_to_campaign_case(business: Business, case_id: int) -> None:
    """Write to a patient whose practitioner is out, remind them, or give the case to people."""
    _work(business, open_cases.CASE, case_id, worklist.LEASE, proposals.see_to_case)


@business_task(message_consent.REACH)
def reach_by_phone(business: Business, consent_id: int) -> None:
    """Keep what staff were told about a patient's phone with the contact who has it."""
    _work(business, message_consent.REACH, consent_id, worklist.LEASE, by_phone.reach)


@business_task(template_approval.APPROVE)
def approve_template(business: Business, template_id: int) -> None:
    """Hand a template in at WhatsApp, or ask what has become of it."""
    _work(business, template_approval.APPROVE, template_id, worklist.LEASE, template_approval.go_on)


@business_task(telling.TELL)
def tell_patient(business: Business, news_id: int) -> None:
    """Tell a patient that an appointment changed without them."""
    _work(business, telling.TELL, news_id, worklist.LEASE, telling.tell_patient)


@business_task(case_runs.RUN)
def run_cases(business: Business, version_id: int) -> None:
    """Run the saved cases on a version of the assistant."""
    _work(business, case_runs.RUN, version_id, worklist.LEASE, case_runs.go_on)


@business_task(shadow_runs.SHADOW)
def shadow_turn(business: Business, turn_id: int) -> None:
    """Rehearse a turn on the draft that answers in the shadow."""
    _work(business, shadow_runs.SHADOW, turn_id, worklist.LEASE, shadow_runs.go_on)


@business_task(trials.TRIAL)
def play_trial(business: Business, trial_id: int) -> None:
    """Play some simulated patients against a version; the rest is rung for again."""
    _work(business, trials.TRIAL, trial_id, worklist.LEASE, trials.go_on)


@business_task(listening.LISTEN)
def listen(business: Business, message_id: int) -> None:
    """Write down what a voice note says (queue `listening`: a processor for seconds)."""
    _work(business, listening.LISTEN, message_id, listening.LEASE, listening.listen)


@business_task(read_signs.SIGN)
def show_sign(business: Business, message_id: int) -> None:
    """Let the contact see that they were read, or that somebody types. Nothing depends on it."""
    read_signs.show(business, message_id)


@business_task(reactions.REACT)
def react(business: Business, message_id: int) -> None:
    """Hand an emoji of staff's to the vendor."""
    _work(business, reactions.REACT, message_id, worklist.LEASE, reactions.deliver)


@business_task(receiving.FETCH)
def fetch_file(business: Business, file_id: int) -> None:
    """Fetch what a contact sent from the vendor."""
    _work(business, receiving.FETCH, file_id, worklist.LEASE, receiving.fetch)


@business_task(reviewing.REVIEW)
def review_conversation(business: Business, conversation_id: int) -> None:
    """Look at a conversation that has come to rest."""
    _work(business, reviewing.REVIEW, conversation_id, worklist.LEASE, reviewing.review_one)


@business_task(reviewing.RESTED)
def call_for_reviews(business: Business, _: int) -> None:
    """Ask for a look at a share of what has come to rest."""
    reviewing.call_for_rested(business)


@shared_task(name="conversations.review_all", ignore_result=True)
def review_all() -> None:
    """Ring for every business (beat: every quarter of an hour)."""
    schema.leave()
    for business_id in Business.objects.filter(status=Business.Status.ACTIVE).values_list("pk", flat=True):
        bell.send(reviewing.RESTED, business_id, 0)


@business_task(retention.SWEEP)
def sweep_files(business: Business, _: int) -> None:
    """Delete files that were kept long enough."""
    retention.sweep(business)


@shared_task(name="conversations.sweep_all_files", ignore_result=True)
def sweep_all_files() -> None:
    """Ring for every business (beat: four times a day)."""
    schema.leave()
    for business_id in Business.objects.filter(status=Business.Status.ACTIVE).values_list("pk", flat=True):
        bell.send(retention.SWEEP, business_id, 0)


@business_task(reconcile.RECONCILE_CHANNEL)
def reconcile_channel(business: Business, route_id: int) -> None:
    """Receive what a vendor has and we have not; and ask for work that stands on no list."""
    reconcile.reconcile_route(business, route_id)
    forgotten.call_for_forgotten(business)


@business_task(template_list.LIST)
def list_templates(business: Business, route_id: int) -> None:
    """Read what templates a vendor has."""
    template_list.read_route(business, route_id)


@shared_task(name="conversations.list_all_templates", ignore_result=True)
def list_all_templates() -> None:
    """Ring for every connected number (beat: every hour)."""
    schema.leave()
    routes = ChannelRoute.objects.filter(business__status=Business.Status.ACTIVE)
    for business_id, route_id in routes.values_list("business_id", "pk"):
        bell.send(template_list.LIST, business_id, route_id)


@shared_task(name="conversations.reconcile", ignore_result=True)
def reconcile_all() -> None:
    """Ring for every connected number (beat: every few minutes)."""
    schema.leave()
    routes = ChannelRoute.objects.filter(business__status=Business.Status.ACTIVE)
    for business_id, route_id in routes.values_list("business_id", "pk"):
        bell.send(reconcile.RECONCILE_CHANNEL, business_id, route_id)


def _work(
    business: Business, kind: str, object_id: int, how_long: dt.timedelta, act: Callable[[Business, int, Lease], None]
) -> None:
    lease = worklist.claim(business.pk, kind, object_id, lease=how_long)
    if lease is None:
        return _ring_when_due(business, kind, object_id)
    reach(f"{kind}.claimed")
    try:
        act(business, object_id, lease)
    except LeaseLost:
        log.warning("lease.lost", kind=kind)
    except Exception:
        # A fault of ours: the work is given back with its attempt counted, so that poison is parked in the end.
        lease.retry_in(dt.timedelta(seconds=2 * lease.attempts))
        raise


def _ring_when_due(business: Business, kind: str, object_id: int) -> None:
    """Rung too early, because a burst went on: once more when it is due."""
    wait = worklist.seconds_until_due(business.pk, kind, object_id)
    if wait is not None and 0 < wait <= RING_AGAIN_WITHIN:
        worklist.ring(business.pk, kind, object_id, wait=dt.timedelta(seconds=wait))
