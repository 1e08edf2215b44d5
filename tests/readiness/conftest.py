from tests.desk.conftest import alices, bobs, scene

__all__ = ["alices", "bobs", "scene"]
