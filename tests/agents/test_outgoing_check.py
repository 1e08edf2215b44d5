"""What a reply claims is compared with what is committed."""

import pytest

from agents.runtime.outgoing_check import Committed, unfounded

NOTHING = Committed(coming=[], moved=False, cancelled=False)


def so(*coming, **more):
    return Committed(coming=coming, **{"moved": False, "cancelled": False, **more})


@pytest.mark.parametrize(
    ("text", "committed"),
    [
        ("Done: the cancellation is undone, you're booked at 10:00 again.", so("10:00", undone=True)),
        ("I've put it back to 10:00.", so("10:00", undone=True)),
        ("All six appointments are booked, each at 10:00.", so(*["10:00"] * 6)),
        ("Both are booked: 10:00 and 10:30.", so("10:00", "10:30")),
        ("Your booking is undone: the appointment is cancelled.", so(cancelled=True, undone=True)),
        ("Shall I undo it?", NOTHING),
    ],
)
def test_what_is_committed_may_be_said(text, committed):
    assert unfounded(text, committed) == []


@pytest.mark.parametrize(
    ("text", "committed", "claims"),
    [
        ("I have undone the cancellation.", so("10:00"), ["undone"]),
        ("Your appointment at 10:00 was reinstated.", NOTHING, ["undone"]),
        ("All six sessions are booked.", so(*["10:00"] * 5), ["booked"]),
        ("6 appointments are booked at 10:00.", so("10:00"), ["booked"]),
        ("Both are booked: 10:00 and 10:30.", so("10:00"), ["booked"]),
    ],
)
def test_what_is_not_committed_never_leaves(text, committed, claims):
    assert unfounded(text, committed) == claims
