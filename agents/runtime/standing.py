"""All that a turn's choice of model rests on, in one round trip: limits, what was spent, the business's models, earlier
failures in the conversation, turns that are due.

Written as SQL, because every turn asks it: the same in Django's words took 7 ms of CPU, this takes less than one.
"""

from dataclasses import dataclass

from agents.models import SpendLimit
from agents.runtime.spending import LIMITS, Budget, Periods, budget_from
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, row

ROLES = ("fast", "capable", "judge")
TURN_WORK = "conversations.turn"
TURNS_LOOKED_AT = 2
QUEUE_COUNTED = 50  # more is not told apart
NOT_THEIR_FAULT = ["model_failed", "model_withheld", "red_flag"]  # checks that say nothing of the conversation

_ASK = Prepared(f"""
SELECT {", ".join(f"allowed.{name}" for name in LIMITS)}, {", ".join(f"plays.{name}" for name in ROLES)},
       coalesce(plays.second_look, true),
       (SELECT coalesce(sum(counted_micro), 0)::bigint FROM agents_usagerecord WHERE at >= %(day)s),
       (SELECT coalesce(sum(counted_micro), 0)::bigint FROM agents_usagerecord
         WHERE conversation_id = %(conversation)s AND at >= %(day)s),
       EXISTS (SELECT 1 FROM agents_step
                WHERE turn_id IN (SELECT id FROM agents_turn WHERE conversation_id = %(conversation)s
                                   ORDER BY id DESC LIMIT %(turns)s)
                  AND status = 'error' AND NOT (kind = 'check' AND name = ANY(%(not_their_fault)s))),
       (SELECT count(*) FROM (
          SELECT 1 FROM public.tenants_workitem
           WHERE business_id = %(business)s AND kind = %(kind)s AND parked_at IS NULL AND leased_until IS NULL
             AND due_at <= clock_timestamp() LIMIT %(most)s) due)
  FROM (SELECT 1) AS once
  LEFT JOIN (SELECT * FROM agents_spendlimit ORDER BY id LIMIT 1) AS allowed ON true
  LEFT JOIN (SELECT * FROM agents_modelroles ORDER BY id LIMIT 1) AS plays ON true
""")  # noqa: S608 (names of our own columns)


@dataclass(frozen=True, kw_only=True)
class Standing:
    limits: SpendLimit
    roles: dict[str, str]  # empty: the business has chosen none
    second_look: bool  # the judge looks at each reply before it is sent
    budget: Budget
    failed_lately: bool  # a refused draft or a tool's error in the last turns of the conversation
    queue: int  # turns of the business that are due, up to QUEUE_COUNTED


def standing_of(business: Business, conversation_id: int | None = None) -> Standing:
    """Without a conversation nothing is counted for one."""
    found = row(*question(business, conversation_id))
    assert found is not None
    allowed, rest = found[: len(LIMITS)], found[len(LIMITS) :]
    roles, (second_look, day, conversation, failed_lately, queue) = rest[: len(ROLES)], rest[len(ROLES) :]
    limits = SpendLimit(**dict(zip(LIMITS, allowed, strict=True))) if allowed[0] is not None else SpendLimit()
    return Standing(
        limits=limits,
        roles=dict(zip(ROLES, roles, strict=True)) if roles[0] is not None else {},
        second_look=second_look,
        budget=budget_from(business, limits, day=day, conversation=conversation),
        failed_lately=failed_lately,
        queue=queue,
    )


def question(business: Business, conversation_id: int | None) -> Question:
    """What `standing_of` asks."""
    given = {
        "day": Periods.of(business.timezone).day,
        "conversation": conversation_id,
        "turns": TURNS_LOOKED_AT,
        "not_their_fault": NOT_THEIR_FAULT,
        "business": business.pk,
        "kind": TURN_WORK,
        "most": QUEUE_COUNTED,
    }
    return _ASK, given


def budget_of(business: Business, conversation_id: int | None = None) -> Budget:
    return standing_of(business, conversation_id).budget
