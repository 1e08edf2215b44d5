"""The guided flow: the assistant without a language model.

Each answer is a function of the transcript alone: read the story so far, then take the next step of it. So it can
take over from another model in the middle of a conversation, and a repeated call gives the same answer.
"""

from agents.llm.guided import booking, handing_over, standing
from agents.llm.guided.answering import answers
from agents.llm.guided.chatting import news, opening, small_talk
from agents.llm.guided.languages import language_of
from agents.llm.guided.steps import Step
from agents.llm.guided.story import Story
from agents.llm.guided.telling import read_story
from agents.llm.guided.wording import paragraphs
from agents.types import ModelAnswer, ModelRequest, Stop, Text, ToolCall

MODEL = "guided"


class Guided:
    """agents.types.LanguageModel. Needs no network, no key and no state."""

    name = "guided"

    def respond(self, request: ModelRequest) -> ModelAnswer:
        story = read_story(request.brief, language_of(request.brief.language), request.transcript)
        step = handing_over.hand_over(story, "missing_knowledge", "summary_draft") if request.note else next_step(story)
        return _answer(step, len(request.transcript))


def next_step(story: Story) -> Step:
    """What a receptionist does next: tell what was done, fetch people, go on with what is wanted, or chat."""
    if story.news:
        return paragraphs(news(story), answers(story))
    handoff = handing_over.needed(story)
    if handoff is not None:
        return handoff
    story = standing.settle_which(story)
    step = _go_on(story)
    return step if not isinstance(step, str) else paragraphs(opening(story), answers(story), step)


def _go_on(story: Story) -> Step:
    if story.goal == "book":
        return booking.book(story)
    if story.goal == "move":
        return standing.move(story)
    if story.goal == "cancel":
        return standing.cancel(story)
    if story.goal == "list":
        return standing.show(story)
    return small_talk(story)


def _answer(step: Step, index: int) -> ModelAnswer:
    if isinstance(step, str):
        return ModelAnswer(blocks=(Text(text=step),), stop=Stop.END, model=MODEL)
    calls = tuple(
        ToolCall(id=f"g{index}_{number}", name=each.skill, arguments=dict(each.arguments))
        for number, each in enumerate(step)
    )
    return ModelAnswer(blocks=calls, stop=Stop.TOOLS, model=MODEL)
