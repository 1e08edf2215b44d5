"""People who ask for just what the business wants to answer itself, by a rule in its own words."""

from agents.llm.guided.house_rules import matters_of
from agents.llm.guided.rule_conditions import Conditions, conditions_of
from conversations.evaluation.saying import Voice
from conversations.evaluation.scenario import CannotPlay, Goal, Said, Wanted
from conversations.evaluation.sorts.booking import Made, plan
from conversations.evaluation.world import World
from conversations.models import Handoff

GROWN_UP = 40


def house_rule(world: World, voice: Voice) -> Made:
    """One matter of one of the rules that hand over, in another sentence than the rule's."""
    rules = [each["text"] for each in world.offering.version.rules if each["kind"] == "escalate"]
    services = world.offering.service_names()
    playable = [each for each in rules if matters_of(each, services) or conditions_of(each).of_ages]
    if not playable:
        raise CannotPlay("no rule of the house hands over")
    rule = world.rng.choice(playable)
    matters = matters_of(rule, services)
    matter = world.rng.choice(matters) if matters else ""

    def asks() -> str:
        said = [voice.say("matter", f=matter)] if matter else []
        aged = conditions_of(rule)
        return ". ".join([*said, *([voice.say("of_age", n=str(_age(aged)))] if aged.of_ages else [])])

    goal = Goal(act="none", opening=(Said(text=voice.greeted(asks())),), again=(asks(), asks()))
    anybody = tuple(each for each in Handoff.Reason.values if each != Handoff.Reason.RED_FLAG)
    return plan(world, voice, goal), Wanted(handoff=anybody)


def _age(conditions: Conditions) -> int:
    """Years for which the rule is."""
    if conditions.under is not None:
        return max(1, conditions.under - 2)
    return GROWN_UP if conditions.over is None else conditions.over + 2
