"""What the demo prints when it is up: where to go, who to be, how to end it."""

import json
from collections.abc import Mapping
from typing import Any

from frontdesk.stack.demo_programs import Ports


def welcome(ports: Ports, seeded: str, environment: Mapping[str, str], seconds: float) -> str:
    """`seeded` is the output of `manage.py seed_demo`; its last line is JSON:

    {"businesses": [{"name", "slug", "number"}…],
     "users": [{"email", "password", "business", "role"}…]}
    """
    data = _last_json(seeded)
    lines = ["", f"Frontdesk is up ({seconds:.1f} s).", ""]
    lines += [f"  Web      {ports.web_origin}/"]
    for user in data.get("users", []):
        where = " · ".join(str(user[key]) for key in ("role", "business") if user.get(key))
        lines += [f"           log in as  {user['email']}   {user['password']}   {where}".rstrip()]
    lines += ["", f"  Phone    {ports.sandbox_origin}/phone/      play a patient on WhatsApp"]
    for business in data.get("businesses", []):
        lines += [f"           write to  {business.get('number', '')}   {business['name']}"]
    lines += [f"  Mailbox  {ports.sandbox_origin}/mail/       every e-mail that Frontdesk sends"]
    lines += ["", f"  Assistant: {_assistant(environment)}."]
    return "\n".join([*lines, "  Ctrl-C ends it; the data stays. Logs: .local/logs/", ""])


def _assistant(environment: Mapping[str, str]) -> str:
    if environment.get("ANTHROPIC_API_KEY"):
        return "Anthropic's API, with your ANTHROPIC_API_KEY"
    return "the guided flow, no model needed (set ANTHROPIC_API_KEY to use the real one)"


def _last_json(text: str) -> dict[str, Any]:
    lines = text.strip().splitlines()
    try:
        data: dict[str, Any] = json.loads(lines[-1])
    except (IndexError, ValueError):
        return {}
    return data
