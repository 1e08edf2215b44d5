"""Child processes that never outlive their parent."""

import ctypes
import os
import signal
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def dies_with_parent(sent: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn`: the child gets `sent` when the thread that started it ends, however that comes about.

    Popen calls it after it has changed the user, which would clear the setting (prctl(2), PR_SET_PDEATHSIG).
    Start such children from a thread that lives as long as they should: the main one.
    """
    parent = os.getpid()

    def prepare() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return prepare


def follow_parent(sent: signal.Signals) -> None:
    """The same for this process itself."""
    parent = os.getppid()
    _libc.prctl(_PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), sent)
