"""The operator's brake: with it on, no language model of any vendor is called for any business.

Every process asks the database at most once in some seconds, so it is in force everywhere within ten.
"""

import time
from dataclasses import dataclass

from django.db import transaction

from tenants import clock
from tenants.audit import record
from tenants.models import PlatformSwitch, User

REMEMBERED_SECONDS = 5.0
ROW = 1


@dataclass(frozen=True, kw_only=True)
class Brake:
    on: bool
    reason: str = ""


class _Remembered:
    def __init__(self) -> None:
        self.brake = Brake(on=False)
        self.until = 0.0


_remembered = _Remembered()


def brake() -> Brake:
    """Whether models are switched off, and why; at most five seconds old."""
    if time.monotonic() >= _remembered.until:
        row = PlatformSwitch.objects.order_by("pk").values_list("models_off", "reason").first()
        _remembered.brake = Brake(on=row[0], reason=row[1]) if row else Brake(on=False)
        _remembered.until = time.monotonic() + REMEMBERED_SECONDS
    return _remembered.brake


def forget() -> None:
    """This process asks the database the next time."""
    _remembered.until = 0.0


def switch_off(reason: str, actor: User | None = None) -> None:
    _switch(True, reason.strip(), actor)


def switch_on(actor: User | None = None) -> None:
    _switch(False, "", actor)


def _switch(off: bool, reason: str, actor: User | None) -> None:
    with transaction.atomic():
        PlatformSwitch.objects.update_or_create(
            pk=ROW, defaults={"models_off": off, "reason": reason, "changed_by": actor, "changed_at": clock.now()}
        )
        record(None, actor, "models.off" if off else "models.on", "platform switch", reason=reason)
    transaction.on_commit(forget)
