"""The tests' requests to Twilio and Meta, held to the vendors' own documents by Prism: `make prism`.

The suite itself holds each of them to the same documents (tests/vendors.py); this is a second opinion, by a program
that is not ours. It wants node (`npx`), the network once, and the documents (../shared/specs); without them it says so
and leaves. Ends with 1 when Prism refuses a request.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from sandbox.core.specification import FORM
from sandbox.meta import specification as meta
from sandbox.twilio import specification as twilio
from tests.vendors import ROOT, SPECIFICATIONS

PRISM = os.environ.get("PRISM", "npx --yes @stoplight/prism-cli@5").split()
SENDING = ("meta", "media", "conversations", "desk", "campaigns", "voice")  # folders whose tests send
WRONG_ON_PURPOSE = "a_request_that_a_vendor_does_not_describe_is_noticed"
FIRST_PORT = 4110
# Of Meta's many addresses of the form /{Version}/{some id} Prism would take the first: these are the ones we mean.
META_PATHS = (
    "/{Version}/{Phone-Number-ID}/messages",
    "/{Version}/{Phone-Number-ID}/media",
    "/{Version}/{Phone-Number-ID}/register",
    "/{Version}/{WABA-ID}/message_templates",
    "/{Version}/{WABA-ID}/subscribed_apps",
    "/{Version}/{WABA-ID}/phone_numbers",
    "/{Version}/{Media-ID}",
)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What Prism said of one request; `why` is empty when it is valid."""

    name: str
    why: str


def main() -> int:
    if missing := _missing():
        print(f"SKIPPED, not checked: {missing}")
        return 0
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        requests = _requests(Path(folder))
        addresses = servers.enter_context(_prisms(Path(folder)))
        verdicts = [_ask(addresses, each) for each in requests if not _elsewhere(each)]
    counts = Counter(each.why == "" for each in verdicts)
    print(f"{len(requests)} requests, {counts[True]} valid, {counts[False]} refused", end=", ")
    print(f"{len(requests) - len(verdicts)} to addresses that stand in no document")
    for (name, why), times in Counter((each.name, each.why) for each in verdicts if each.why).most_common():
        print(f"{times} × {name}: {why}")
    return 1 if counts[False] else 0


def _missing() -> str:
    if not SPECIFICATIONS.is_dir():
        return f"the vendors' documents are not at {SPECIFICATIONS}"
    return "" if shutil.which(PRISM[0]) else f"{PRISM[0]} is not installed"


def _requests(folder: Path) -> list[dict[str, Any]]:
    """Given as files of kept requests, or kept now by running the tests; each request once."""
    files = [Path(each) for each in sys.argv[1:]]
    if not files:
        files = [folder / "requests.jsonl"]
        wanted = f"not browser and not {WRONG_ON_PURPOSE}"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-k", wanted]
        command += [f"tests/{each}" for each in SENDING]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "KEEP_REQUESTS": str(files[0])}, check=True)
    lines = dict.fromkeys(line for each in files for line in each.read_text().splitlines())
    found = [json.loads(line) for line in lines]
    return [each for each in found if each["vendor"] in ("twilio", "meta")]


def _documents() -> Iterator[tuple[str, dict[str, Any]]]:
    """By the paths' first part; Meta's as the sandbox reads it (what is put right there and why: its module)."""
    document = meta.read(SPECIFICATIONS).document
    yield "/meta/", document | {"paths": {path: document["paths"][path] for path in META_PATHS}}
    for part, each in zip(
        ("/twilio/2010-04-01/", "/twilio/v1/", "/twilio/v2/"), twilio.read(SPECIFICATIONS), strict=True
    ):
        yield part, each.document


@contextmanager
def _prisms(folder: Path) -> Iterator[dict[str, str]]:
    """One for each document; their addresses."""
    addresses: dict[str, str] = {}
    running = []
    try:
        for number, (part, document) in enumerate(_documents()):
            for path in document["paths"].values():
                path.pop("servers", None)
            document["servers"] = [{"url": "http://127.0.0.1"}]
            _say_lists(document)
            file = folder / f"{number}.json"
            file.write_text(json.dumps(document, default=str))
            port = FIRST_PORT + number
            command = [*PRISM, "mock", "--errors", "-v", "error", "-p", str(port), str(file)]
            running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True))
            addresses[part] = f"http://127.0.0.1:{port}"
        for address in addresses.values():
            _wait(address)
        yield addresses
    finally:
        for process in running:
            os.killpg(process.pid, 15)
            process.wait()


def _say_lists(document: dict[str, Any]) -> None:
    """OpenAPI's own default for lists in forms (a=1&a=2), which Prism reads only where it is written down. A form's "+"
    it then takes for a reserved letter, not for a space, unless those are allowed."""
    for methods in document["paths"].values():
        for operation in methods.values():
            body = operation.get("requestBody", {}) if isinstance(operation, dict) else {}
            form = body.get("content", {}).get(FORM, {})
            for name, schema in form.get("schema", {}).get("properties", {}).items():
                if schema.get("type") == "array":
                    form.setdefault("encoding", {})[name] = {"style": "form", "explode": True, "allowReserved": True}


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            httpx.get(address)
            return
        except httpx.TransportError:
            time.sleep(0.5)
    raise SystemExit(f"Prism does not answer at {address}")


def _elsewhere(request: dict[str, Any]) -> bool:
    """What stands in other documents, or in none: log-in, the contents of files, deleting a file at Meta."""
    path = request["path"].removeprefix("/" + request["vendor"])
    if request["vendor"] == "meta":
        file = request["method"] == "DELETE" and meta.MEDIA.fullmatch(path)
        return bool(file) or any(each in path for each in meta.ELSEWHERE)
    return any(each in path for each in twilio.ELSEWHERE) and not path.endswith(".json")


def _ask(addresses: dict[str, str], request: dict[str, Any]) -> Verdict:
    path = request["path"]
    name = f"{request['method']} {re.sub(r'[A-Z]{2}[0-9a-f]{32}|[0-9]{6,}', '…', path)}"
    part = next((each for each in addresses if path.startswith(each)), None)
    if part is None:
        return Verdict(name=name, why="no document has this address")
    headers = {key: value for key, value in request["headers"].items() if key in ("content-type", "authorization")}
    if "authorization" in headers:  # its scheme as it came, the secret in a shape that a document may ask for
        headers["authorization"] = headers["authorization"].replace("***", "QUMxOnNlY3JldA==")
    answer = httpx.request(
        request["method"],
        addresses[part] + path.removeprefix("/" + request["vendor"]),
        params=request["query"] or None,
        content=base64.b64decode(request["body"]),
        headers=headers,
        timeout=120,
    )
    return Verdict(name=name, why=_why(answer))


def _why(answer: httpx.Response) -> str:
    """Only what it says of the request counts; that it can't make up an answer by the document is its own matter."""
    if answer.status_code < 400:
        return ""
    said = answer.json()
    found = said.get("validation", [])
    if answer.status_code == 500 and found and all(each["location"][0] == "response" for each in found):
        return ""
    return f"{said.get('title') or answer.text[:200]}: " + "; ".join(
        f"{'.'.join(each['location'])} {each['message']}" for each in found
    )


if __name__ == "__main__":
    sys.exit(main())
