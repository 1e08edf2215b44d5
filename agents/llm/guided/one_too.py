""" "Can my sister have a cut too?", of what is read back: a second person, with a treatment of their own."""

from agents.llm.guided.changing import replace
from agents.llm.guided.companions import Party, Person
from agents.llm.guided.reading import Reading
from agents.llm.guided.story import Companion, Story


def hear_one_too(story: Story, reading: Reading) -> tuple[Story, Reading]:
    """Whoever comes besides waits until the first is booked, and changes nothing of what was read back."""
    wanted = reading.service or reading.asked_service.strip("?")
    wants_one = wanted or (reading.acts & {"another"} and not reading.also_for)
    besides = story.proposed and story.question == "confirm" and "too" in reading.besides and reading.relative
    if not (besides and wants_one) or story.relation or story.also or reading.wish:
        return story, reading
    own = Companion(relation=reading.relative, name=reading.name, service=wanted)
    plain = replace(
        reading,
        party=Party(people=(Person(relation=reading.relative, name=reading.name),)),
        service="",
        asked_service="",
        relation="",
        relative="",
        also_for="",
        name="",
        visit=(),
        yes=False,
        no=False,
        acts=frozenset({"another"}),
    )
    return replace(story, also=(own,)), plain
