"""Nothing is claimed that is not so: the check of a reply before it leaves (see agents/runtime/outgoing)."""

from agents.runtime.outgoing.checking import unfounded
from agents.runtime.outgoing.facts import Change, Committed, Heard, Standing

__all__ = ["Change", "Committed", "Heard", "Standing", "unfounded"]
