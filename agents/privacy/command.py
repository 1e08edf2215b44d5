"""JSON lines in, redacted JSON lines out: the `redact` command without Django.

In: `{"text": …, "known": [names], "country": "GB", "language": "en"}`, all but `text` optional.
Out: `{"text": redacted, "spans": [{"type", "start", "end"}]}`, offsets in code points of the original; or
`{"error": …}` for a line that can't be used. Every line is independent of the others.
"""

import json
from typing import IO, Any

from agents.errors import RedactionFailed
from agents.privacy.known import known_from_text
from agents.privacy.pseudonyms import Pseudonyms


def run(stdin: IO[str], stdout: IO[str]) -> None:
    """Answers each line of `stdin` at once with one line on `stdout`; empty lines are passed over."""
    for line in stdin:
        if line.strip():
            stdout.write(json.dumps(_answer(line)) + "\n")
            stdout.flush()


def _answer(line: str) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "not JSON"}
    problem = _problem(request)
    if problem:
        return {"error": problem}
    pseudonyms = Pseudonyms(
        map(known_from_text, request.get("known") or ()),
        country=request.get("country") or "GB",
        language=request.get("language") or "en",
    )
    try:
        redacted = pseudonyms.redact(request["text"])
    except RedactionFailed as failure:
        return {"error": str(failure)}
    spans = [{"type": span.type, "start": span.start, "end": span.end} for span in redacted.spans]
    return {"text": redacted.text, "spans": spans}


def _problem(request: Any) -> str:
    if not isinstance(request, dict):
        return "a line is an object with a text"
    if not isinstance(request.get("text"), str):
        return "text must be a string"
    known = request.get("known") or []
    if not isinstance(known, list) or not all(isinstance(value, str) for value in known):
        return "known must be a list of strings"
    if not all(isinstance(request.get(key) or "", str) for key in ("country", "language")):
        return "country and language must be strings"
    return ""
