"""Each component's style is written in one place."""

import collections
import re
from pathlib import Path

STYLES = Path(__file__).parents[2] / "static" / "css"
OPENS = re.compile(r"^\.([\w-]+) \{", re.MULTILINE)


def test_light_and_dark_differ_in_colours_only():
    # Therefore in dark only what is of colours has to be looked at (tests/browser.py).
    told = ("data-bs-theme", "prefers-color-scheme")
    assert [sheet.name for sheet in STYLES.glob("*.css") if any(each in sheet.read_text() for each in told)] == []


def test_a_class_is_a_component_of_one_file():
    # Two pages once both called their bars .bars, and the later file bent the earlier page on a phone.
    homes = collections.defaultdict(set)
    for sheet in STYLES.glob("*.css"):
        for name in OPENS.findall(sheet.read_text()):
            homes[name].add(sheet.name)
    assert len(homes) > 100
    assert {name: sorted(files) for name, files in homes.items() if len(files) > 1} == {}
