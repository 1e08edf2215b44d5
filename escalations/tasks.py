from celery import shared_task

from agents.runtime import spending
from calendar_sync.open_cases import STRAGGLER
from conversations.by_phone import UNREACHED
from conversations.callbacks import PROMISED
from conversations.rating_answers import RATED
from conversations.staff_phones import HEARD
from escalations import (
    clocks,
    later,
    opening,
    promising,
    ratings,
    snoozing,
    spend_warnings,
    staff_words,
    stragglers,
    unreached,
)
from escalations.retention import sweeping
from escalations.telling import delivering, notices
from escalations.webhooks import delivering as webhooks
from escalations.webhooks import news
from tenants import bell, schema, worklist
from tenants.business_tasks import business_task
from tenants.models import Business


@business_task(opening.OPEN)
def open_escalation(business: Business, handoff_id: int) -> None:
    """Open the work item of a handoff."""
    lease = worklist.claim(business.pk, opening.OPEN, handoff_id)
    if lease is not None:
        opening.open_for(business, handoff_id, lease)


@business_task(opening.NOTIFY)
def notify_staff(business: Business, escalation_id: int) -> None:
    """Tell the staff of a new escalation."""
    lease = worklist.claim(business.pk, opening.NOTIFY, escalation_id)
    if lease is not None:
        opening.notify(business, escalation_id, lease)


@business_task(spending.WARN)
def warn_of_spending(business: Business, warning_id: int) -> None:
    """Mail owners and admins that a spend limit is nearly or wholly used."""
    lease = worklist.claim(business.pk, spending.WARN, warning_id)
    if lease is not None:
        spend_warnings.tell(business, warning_id, lease)


@business_task(later.SEND)
def send_later(business: Business, scheduled_id: int) -> None:
    """Send what was written for later."""
    lease = worklist.claim(business.pk, later.SEND, scheduled_id)
    if lease is not None:
        later.send(business, scheduled_id, lease)


@business_task(snoozing.WAKE)
def wake_conversation(business: Business, conversation_id: int) -> None:
    """Bring a snoozed conversation back."""
    lease = worklist.claim(business.pk, snoozing.WAKE, conversation_id)
    if lease is not None:
        snoozing.wake(business, conversation_id, lease)


@business_task(news.FEED)
def feed_webhooks(business: Business, feed_id: int) -> None:
    """Make what happened lately into events for other programs."""
    lease = worklist.claim(business.pk, news.FEED, feed_id)
    if lease is not None:
        news.claim(business, lease)


@business_task(news.DELIVER)
def deliver_webhooks(business: Business, endpoint_id: int) -> None:
    """Tell one program what it is to be told by now."""
    lease = worklist.claim(business.pk, news.DELIVER, endpoint_id)
    if lease is not None:
        webhooks.deliver(business, endpoint_id, lease)


@business_task(clocks.WATCH)
def look_at_clock(business: Business, escalation_id: int) -> None:
    """Warn of an escalation that is nearly late, or give it on."""
    lease = worklist.claim(business.pk, clocks.WATCH, escalation_id)
    if lease is not None:
        clocks.look(business, escalation_id, lease)


@business_task(notices.TELL)
def tell_of_notice(business: Business, notice_id: int) -> None:
    """Tell one person of one thing beyond the page."""
    lease = worklist.claim(business.pk, notices.TELL, notice_id)
    if lease is not None:
        delivering.tell(business, notice_id, lease)


@business_task(delivering.DIGEST)
def send_digest(business: Business, user_id: int) -> None:
    """Mail one person what they have not looked at."""
    lease = worklist.claim(business.pk, delivering.DIGEST, user_id)
    if lease is not None:
        delivering.digest(business, user_id, lease)


@business_task(HEARD)
def hear_staff(business: Business, word_id: int) -> None:
    """Do what a member of staff wrote from their own phone."""
    lease = worklist.claim(business.pk, HEARD, word_id)
    if lease is not None:
        staff_words.hear(business, word_id, lease)


@business_task(PROMISED)
def note_promise(business: Business, turn_id: int) -> None:
    """Make a task of what the assistant promised in a turn."""
    lease = worklist.claim(business.pk, PROMISED, turn_id)
    if lease is not None:
        promising.note_assistants(business, turn_id, lease)


@business_task(STRAGGLER)
def tell_of_straggler(business: Business, case_id: int) -> None:
    """Tell whoever has to see to a patient of somebody who is out."""
    lease = worklist.claim(business.pk, STRAGGLER, case_id)
    if lease is not None:
        stragglers.tell_of(business, case_id, lease)


@business_task(UNREACHED)
def tell_of_unreached(business: Business, appointment_id: int) -> None:
    """Tell whoever booked an appointment that its reminder reaches nobody."""
    lease = worklist.claim(business.pk, UNREACHED, appointment_id)
    if lease is not None:
        unreached.tell_of(business, appointment_id, lease)


@business_task(promising.DUE)
def warn_of_promise(business: Business, promise_id: int) -> None:
    """Tell whoever promised something that it is due."""
    lease = worklist.claim(business.pk, promising.DUE, promise_id)
    if lease is not None:
        promising.warn(business, promise_id, lease)


@business_task(RATED)
def take_rating(business: Business, message_id: int) -> None:
    """Keep what a contact answered to "how was it?"."""
    lease = worklist.claim(business.pk, RATED, message_id)
    if lease is not None:
        ratings.take(business, message_id, lease)


@business_task(sweeping.SWEEP)
def forget_old(business: Business, _: int) -> None:
    """Delete what was kept as long as the business says."""
    sweeping.sweep(business)


@shared_task(name="escalations.forget_all_old", ignore_result=True)
def forget_all_old() -> None:
    """Ring for every business (beat: four times a day)."""
    schema.leave()
    for business_id in Business.objects.filter(status=Business.Status.ACTIVE).values_list("pk", flat=True):
        bell.send(sweeping.SWEEP, business_id, 0)
