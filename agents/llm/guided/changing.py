"""`dataclasses.replace` for stories and readings, which have some fifty fields and change a hundred times a turn."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(thing: Any, /, **changes: Any) -> Any:
        """A copy with other values in some fields; without going through all the others one by one."""
        values = {**thing.__dict__, **changes}
        if len(values) != len(thing.__dict__):
            raise TypeError(f"{type(thing).__name__} has no field {', '.join(changes.keys() - thing.__dict__.keys())}")
        made = object.__new__(type(thing))
        made.__dict__.update(values)
        return made


__all__ = ["replace"]
