"""What the demo's dentist has taught its assistant: a reply put right, one that waits, a draft in the shadow.

What takes longer than a moment is put on the work list, and done by the demo's workers while somebody looks around.
"""

from agents import corrections, versions
from agents.corrections import Approval, Wanted
from agents.models import Turn
from conversations import case_runs, shadow_runs
from conversations.evaluation import trials
from conversations.models import Message
from conversations.reviewing import REVIEW
from tenants import worklist
from tenants.models import Business, User

PLAY_CORNER = "There is a small play corner in the waiting room, with books and a wooden train."
SCENARIOS = 24  # some seconds of a worker


def teach(business: Business, owner: User) -> None:
    """Inside a business whose conversations were played."""
    corner = _answer_to("Is there a children's play corner?")
    fact = corrections.mark(*corner, "wrong_fact", should_say=PLAY_CORNER, user_id=owner.pk)
    corrections.approve(
        fact.pk,
        Approval(
            becomes="knowledge",
            title="Children",
            text=PLAY_CORNER,
            case_name="Knows of the play corner",
            wanted=Wanted(must_say=["play corner"]),
        ),
        owner.pk,
    )
    price = _answer_to("And how much is a filling?")
    rule = corrections.mark(*price, "wrong_act", should_say="", user_id=owner.pk)
    corrections.approve(
        rule.pk,
        Approval(
            becomes="escalate",
            text="Questions about instalments or insurance go to Olivia.",
            case_name="Tells the price of a filling",
            wanted=Wanted(must_say=["Filling"], handoff=False),
        ),
        owner.pk,
    )
    moved = _answer_to("Could I move it to the week after?")
    corrections.mark(*moved, "tone", should_say="Of course! Which day of that week suits you?", user_id=owner.pk)
    _try_the_draft(business, owner)


def _answer_to(words: str) -> tuple[Turn, int]:
    """The turn that answered what a patient wrote, and the message with its answer."""
    asked = Message.objects.filter(author=Message.Author.CONTACT, text=words).latest("pk")
    later = Message.objects.filter(conversation=asked.conversation, author=Message.Author.ASSISTANT, pk__gt=asked.pk)
    message_id, turn_id = later.exclude(turn_id=None).order_by("pk").values_list("pk", "turn_id")[0]
    return Turn.objects.get(pk=turn_id or 0), message_id


def _try_the_draft(business: Business, owner: User) -> None:
    draft = versions.draft_to_work_on(owner.pk)
    versions.shadow(draft.pk, True)
    case_runs.ask(business, draft)
    turns = Turn.objects.filter(status=Turn.Status.DONE).order_by("pk")
    for turn in turns:
        shadow_runs.ask(business, turn.pk)
    for conversation_id in set(turns.values_list("conversation_id", flat=True)):
        worklist.call_for(business.pk, REVIEW, conversation_id)
    trials.ask_for_trial(business, draft, owner.pk, scenarios=SCENARIOS)
