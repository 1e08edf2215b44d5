"""Which worker runs which files: the longest first, so that nobody waits for one at the end; one stack for the stories.

A file stays with one worker, as its fixtures do; the files of a folder whose programs are started once stay together.
"""

import gc
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

TOGETHER = ("tests/stories/",)  # its stack takes longer to start than most files to run
# Seconds on a quiet machine, where it is more than ten; a file that isn't here counts as short. Need not be exact.
LONG = {
    "tests/stories/": 200,
    "tests/agents/test_injections_at_the_front_door.py": 120,
    "tests/leaks/test_no_personal_data_reaches_the_model.py": 35,
    "tests/google/test_history.py": 45,
    "tests/desk/test_browser.py": 55,
    "tests/diary/test_settings_in_a_browser.py": 50,
    "tests/desk/test_contacts_in_a_browser.py": 30,
    "tests/desk/test_views_in_a_browser.py": 30,
    "tests/memory/test_prompt_size.py": 35,
    "tests/api/test_schemathesis.py": 30,
    "tests/crash/test_kill_at_every_step.py": 15,
    "tests/stack/test_demo.py": 30,
    "tests/diary/test_availability_by_reference.py": 25,
    "tests/diary/test_in_a_browser.py": 25,
    "tests/conversations/test_automatic_in_a_browser.py": 25,
    "tests/desk/test_duty_in_a_browser.py": 25,
    "tests/versions/test_in_a_browser.py": 20,
    "tests/agents/test_outgoing_check.py": 20,
    "tests/diary/test_feed_in_a_browser.py": 15,
    "tests/flags/test_words.py": 15,
    "tests/flags/test_in_a_browser.py": 15,
    "tests/knowledge/test_in_a_browser.py": 15,
    "tests/campaigns/test_in_a_browser.py": 15,
    "tests/seeing/test_in_a_browser.py": 15,
    "tests/reports/test_in_a_browser.py": 15,
    "tests/api/test_in_a_browser.py": 15,
    "tests/leaks/test_nothing_personal_stays_behind.py": 15,
}


def share_of(nodeid: str) -> str:
    """What is given to a worker as a whole: the test's folder or its file."""
    return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.split("::", 1)[0])


class LongestFirst(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In the workers, who have to agree; a run without them keeps the order in which tests are written."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: -LONG.get(share_of(item.nodeid), 0))


def pytest_collection_finish() -> None:
    """What importing made stays for good: the garbage collector needn't walk through it in each test."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Stands in for --dist loadfile, whose own order is by the number of tests in a file."""
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return LongestFirst(config, log)
