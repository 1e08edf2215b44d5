"""A patient who writes to a practice on WhatsApp: through Twilio's wire, without a browser."""

from typing import Any

from tests.stories.stack import eventually
from tests.vendors import Sandbox


class Patient:
    def __init__(self, sandbox: Sandbox, *, number: str, phone: str = "whatsapp:+447911123456") -> None:
        self._sandbox = sandbox
        self.number = number
        self.phone = phone
        self.name = "Maria Lopes"

    def write(self, text: str) -> None:
        """The webhook took it (2xx); nothing is said of an answer."""
        sent = self._sandbox.post(
            "/patient/send", {"from": self.phone, "to": self.number, "body": text, "profile_name": self.name}
        )
        assert sent["status"] in (200, 204), sent

    def ask(self, text: str) -> str:
        """Write, and read the answer to it."""
        before = len(self.answers())
        self.write(text)
        return self.next_answer(before)

    def next_answer(self, before: int) -> str:
        eventually(lambda: len(self.answers()) > before, "the practice answers")
        return self.answers()[before]

    def answers(self) -> list[str]:
        """What reached the phone, oldest first."""
        shown: list[dict[str, Any]] = self._sandbox.get("/patient/messages", phone=self.phone, number=self.number)[
            "messages"
        ]
        return [each["body"] for each in shown if each["by"] == "business"]
