"""Plays simulated patients against a copy of a business: each scenario in a transaction that is rolled back, so that
every one finds the same business and leaves nothing behind."""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import QuerySet
from django_tenants.utils import tenant_context

from agents.flags import flags_of
from agents.models import AssistantVersion, Step
from conversations.evaluation.furnishing import furnish
from conversations.evaluation.judging import Replies, State, faults, signpost_missed, state_of
from conversations.evaluation.person import SimulatedPerson
from conversations.evaluation.replies import heard
from conversations.evaluation.saying import Voice
from conversations.evaluation.scenario import Line, Played, Said, Scenario
from conversations.evaluation.scenarios import moment_of, scenario
from conversations.evaluation.spent import usage_so_far
from conversations.evaluation.world import Offering, offering_of
from conversations.models import Handoff, Message
from conversations.simulation import SimulatedPatient
from tenants import clock
from tenants.models import Business
from tenants.provisioning import discard
from tenants.throw_away import find, is_whole, make, throw_away

SHOWN = {Message.Kind.VOICE: "(voice note)", Message.Kind.STICKER: "(sticker)", Message.Kind.IMAGE: "(photo)"}


@contextmanager
def copy_of(source: Business, version: AssistantVersion) -> Iterator[Offering]:
    """A throw-away business with the source's configuration and the version published; inside its schema."""
    with throw_away(source) as copy:
        furnish(copy, source, version)
        yield offering_of(copy)


@contextmanager
def kept_copy_of(source: Business, version: AssistantVersion, name: str) -> Iterator[Offering]:
    """The same, kept under a name until `forget_copy`: whoever comes next goes on with it as it was furnished."""
    copy = find(name)
    if copy is None:
        copy = make(source, name)
        with tenant_context(copy):
            furnish(copy, source, version)
        is_whole(copy)
    with tenant_context(copy):
        yield offering_of(copy)


def forget_copy(name: str) -> None:
    copy = find(name)
    if copy is not None:
        discard(copy)


def play(offering: Offering, *, seed: int, index: int, repeat: int, first: dt.date, model: str) -> Played:
    """One scenario, once. `model`: guided or anthropic. Raises CannotPlay when nothing can be booked at all."""
    begun = time.monotonic()
    with clock.pinned(moment_of(offering.business, seed, index, first)), _undone():
        made, voice = scenario(offering, seed, index, repeat)
        return _Play(offering, made, voice, model).run(repeat, begun)


@contextmanager
def _undone() -> Iterator[None]:
    """Whatever is written within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class _Play:
    def __init__(self, offering: Offering, made: Scenario, voice: Voice, model: str) -> None:
        self._offering = offering
        self._made = made
        plan = made.plan
        self._patient = SimulatedPatient(offering.business, plan.phone, plan.profile_name, provider=model)
        self._person = SimulatedPerson(plan, voice, offering.service_names())
        self._lines: list[Line] = []
        self._replies: list[str] = []
        self._handed: list[tuple[str, ...]] = []

    def run(self, repeat: int, begun: float) -> Played:
        before = state_of(self._offering.business)
        self._talk()
        after = state_of(self._offering.business)
        _check_deferred_constraints()
        replies = Replies(
            said=self._replies,
            handed_over=self._handed,
            signposts=_signposts(self._offering),
            instructions=self._offering.version.instructions,
        )
        wanted = self._made.wanted
        return Played(
            name=self._made.name,
            sort=self._made.sort,
            repeat=repeat,
            lines=tuple(self._lines),
            faults=tuple(faults(wanted, before, after, replies)),
            wanted=wanted.as_json(),
            got=_got(before, after),
            red_flag_missed=signpost_missed(wanted, replies),
            seconds=time.monotonic() - begun,
            messages=len(self._replies),
            usage=usage_so_far(),
        )

    def _talk(self) -> None:
        said: Said | None = self._person.begins()
        while said is not None:
            answers = self._patient.hear(said.text, kind=said.kind, choice=said.choice)
            self._lines.append(Line(who="patient", text=said.text or SHOWN.get(Message.Kind(said.kind), "")))
            self._lines += [Line(who="assistant", text=each.text) for each in answers]
            self._replies.append("\n".join(each.text for each in answers))
            self._handed.append(tuple(Handoff.objects.filter(is_task=False).values_list("reason", flat=True)))
            if self._handed[-1]:
                return
            now = clock.local_now(self._offering.business.timezone).replace(tzinfo=None)
            said = self._person.answers(heard(answers, now))


def _check_deferred_constraints() -> None:
    """What the database would refuse at the end of a transaction that is kept."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _signposts(offering: Offering) -> tuple[str, ...]:
    """Every text that points to help, in every language that it is kept in."""
    flags = flags_of(offering.business, offering.version.red_flags)
    return tuple({flag.signpost for flag in flags if flag.signpost})


def _got(before: State, after: State) -> dict[str, object]:
    made = [each for each in after.booked.values() if each.id not in before.booked]
    changed = [each for each in after.booked.values() if each.id in before.booked and before.booked[each.id] != each]
    return {
        "made": [str(each) for each in made if each.stands],
        "changed": [f"{each}{'' if each.stands else ': cancelled'}" for each in changed],
        "handed over": list(after.handoffs),
        "because": list(Handoff.objects.filter(is_task=False).order_by("pk").values_list("trigger", "summary")),
        "drafts refused": list(_refused().values_list("name", "output")),
        "waiting list": len(after.waiting) - len(before.waiting),
    }


def _refused() -> QuerySet[Step]:
    """Checks of what the assistant was about to say that did not let it pass."""
    return Step.objects.filter(kind=Step.Kind.CHECK, status=Step.Status.ERROR).order_by("pk")
