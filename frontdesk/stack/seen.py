"""What of this checkout was dealt with by an earlier start: a second one needn't do it again."""

import hashlib
from dataclasses import dataclass

from frontdesk.stack.checkout import Checkout, write_private


@dataclass(frozen=True)
class Seen:
    """Files of the checkout whose contents count. `name`: of the note in .local."""

    name: str
    patterns: tuple[str, ...]

    def changed(self, checkout: Checkout) -> bool:
        """True when one of them changed, came or went since `remember`."""
        note = checkout.local / self.name
        return not note.exists() or note.read_text() != self._fingerprint(checkout)

    def never(self, checkout: Checkout) -> bool:
        return not (checkout.local / self.name).exists()

    def remember(self, checkout: Checkout) -> None:
        write_private(checkout.local / self.name, self._fingerprint(checkout))

    def _fingerprint(self, checkout: Checkout) -> str:
        digest = hashlib.sha256()
        files = {file for pattern in self.patterns for file in checkout.root.glob(pattern) if file.is_file()}
        for file in sorted(files):
            digest.update(f"{file.relative_to(checkout.root)}\0".encode() + file.read_bytes() + b"\0")
        return digest.hexdigest()


MIGRATIONS = Seen("migrations", ("*/migrations/*.py", "requirements/*.txt"))
STATIC = Seen(
    "static-seen", ("static/**/*", "tenants/stylesheets.py", "frontdesk/built_static.py", "requirements/*.txt")
)
