"""What a request to the Calendar API does against Google's discovery document, whatever is answered in the end."""

from starlette.datastructures import QueryParams

from sandbox.google import discovery
from sandbox.google.errors import GoogleError

PREFIX = "/google/calendar/v3/"


def complaint(method: str, raw_path: str, query: str, body: bytes) -> str:
    """Empty when method, path, parameters, their types and the body are as the document says."""
    if not raw_path.startswith(PREFIX):
        return ""
    try:
        found = discovery.match(method, raw_path.removeprefix(PREFIX))
        discovery.check_query(found, QueryParams(query))
        missing = discovery.missing_parameters(found, QueryParams(query))
        discovery.check_body(found, body)
    except GoogleError as error:
        return f"{method} {raw_path}: {error}"
    if found.definition.get("request") is None and body:
        return f"{method} {raw_path}: takes no body"
    return f"{method} {raw_path}: {', '.join(missing)} missing" if missing else ""
