"""What a simulated patient wants, and what must be in the database in the end. All starts are naive local times."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from conversations.models import Message
from tenants.sentences import Stored

Act = Literal["book", "move", "cancel", "waitlist", "late", "none"]


class CannotPlay(Exception):
    """This business offers nothing that this sort of scenario could be about."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message of the patient. `choice`: the id of what was tapped."""

    text: str
    kind: str = Message.Kind.TEXT
    choice: str = ""


@dataclass(frozen=True, kw_only=True)
class Own:
    """An appointment that the patient has when they begin to write."""

    id: int
    service: str
    practitioner_id: int
    start: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Goal:
    """One thing that the patient is after. `starts`: the times that they accept; the wordings all mean these.

    `own`: the appointment that is moved or cancelled; `name`: who is to be treated, if not the one who writes;
    `again`: the wish in other words, for when it was not understood; `easy`: they take whatever of `starts` is
    offered, and say so when asked again.
    """

    act: Act
    opening: tuple[Said, ...] = ()
    service: str = ""
    service_said: str = ""
    starts: frozenset[dt.datetime] = frozenset()
    wordings: tuple[str, ...] = ()
    practitioner: str = ""
    own: Own | None = None
    name: str = ""
    minutes: int = 0
    again: tuple[str, ...] = ()
    easy: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The patient: who they are, and their goals one after the other.

    `changes`: what they want instead as soon as something is offered or read back, one change of mind each time.
    `asides`: what they ask in between, each at the next question that they are asked.
    """

    language: str
    phone: str
    profile_name: str
    goals: tuple[Goal, ...]
    changes: tuple[tuple[str, Goal], ...] = ()
    asides: tuple[str, ...] = ()
    patience: int = 10  # messages


@dataclass(frozen=True, kw_only=True)
class NewAppointment:
    """`starts`: any of them is right. `patient`: a name that the patient must have, "" for any."""

    service_id: int
    starts: frozenset[dt.datetime]
    practitioner_id: int | None = None
    patient: str = ""


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What must have become of an appointment that was there before. `starts`: where it may have been moved to."""

    appointment_id: int
    status: Literal["stands", "cancelled"] = "stands"
    starts: frozenset[dt.datetime] = frozenset()  # none: as it was


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The wanted end. Whatever of the diary is not named here must be as it was.

    `handoff`: reasons of which one is expected; `may_hand_over`: one is fine, and then nothing of `new` is asked for.
    `signpost`: the number of the patient's message that must be answered by a red flag's signpost and an alert.
    `told`: texts of which each must be said to the patient by one of its alternatives. `secret`: must never be said.
    """

    new: tuple[NewAppointment, ...] = ()
    fates: tuple[Fate, ...] = ()
    handoff: tuple[str, ...] = ()
    may_hand_over: bool = False
    signpost: int | None = None
    waiting_for: int | None = None  # service id of a waiting list entry
    late: int | None = None  # id of the appointment that a late notice must be about
    told: tuple[tuple[str, ...], ...] = ()
    secret: tuple[str, ...] = ()
    nothing_booked: bool = False  # says it in words: no appointment may be made

    def as_json(self) -> dict[str, Any]:
        """For the report, in plain values."""

        def plain(value: Any) -> Any:
            if isinstance(value, frozenset):
                some = sorted(value)
                return [each.isoformat(timespec="minutes") for each in some[:6]] + ["…"] * (len(some) > 6)
            if hasattr(value, "__dataclass_fields__"):
                return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
            return [plain(each) for each in value] if isinstance(value, tuple) else value

        kept = {
            name: value for name, value in vars(self).items() if value not in ((), None, False) and name != "secret"
        }
        return {name: plain(value) for name, value in kept.items()}


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """`name` is the same in every repeat; only the words differ."""

    name: str
    sort: str
    plan: Plan
    wanted: Wanted


@dataclass(frozen=True, kw_only=True)
class Line:
    who: Literal["patient", "assistant"]
    text: str


@dataclass(frozen=True, kw_only=True)
class Played:
    """How it went: what was said, and what was wrong, one sentence each (said by `faults_told.told`)."""

    name: str
    sort: str
    repeat: int
    lines: tuple[Line, ...]
    faults: tuple[Stored, ...]
    wanted: dict[str, Any]
    got: dict[str, Any]
    red_flag_missed: bool = False
    seconds: float = 0.0
    messages: int = 0
    usage: tuple[dict[str, Any], ...] = ()  # calls of models, for the business's spending

    @property
    def passed(self) -> bool:
        return not self.faults
