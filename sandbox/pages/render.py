"""Templates with the headers that every page has."""

from pathlib import Path
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

TEMPLATES = Path(__file__).parent.parent / "templates"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)

environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
)


def page(request: Request, name: str, *, status: int = 200, form_action: str = "", **context: Any) -> HTMLResponse:
    """`form_action` is an origin that a form's answer may redirect to."""
    html = environment.get_template(name).render(path=request.url.path, **context)
    headers = {
        "Content-Security-Policy": f"{POLICY} {form_action}".strip(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    return HTMLResponse(html, status_code=status, headers=headers)
