"""Runs the demo's programs: starts them together, restarts what dies, shows its last lines, ends all of them.

Each writes to `<logs>/<name>.log`; with `verbose` those lines are also printed behind the program's name.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from frontdesk.stack.processes import dies_with_parent

RESTARTS = 5  # within RESTARTS_WITHIN seconds
RESTARTS_WITHIN = 60.0
STOP_WITHIN = 5.0
LAST_LINES = 12


class GaveUp(Exception):
    """A program can't be kept alive, or a job failed; its last lines have been shown."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run. With a port it is ready when something listens there on 127.0.0.1."""

    name: str
    command: tuple[str, ...]
    port: int | None = None


@dataclass
class _Child:
    program: Program
    process: subprocess.Popen[bytes]
    deaths: list[float] = field(default_factory=list)  # monotonic seconds
    start_again_at: float | None = None
    shown: int = 0  # bytes of its log already printed

    @property
    def is_ready(self) -> bool:
        if self.process.poll() is not None:
            return False
        return self.program.port is None or answers(self.program.port)


class Supervisor:
    """Use it from the main thread only: children are bound to the thread that starts them. Jobs (`run`) may be run
    from another one, which waits for their end."""

    def __init__(self, *, folder: Path, logs: Path, environment: Mapping[str, str], verbose: bool = False) -> None:
        self.folder = folder
        self.logs = logs
        self.environment = dict(environment)
        self.verbose = verbose
        self._children: dict[str, _Child] = {}

    def start(self, program: Program) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._log(program.name).rename(self._log(program.name).with_suffix(".log.1"))
        self._children[program.name] = _Child(program, self._spawn(program.name, program.command))

    def run(self, name: str, command: tuple[str, ...]) -> str:
        """Run a job to its end beside the programs and return its output. Raises GaveUp when it fails."""
        output = self.logs / f"{name}.out"
        self._log(name).unlink(missing_ok=True)
        job = self._spawn(name, command, output)
        try:
            self.wait_for(lambda: job.poll() is not None, 600, name)
        finally:
            _end([job])
        if job.returncode:
            self._show_last_lines(name)
            raise GaveUp(f"{name} failed (exit status {job.returncode}).")
        return output.read_text()

    def wait_until_ready(self, seconds: float, *names: str) -> None:
        for name in names:
            self.wait_for(lambda name=name: self._children[name].is_ready, seconds, name)  # type: ignore[misc]

    def wait_for(self, condition: Callable[[], bool], seconds: float, name: str) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if threading.current_thread() is threading.main_thread():  # what another one started would end with it
                self.check()
            if time.monotonic() > deadline:
                self._show_last_lines(name)
                raise GaveUp(f"{name} was not ready within {seconds:.0f} seconds.")
            time.sleep(0.03)

    def check(self) -> None:
        """Restart what died, later each time. Raises GaveUp when it is no accident. Call it often."""
        for child in self._children.values():
            if self.verbose:
                self._show_new_lines(child)
            if child.start_again_at is None and child.process.poll() is not None:
                self._note_death(child)
            elif child.start_again_at is not None and time.monotonic() >= child.start_again_at:
                child.process = self._spawn(child.program.name, child.program.command)
                child.start_again_at = None

    def stop(self) -> None:
        """End everything within seconds, whatever it is doing: all of it may be killed at any moment."""
        _end([child.process for child in self._children.values()])
        self._children.clear()

    def _note_death(self, child: _Child) -> None:
        name, now = child.program.name, time.monotonic()
        child.deaths = [death for death in child.deaths if now - death < RESTARTS_WITHIN] + [now]
        self._show_last_lines(name)
        if len(child.deaths) > RESTARTS:
            raise GaveUp(f"{name} ended {len(child.deaths)} times within a minute; see {self._log(name)}.")
        pause = min(2.0, 0.125 * 2 ** len(child.deaths))
        child.start_again_at = now + pause
        _say(f"{name} ended (exit status {child.process.returncode}); starting it again in {pause:g} s.")

    def _spawn(self, name: str, command: tuple[str, ...], output: Path | None = None) -> subprocess.Popen[bytes]:
        with self._log(name).open("ab") as log, (output or Path(os.devnull)).open("wb") as own:
            return subprocess.Popen(
                command,
                cwd=self.folder,
                env={**self.environment, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=own if output else log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us: they are ended in good order
                preexec_fn=dies_with_parent(signal.SIGKILL),
            )

    def _log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def _show_last_lines(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            for line in self._log(name).read_text(errors="replace").splitlines()[-LAST_LINES:]:
                _say(f"{name:>8} | {line}")

    def _show_new_lines(self, child: _Child) -> None:
        with self._log(child.program.name).open("rb") as log:
            log.seek(child.shown)
            whole, newline, _ = log.read().rpartition(b"\n")
        child.shown += len(whole + newline)
        for line in whole.decode(errors="replace").splitlines():
            _say(f"{child.program.name:>8} | {line}")


def answers(port: int) -> bool:
    """Whether something listens on 127.0.0.1:port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_WITHIN
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
