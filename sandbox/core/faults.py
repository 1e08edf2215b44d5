"""Faults on order: what the next matching requests of a vendor suffer."""

import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

KINDS = ("status", "delay", "drop", "drop_after_accept", "wrong_body")


class FaultOrder(BaseModel):
    """The body of POST /control/faults. `times` 0 means until it is deleted."""

    model_config = ConfigDict(extra="forbid")

    vendor: str
    path: str = ""
    method: str = ""
    times: int = Field(default=1, ge=0)
    kind: str
    status: int | None = Field(default=None, ge=100, le=599)
    body: Any = None
    headers: dict[str, str] = {}
    seconds: float = Field(default=0, ge=0)
    accept: bool = False

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, kind: str) -> str:
        if kind not in KINDS:
            raise ValueError(f"must be one of {', '.join(KINDS)}")
        return kind

    @field_validator("path")
    @classmethod
    def _is_a_pattern(cls, path: str) -> str:
        try:
            re.compile(path)
        except re.error as error:
            raise ValueError(f"is not a regular expression: {error}") from error
        return path


@dataclass(kw_only=True)
class Fault:
    id: int
    order: FaultOrder
    done: int = 0

    def matches(self, vendor: str, method: str, path: str) -> bool:
        order = self.order
        return (
            order.vendor == vendor
            and (not order.method or order.method.upper() == method)
            and re.search(order.path, path) is not None
            and (order.times == 0 or self.done < order.times)
        )

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "done": self.done, **self.order.model_dump()}


@dataclass
class Faults:
    """In order of arrival; the first that matches strikes, and each request suffers one at most."""

    ordered: list[Fault] = field(default_factory=list)
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def add(self, order: FaultOrder) -> Fault:
        fault = Fault(id=next(self._ids), order=order)
        self.ordered.append(fault)
        return fault

    def strike(self, vendor: str, method: str, path: str) -> FaultOrder | None:
        for fault in self.ordered:
            if fault.matches(vendor, method, path):
                fault.done += 1
                return fault.order
        return None

    def remove(self, identifier: int | None = None) -> int:
        """Removes one, or all of them; how many went."""
        before = len(self.ordered)
        self.ordered = [f for f in self.ordered if identifier is not None and f.id != identifier]
        return before - len(self.ordered)
