"""Files of strangers are read in a child process with little time and memory, so that a hostile one ends there alone.

A reader is a module of this package with `read(data: bytes) -> Read`, run as `python -m agents.knowledge.<reader>`.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CPU_SECONDS, WALL_SECONDS = 10, 20
MEMORY = 768 * 1024 * 1024  # bytes of address space
TEXT = 1_000_000  # characters that a reader may answer with


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a file says. `problem`: why it says nothing, as a word of agents.knowledge.imported.PROBLEMS."""

    title: str = ""
    text: str = ""
    problem: str = ""


def read_apart(reader: str, data: bytes) -> Read:
    """Never raises: whatever kills the child is a problem of the file."""
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and module)
            [sys.executable, "-m", f"agents.knowledge.{reader}"],
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Read(problem="too_much_work")
    if done.returncode:
        return Read(problem="too_much_work" if done.returncode < 0 else "broken")
    try:
        return Read(**json.loads(done.stdout))
    except (ValueError, TypeError):
        return Read(problem="broken")


def serve(read: Callable[[bytes], Read]) -> None:
    """The child's whole life: from standard input to standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        found = read(sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        found = Read(problem="too_much_work")
    json.dump({"title": found.title[:300], "text": found.text[:TEXT], "problem": found.problem}, sys.stdout)
