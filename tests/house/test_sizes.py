"""Files and functions stay small enough to be read at a glance (docs/decisions and CONTRIBUTING say why)."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("frontdesk", "tenants", "agents", "conversations", "escalations", "calendar_sync", "sandbox")
FILE_P90, FILE_MAX = 200, 400
FUNCTION_P90, FUNCTION_MAX = 30, 50
BROAD_EXCEPTS = 3
BANNED_NAMES = {"utils.py", "helpers.py", "services.py", "managers.py", "misc.py", "common.py"}


def sources() -> list[Path]:
    return [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]


def functions() -> Iterator[tuple[str, int]]:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def p90(sizes: list[int]) -> int:
    return sorted(sizes)[int(len(sizes) * 0.9)]


def test_files_are_small():
    sizes = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {name: size for name, size in sizes.items() if size > FILE_MAX} == {}
    assert p90(list(sizes.values())) <= FILE_P90


def test_functions_are_short():
    sizes = dict(functions())
    assert {name: size for name, size in sizes.items() if size > FUNCTION_MAX} == {}
    assert p90(list(sizes.values())) <= FUNCTION_P90


def test_files_are_named_for_what_they_do():
    assert [str(path) for path in sources() if path.name in BANNED_NAMES] == []


def test_broad_excepts_that_swallow_stand_only_at_a_workers_outer_edge():
    broad = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.ExceptHandler)
                and _is_broad(node.type)
                and not isinstance(node.body[-1], ast.Raise)
            ):
                broad.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert len(broad) <= BROAD_EXCEPTS, broad


def _is_broad(kind: ast.expr | None) -> bool:
    if kind is None:
        return True
    return isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"}
