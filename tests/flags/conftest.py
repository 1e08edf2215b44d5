from tests.agents.conftest import monday, say
from tests.desk.conftest import alices, bobs

__all__ = ["alices", "bobs", "monday", "say"]
