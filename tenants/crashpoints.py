"""Named places where a test may kill this process, as a power cut would.

That nothing is lost or done twice can only be shown by real kills at the exact borders: after a tool committed and
before its checkpoint, after the vendor accepted and before we noted it. A debugger or a mock would let the process
clean up; SIGKILL doesn't. So the points stand in the product, and cost one comparison with None unless
FRONTDESK_CRASH_AT is set (docs/settings.md); never set it in production.
"""

import os
import signal
from itertools import count

_wanted, _, _nth = os.environ.get("FRONTDESK_CRASH_AT", "").partition(":")
_target = _wanted or None
_visit = count(1)
_fatal_visit = int(_nth or 1)


def reach(name: str) -> None:
    """Die here, unable to clean up, when FRONTDESK_CRASH_AT is `name`, or `name:N` on the N-th visit of this process."""
    if _target is not None and name == _target and next(_visit) == _fatal_visit:
        os.kill(os.getpid(), signal.SIGKILL)
