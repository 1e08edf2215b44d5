"""Skills are found by convention: a module of this folder holds one public function of its own name.

`def skill(context: SkillContext, *, argument: Annotated[str, "what it is"], …) -> ToolResult` does the work inside
the transaction that also commits the step. An optional `before(context, **arguments)` of the same module runs
ahead of it, outside any transaction: the place for calls to vendors. The JSON Schema comes from the signature,
the description from the docstring.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from agents import skills
from agents.types import SkillContext, ToolResult, ToolSpec


class ArgumentsRefused(ValueError):
    """The model's arguments don't fit; the message tells it what to mend."""


@dataclass(frozen=True, kw_only=True)
class Skill:
    spec: ToolSpec
    arguments: type[BaseModel]
    act: Callable[..., ToolResult]
    before: Callable[..., None] | None

    def parse(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Validated keyword arguments, or ArgumentsRefused."""
        try:
            return dict(self.arguments.model_validate(arguments))
        except ValidationError as error:
            faults = (f"{'.'.join(map(str, fault['loc'])) or 'arguments'}: {fault['msg']}" for fault in error.errors())
            raise ArgumentsRefused("; ".join(faults)) from error


@lru_cache(maxsize=1)
def all_skills() -> dict[str, Skill]:
    """Every skill by name, in alphabetical order, so that prompts stay the same and can be cached."""
    found = {}
    for info in sorted(pkgutil.iter_modules(skills.__path__), key=lambda each: each.name):
        module = importlib.import_module(f"{skills.__name__}.{info.name}")
        act = getattr(module, info.name, None)
        if inspect.isfunction(act):
            found[info.name] = _skill(info.name, act, getattr(module, "before", None))
    return found


def _skill(name: str, act: Callable[..., ToolResult], before: Callable[..., None] | None) -> Skill:
    fields: dict[str, Any] = {}
    for parameter in inspect.signature(act, eval_str=True).parameters.values():
        if parameter.annotation is SkillContext:
            continue
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        fields[parameter.name] = (parameter.annotation, Field(default))
    arguments = create_model(name, __config__=ConfigDict(extra="forbid"), **fields)
    spec = ToolSpec(name=name, description=inspect.getdoc(act) or "", schema=_strict(arguments.model_json_schema()))
    return Skill(spec=spec, arguments=arguments, act=act, before=before)


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """As `strict: true` asks for: nothing additional, everything required, types only; `parse` checks the ranges."""
    kept = ("type", "description", "enum", "anyOf")
    properties = {}
    for name, part in schema.get("properties", {}).items():
        properties[name] = {key: value for key, value in part.items() if key in kept}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
