"""`python -m bench [name …] [--json FILE]`; exit status 0 whatever is met: it measures, it does not judge."""

import argparse
import importlib
import sys
import time
from pathlib import Path

from bench.measure import Row
from bench.place import own_database
from bench.report import table, write_json

# In the order in which they run; each is a module with `measure() -> list[Row]`.
BENCHES = (
    "guided_flow",
    "redaction",
    "dates",
    "availability",
    "booking_race",
    "webhook",
    "whole_turn",
    "prompt_size",
    "staff_pages",
    "live_desk",
    "businesses",
)


def main() -> None:
    wanted = _arguments()
    rows: list[Row] = []
    try:
        with own_database():
            for name in wanted.names or BENCHES:
                started = time.monotonic()
                rows += importlib.import_module(f"bench.{name}").measure()
                print(f"{name}: {time.monotonic() - started:.1f} s", file=sys.stderr)
    finally:
        print(table(rows))  # what was measured before anything went wrong
    if wanted.json:
        write_json(rows, wanted.json)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Frontdesk on this machine.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"which: {', '.join(BENCHES)} (default: all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    wanted = parser.parse_args()
    if unknown := [name for name in wanted.names if name not in BENCHES]:
        parser.error(f"no bench is called {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    return wanted


if __name__ == "__main__":
    main()
