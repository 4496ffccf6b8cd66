"""Several edits of top-level keys in one go: each at its span, found in one reading of the matter."""

from __future__ import annotations

from collections.abc import Iterator

from hugoconv.edits import Edit, apply
from hugoconv.frontmatter.batch import Batch, Fate
from hugoconv.frontmatter.yaml.edits import Values, addition, renaming, replacements
from hugoconv.frontmatter.yaml.layout import Layout
from hugoconv.frontmatter.yaml.nodes import compose
from hugoconv.frontmatter.yaml.tree import Node


def together(matter: str, batch: Batch, values: Values) -> str | None:
    """Return the matter with all edits of `batch` made, None when they must be made one by one.

    That is so when the matter has anchors, a repeated key or no block map of its own.
    """
    root = compose(matter)
    if root is None or root.kind != "map" or root.flow or any(node.anchor for node in root.walk()):
        return None
    if [key.text for key, _ in root.pairs()] != list(batch.fates):
        return None
    layout = Layout(matter)
    edits = [
        edit for key, node in root.pairs() for edit in _edits(layout, root, key, node, batch.fates[key.text], values)
    ]
    added = [addition(layout, root, key, value) for key, value in batch.added.items()]
    if added:
        edits.append(Edit(added[0].start, added[0].end, "".join(edit.text for edit in added)))
    return apply(matter, edits)


def _edits(layout: Layout, root: Node, key: Node, node: Node, fate: Fate, values: Values) -> Iterator[Edit]:
    if fate.deleted:
        yield Edit(*layout.entry_span(key, node), "")
        return
    if fate.name != key.text:
        yield renaming(key, fate.name)
    if fate.changed:
        yield from next(replacements(layout, root, (key.text,), key, node, fate.value, values))
