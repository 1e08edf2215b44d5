"""Twilio's OpenAPI documents: the 2010 API, Content and Messaging share one host here, as their paths allow."""

from pathlib import Path

from sandbox.core.specification import Specification

FILES = ("twilio_api_v2010.json", "twilio_content_v1.json", "twilio_messaging_v2.json")
# The media's own content has no operation of its own: its address is the resource's without an ending.
ELSEWHERE = ("/cdn/", "/Media/")


def read(folder: Path) -> list[Specification]:
    return [Specification.read(folder / name) for name in FILES]


def complaint_of(specifications: list[Specification], method: str, raw_path: str, query: str, body: bytes) -> str:
    path = raw_path.removeprefix("/twilio")
    if any(each in path for each in ELSEWHERE) and not path.endswith(".json"):
        return ""
    said = [each.complaint(method, path, query, body) for each in specifications]
    if "" in said:
        return ""
    known = [each for each in said if each != "no such address"]
    return f"{method} {raw_path}: {min(known or said, key=len)}"
