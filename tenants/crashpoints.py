"""Named places where a test may kill this process, as a power cut would.

That nothing is lost or done twice can only be shown by real kills at the exact borders: after a tool
committed and before its checkpoint, after the vendor accepted and before we noted it. A debugger or a mock
would let the process clean up; SIGKILL doesn't. So the points stand in the product, and cost one comparison
with None unless FRONTDESK_CRASH_AT is set (docs/settings.md). Never set it in production.
"""

import os
import signal
from itertools import count

_name, _, _nth = os.environ.get("FRONTDESK_CRASH_AT", "").partition(":")
_target = _name or None
_fatal_visit = int(_nth or 1)
_visits = count(1)


def reach(name: str) -> None:
    """Die here when FRONTDESK_CRASH_AT is `name`, or `name:N` and this is the process's N-th visit."""
    if _target is not None and name == _target and next(_visits) == _fatal_visit:
        os.kill(os.getpid(), signal.SIGKILL)
