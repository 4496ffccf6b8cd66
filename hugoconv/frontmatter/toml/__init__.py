"""TOML front matter: values as Hugo reads them, edits at spans, new text as a person writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hugoconv.frontmatter.batch import Batch
from hugoconv.frontmatter.syntax import KeyPath, Notes, Scalar, ScalarRules
from hugoconv.frontmatter.toml import edits, layout, strings, tree, values, writer

__all__ = ["SYNTAX", "TomlSyntax"]


class TomlSyntax:
    """The `Syntax` of TOML front matter."""

    name = "toml"

    def parse(self, matter: str, rules: ScalarRules | None = None) -> dict[str, Any]:
        """See `Syntax.parse`; `rules` are YAML's and have no say here."""
        return values.parse(matter)

    def scalar(self, matter: str, path: KeyPath) -> Scalar | None:
        """See `Syntax.scalar`; a date, time or number is its text, not quoted."""
        value = tree.find(tree.build(matter), path).value
        if value is None or value.items is not None:
            return None
        text = matter[value.start : value.end]
        return Scalar(strings.decode(text), quoted=True) if value.style else Scalar(text, quoted=False)

    def set(self, matter: str, path: KeyPath, value: Any) -> Iterator[str]:
        """See `Syntax.set`; a scalar added beside tables stands before them, as TOML needs it."""
        return edits.set_value(matter, path, value)

    def delete(self, matter: str, path: KeyPath) -> Iterator[str]:
        """See `Syntax.delete`; a table goes with its sub-tables, wherever they stand."""
        return edits.delete(matter, path)

    def rename(self, matter: str, path: KeyPath, key: str) -> Iterator[str]:
        """See `Syntax.rename`; the key changes in every header and dotted key that names it."""
        return edits.rename(matter, path, key)

    def move(self, matter: str, key: str, before: str | None) -> Iterator[str]:
        """See `Syntax.move`; nothing is yielded for a scalar that would stand after a table's header."""
        return layout.move(matter, key, before)

    def together(self, matter: str, batch: Batch) -> None:
        """See `Syntax.together`; edits are made one by one."""

    def notes(self, matter: str) -> Notes:
        """See `Syntax.notes`."""
        return layout.notes(matter)

    def spans(self, matter: str) -> dict[str, tuple[int, int]]:
        """See `Syntax.spans`."""
        return layout.spans(matter)

    def write(self, values: Mapping[str, Any], notes: Notes | None = None) -> str:
        """See `Syntax.write`; scalars come before tables, None cannot be held."""
        return writer.write(values, notes)


SYNTAX = TomlSyntax()
