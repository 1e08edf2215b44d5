"""What patients read of the house rules: one sentence each, from the rules as they stand."""

from collections.abc import Iterator

from calendar_sync.models import BookingRules
from calendar_sync.span_text import span_text


def policy_sentences(rules: BookingRules) -> list[str]:
    """Booking, cancelling, moving; in the order in which they matter to somebody who books."""
    return [*_booking(rules), *_change("cancel", rules.cancel_notice, rules.late_cancel, rules), *_moving(rules)]


def late_sentence(rules: BookingRules, verb: str) -> str:
    """What is said when it is too late to "cancel" or "move" freely."""
    how = rules.late_cancel if verb == "cancel" else rules.late_move
    if how == BookingRules.Late.STAFF:
        return f"To {verb} after that, please ask the team: we can’t do it for you here."
    fee = rules.late_fee_text.strip()
    return f"You can still {verb} after that. {fee}".strip()


def _booking(rules: BookingRules) -> Iterator[str]:
    notice = f"at least {span_text(rules.minimum_notice)} before, " if rules.minimum_notice else ""
    yield f"You can book {notice}up to {rules.horizon_days} days ahead."
    if rules.most_active:
        count = "one appointment" if rules.most_active == 1 else f"{rules.most_active} appointments"
        yield f"You can have {count} coming at a time."
    if not rules.new_patients:
        yield "We can’t take new patients at the moment."


def _moving(rules: BookingRules) -> Iterator[str]:
    return _change("move", rules.move_notice, rules.late_move, rules)


def _change(verb: str, notice: int, how: str, rules: BookingRules) -> Iterator[str]:
    if not notice:
        yield f"You can {verb} an appointment until it begins."
        return
    yield f"You can {verb} freely until {span_text(notice)} before. {late_sentence(rules, verb)}"
