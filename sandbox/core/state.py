"""JSON documents by kind and key: read from memory, written through to SQLite."""

import json
import sqlite3
from pathlib import Path
from typing import Any

Document = dict[str, Any]

SCHEMA = """
CREATE TABLE IF NOT EXISTS document (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""


class Store:
    """Used from the event loop only. Documents keep the order in which they were first put."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(folder / "sandbox.sqlite3", isolation_level=None)
        # A killed sandbox may lose its last writes, never its file: it holds play data.
        self._database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + SCHEMA)
        self._documents: dict[str, dict[str, Document]] = {}
        self.revision = 0
        for kind, key, body in self._database.execute("SELECT kind, key, body FROM document ORDER BY rowid"):
            self._documents.setdefault(kind, {})[key] = json.loads(body)

    def put(self, kind: str, key: str, document: Document) -> Document:
        self._documents.setdefault(kind, {})[key] = document
        self._database.execute(
            "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
            (kind, key, json.dumps(document)),
        )
        self.revision += 1
        return document

    def get(self, kind: str, key: str) -> Document | None:
        return self._documents.get(kind, {}).get(key)

    def all(self, kind: str) -> list[Document]:
        return list(self._documents.get(kind, {}).values())

    def items(self, kind: str) -> list[tuple[str, Document]]:
        return list(self._documents.get(kind, {}).items())

    def delete(self, kind: str, key: str) -> bool:
        if self._documents.get(kind, {}).pop(key, None) is None:
            return False
        self._database.execute("DELETE FROM document WHERE kind = ? AND key = ?", (kind, key))
        self.revision += 1
        return True

    def clear(self, kind: str) -> None:
        self._documents.pop(kind, None)
        self._database.execute("DELETE FROM document WHERE kind = ?", (kind,))
        self.revision += 1

    def next(self, name: str) -> int:
        """1, 2, 3, … for ever: numbers are not used twice, also after a reset."""
        row = self._database.execute(
            "INSERT INTO counter VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
            (name,),
        ).fetchone()
        return int(row[0])

    def reset(self) -> None:
        self._documents.clear()
        self._database.execute("DELETE FROM document")
        self.revision += 1

    def close(self) -> None:
        self._database.close()
