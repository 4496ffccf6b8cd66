"""The tables of a Ghost export: rows by their names, whatever version wrote them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from hugoconv.errors import SourceError

Row = Mapping[str, Any]

_WRITING = frozenset(
    {
        *("posts", "posts_meta", "posts_tags", "posts_authors", "tags", "users", "settings", "comments"),
        *("custom_theme_settings", "roles", "roles_users", "post_revisions", "mobiledoc_revisions", "migrations"),
        *("permissions", "permissions_roles", "permissions_users", "snippets"),
        *("brute", "migrations_lock"),
    }
)
"""Tables that are read, or hold nothing that somebody could miss: earlier versions and the program's own notes."""


@dataclass(frozen=True)
class Tables:
    """The rows of an export."""

    rows: Mapping[str, list[Row]]
    version: str = ""
    _by_id: dict[str, dict[str, Row]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, data: bytes, file: str) -> Tables:
        """Read an export; SourceError for what is no such file."""
        try:
            value = json.loads(data.decode("utf-8-sig", "replace"))
        except (ValueError, RecursionError) as error:
            raise SourceError(f"it is not JSON: {error}", file=file) from error
        tables, meta = _tables_in(value)
        if not isinstance(tables, dict) or not isinstance(tables.get("posts"), list):
            raise SourceError("it is no export of Ghost: it has no table of posts", file=file)
        rows: dict[str, list[Row]] = {
            str(name): [row for row in table if isinstance(row, dict)]
            for name, table in tables.items()
            if isinstance(table, list)
        }
        return cls(rows, text(meta, "version"))

    def table(self, name: str) -> list[Row]:
        """Return the rows of a table, none when the export has no such table."""
        return self.rows.get(name, [])

    def find(self, name: str, identifier: object) -> Row | None:
        """Return the row of a table with an id."""
        if name not in self._by_id:
            self._by_id[name] = {str(row.get("id")): row for row in self.table(name)}
        return self._by_id[name].get(str(identifier))

    def settings(self) -> dict[str, str]:
        """Return the site's settings as text, by their keys."""
        return {text(row, "key"): text(row, "value") for row in self.table("settings") if row.get("value") is not None}

    def others(self) -> dict[str, int]:
        """Return how many rows each table has that is not read."""
        return {name: len(rows) for name, rows in self.rows.items() if rows and name not in _WRITING}


def _tables_in(value: Any) -> tuple[Any, Row]:
    """Return the tables, which older versions wrap in nothing and newer ones in `db`, and what is said of the file."""
    if isinstance(value, dict) and isinstance(value.get("db"), list) and value["db"]:
        value = value["db"][0]
    if not isinstance(value, dict):
        return None, {}
    meta = value.get("meta")
    return value.get("data", value), meta if isinstance(meta, dict) else {}


def text(row: Row, key: str) -> str:
    """Return a cell as text, "" for nothing."""
    value = row.get(key)
    return "" if value is None or isinstance(value, (dict, list)) else str(value)


def flag(row: Row, key: str) -> bool:
    """Return whether a cell says yes: true, 1 or their texts."""
    return row.get(key) in (True, 1, "1", "true")


def moment(row: Row, key: str) -> str:
    """Return a date as ISO text with an offset, "" for none; versions before 1.0 write milliseconds since 1970."""
    value = row.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value / 1000, UTC).isoformat(timespec="seconds")
        except (OverflowError, OSError, ValueError):
            return ""
    written = text(row, key).strip()
    if written and "+" not in written and not written.endswith(("Z", "z")):
        written = f"{written.replace(' ', 'T', 1)}Z"
    return written


def in_order(rows: Iterator[Row] | list[Row]) -> list[Row]:
    """Return rows of a table between two others by their `sort_order`, those without one last."""

    def order(row: Row) -> tuple[bool, float]:
        value = row.get("sort_order")
        known = isinstance(value, (int, float)) and not isinstance(value, bool)
        return (not known, float(value) if known else 0.0)  # type: ignore[arg-type]

    return sorted(rows, key=order)
