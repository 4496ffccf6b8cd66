"""YAML front matter: values typed as the owner's program types them, edits at spans, new text as a person writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hugoconv.frontmatter.batch import Batch
from hugoconv.frontmatter.syntax import KeyPath, Notes, Scalar, ScalarRules
from hugoconv.frontmatter.yaml import edits, layout, nodes, values, writer
from hugoconv.frontmatter.yaml.scalars import GOCCY, JS_YAML, SAFEYAML
from hugoconv.frontmatter.yaml.together import together
from hugoconv.frontmatter.yaml.tree import find

__all__ = ["GOCCY", "JS_YAML", "SAFEYAML", "SYNTAX", "YamlSyntax"]


class YamlSyntax:
    """The `Syntax` of YAML front matter."""

    name = "yaml"

    def parse(self, matter: str, rules: ScalarRules) -> dict[str, Any]:
        """See `Syntax.parse`."""
        return values.parse(matter, rules)

    def scalar(self, matter: str, path: KeyPath) -> Scalar | None:
        """See `Syntax.scalar`."""
        root = nodes.compose(matter)
        if root is None:
            raise KeyError(path)
        _, node = find(root, path)
        if node.kind == "alias":
            node = next(owner for owner in root.walk() if owner.anchor == node.text)
        return Scalar(node.text, quoted=bool(node.style)) if node.kind == "scalar" else None

    def set(self, matter: str, path: KeyPath, value: Any) -> Iterator[str]:
        """See `Syntax.set`."""
        return edits.set_value(matter, path, value, lambda: values.parse(matter, SAFEYAML))

    def delete(self, matter: str, path: KeyPath) -> Iterator[str]:
        """See `Syntax.delete`."""
        return edits.delete(matter, path, lambda: values.parse(matter, SAFEYAML))

    def rename(self, matter: str, path: KeyPath, key: str) -> Iterator[str]:
        """See `Syntax.rename`."""
        return edits.rename(matter, path, key)

    def move(self, matter: str, key: str, before: str | None) -> Iterator[str]:
        """See `Syntax.move`."""
        return edits.move(matter, key, before)

    def together(self, matter: str, batch: Batch) -> str | None:
        """See `Syntax.together`."""
        return together(matter, batch, lambda: values.parse(matter, SAFEYAML))

    def notes(self, matter: str) -> Notes:
        """See `Syntax.notes`."""
        return layout.notes(matter, nodes.compose(matter))

    def spans(self, matter: str) -> dict[str, tuple[int, int]]:
        """See `Syntax.spans`."""
        return layout.spans(matter, nodes.compose(matter))

    def write(self, values: Mapping[str, Any], notes: Notes | None = None) -> str:
        """See `Syntax.write`."""
        return writer.write(values, notes)


SYNTAX = YamlSyntax()
