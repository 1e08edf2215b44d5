"""The marked strings of a Django template, under exactly the ids that Django looks up when it renders.

Read from Django's own parse: {% translate %}, {% blocktranslate %} with context and plural, _("…") in any expression.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template import engines
from django.template.base import FilterExpression, Node, NodeList
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from frontdesk.words.entry import Entry

CALLED = re.compile(r"""_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\)""")
QUOTED = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")


def template_words(path: Path) -> Iterator[Entry]:
    parsed = engines["django"].engine.from_string(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    yield from _in(parsed.nodelist, set())


def _in(thing: Any, seen: set[int]) -> Iterator[Entry]:
    """Everything that is reachable from a node: its expressions, and the nodes below it."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    match thing:
        case TranslateNode():
            yield from _translate(thing)
        case BlockTranslateNode():
            yield _block(thing)
        case FilterExpression():
            yield from (Entry(id=_percent(_unquoted(found))) for found in CALLED.finditer(thing.token))
            return
    if isinstance(thing, dict):
        below: Any = thing.values()
    elif isinstance(thing, list | tuple | NodeList):
        below = thing
    elif isinstance(thing, Node) or type(thing).__module__.startswith("django.template."):
        below = [value for name, value in vars(thing).items() if name not in ("origin", "token", "parser")]
    else:
        return
    for each in below:
        yield from _in(each, seen)


def _translate(node: TranslateNode) -> Iterator[Entry]:
    found = QUOTED.match(node.filter_expression.token)
    if found:  # else a variable: what it holds is marked where it comes from
        yield Entry(id=_percent(_unquoted(found)), context=_constant(node.message_context))


def _block(node: BlockTranslateNode) -> Entry:
    singular, _ = node.render_token_list(node.singular)
    plural, _ = node.render_token_list(node.plural) if node.plural else (None, None)
    return Entry(id=singular, plural=plural, context=_constant(node.message_context))


def _constant(expression: FilterExpression | None) -> str | None:
    return str(expression.resolve({})) if expression else None  # type: ignore[arg-type]


def _unquoted(found: re.Match[str]) -> str:
    return re.sub(r"\\(.)", r"\1", found[1] if found[1] is not None else found[2])


def _percent(text: str) -> str:
    return text.replace("%", "%%")
