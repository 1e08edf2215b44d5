from tests.desk.conftest import alices, bobs, scene
from tests.diary.conftest import ada, check_up, desk, monday

__all__ = ["ada", "alices", "bobs", "check_up", "desk", "monday", "scene"]
