"""Nothing is claimed that is not so: the check of a reply before it leaves (see agents/runtime/outgoing)."""

from agents.runtime.outgoing.checking import are_certain, faults, kinds_of, unfounded
from agents.runtime.outgoing.facts import Change, Committed, Heard, Standing
from agents.runtime.outgoing.times import Fault

__all__ = ["Change", "Committed", "Fault", "Heard", "Standing", "are_certain", "faults", "kinds_of", "unfounded"]
