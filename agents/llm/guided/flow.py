"""The guided flow: the assistant without a language model.

Each answer is a function of the transcript alone: read the story so far, then take the next step of it. So it can
take over from another model in the middle of a conversation, and a repeated call gives the same answer.
"""

from agents.llm.guided import booking, codes, errands, handing_over, knowing, standing
from agents.llm.guided.answering import answers
from agents.llm.guided.chatting import news, opening, small_talk
from agents.llm.guided.choices import choices
from agents.llm.guided.steps import Act, Step
from agents.llm.guided.story import OWN_CALLS, Story, question_in
from agents.llm.guided.telling import read_story
from agents.llm.guided.wording import paragraphs, text
from agents.types import ModelAnswer, ModelRequest, Stop, Text, ToolCall

MODEL = "guided"


class Guided:
    """agents.types.LanguageModel. Needs no network, no key and no state."""

    name = "guided"

    def respond(self, request: ModelRequest) -> ModelAnswer:
        tools = frozenset(tool.name for tool in request.tools)
        story = read_story(request.brief, request.transcript, tools)
        step = handing_over.hand_over(story, "missing_knowledge", "summary_draft") if request.note else next_step(story)
        return _answer(story, step, request.read_up_to)


def next_step(story: Story) -> Step:
    """What a receptionist does next: look up, tell what was done, fetch people, go on with what is wanted, or chat."""
    code = codes.to_try(story)
    if code is not None:
        return code
    if codes.refused(story):
        return text(story, "code_refused")
    unknown = [] if handing_over.called_for(story) else knowing.questions(story)
    if unknown:
        return tuple(
            Act(skill=knowing.SKILL, arguments={"question": each, "language": story.language.code}) for each in unknown
        )
    if story.news:
        return _tell(story)
    handoff = handing_over.needed(story)
    if handoff is not None:
        return handoff
    story = standing.settle_which(story)
    step = _go_on(story)
    if story.stale and isinstance(step, str) and (story.proposed or story.appointment or story.table):
        return paragraphs(text(story, "now_stands"), step)
    return step if not isinstance(step, str) else paragraphs(opening(story), answers(story), _counted(story), step)


def _counted(story: Story) -> str:
    """Said once, when several people were heard of: how many appointments that makes."""
    if story.goal == "book" and story.then and any(len(each.wish.dates) > 1 for each in story.heard):
        return text(story, "day_by_day", count=1 + len(story.then))
    if not (story.goal == "book" and story.also and any(each.party.people for each in story.heard)):
        return ""
    return text(story, "one_by_one", count=1 + len(story.also))


def _tell(story: Story) -> Step:
    """What was done; whoever comes next is searched for before it is told."""
    if not (story.goal == "book" and (story.relation or story.next_day)):
        return paragraphs(news(story), answers(story))
    step = booking.book(story)
    if not isinstance(step, str):
        return step
    if story.next_day:
        alone = question_in(step) in ("confirm", "name")
        return paragraphs(news(story), answers(story), f"{text(story, 'next_day')} {step}" if alone else step)
    name = "next_free" if question_in(step) in ("confirm", "name") else "next_person"
    whom = text(story, name, whom=story.patient_name or text(story, "relative"))
    return paragraphs(news(story), answers(story), f"{whom} {step}")


def _go_on(story: Story) -> Step:
    if story.goal == "book":
        return booking.book(story)
    if story.goal == "move":
        return standing.move(story)
    if story.goal == "cancel":
        return standing.cancel(story)
    if story.goal == "list":
        return standing.show(story)
    if story.goal:
        return errands.errand(story)
    return small_talk(story)


def _answer(story: Story, step: Step, index: int) -> ModelAnswer:
    if isinstance(step, str):
        return ModelAnswer(blocks=(Text(text=step, choices=choices(story, step)),), stop=Stop.END, model=MODEL)
    calls = tuple(
        ToolCall(id=f"{OWN_CALLS}{index}_{number}", name=each.skill, arguments=dict(each.arguments))
        for number, each in enumerate(step)
    )
    return ModelAnswer(blocks=calls, stop=Stop.TOOLS, model=MODEL)
