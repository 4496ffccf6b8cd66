"""One YAML text for another program: only the scalars that it would read differently are rewritten, at their spans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hugoconv.edits import Edit, apply
from hugoconv.frontmatter.syntax import ScalarRules
from hugoconv.frontmatter.yaml import writer
from hugoconv.frontmatter.yaml.layout import Layout
from hugoconv.frontmatter.yaml.nodes import compose
from hugoconv.frontmatter.yaml.scalars import resolve
from hugoconv.frontmatter.yaml.tree import Node


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know of a rewritten scalar or a dropped key: `kind` is "text kept" or "key dropped"."""

    kind: str
    key: str
    text: str
    value: Any
    line: int


def crossed(matter: str, source: ScalarRules, target: ScalarRules) -> tuple[str, list[Remark]]:
    """Return `matter` so that `target` reads what `source` reads, and remarks on what was not carried as it was read.

    Dates keep their text, whatever type the two give them. A number in base sixty or with commas keeps its text, in
    quotes: whoever wrote `12:30` meant the text. Of a key that stands twice the last one stays, when `target` refuses
    the pair. FrontMatterError when the matter is not valid YAML.
    """
    root = compose(matter)
    if root is None or source is target:
        return matter, []
    remarks: list[Remark] = []
    edits: list[Edit] = []
    layout = Layout(matter)
    stack: list[tuple[Node, str]] = [(root, "")]
    while stack:
        node, key = stack.pop()
        if node.kind == "map":
            stack.extend(_pairs(layout, node, target, edits, remarks))
        elif node.kind == "list":
            stack.extend((item, key) for item in node.children)
        elif node.kind == "scalar":
            _retype(layout, node, key, (source, target), edits, remarks)
    remarks.sort(key=lambda remark: remark.line)
    return apply(matter, edits), remarks


def _pairs(
    layout: Layout, node: Node, target: ScalarRules, edits: list[Edit], remarks: list[Remark]
) -> list[tuple[Node, str]]:
    """Return the map's values with their keys; of a repeated key, where the target refuses it, only the last."""
    last = {key.text: value for key, value in node.pairs()}
    kept: list[tuple[Node, str]] = []
    for key, value in node.pairs():
        if last[key.text] is value or target.duplicate_keys or key.text == "<<":
            kept.append((value, key.text))
            continue
        start, end = layout.entry_span(key, value) if not node.flow else (key.start, _next_start(node, value))
        edits.append(Edit(start, end, ""))
        remarks.append(Remark("key dropped", key.text, "", None, layout.text.count("\n", 0, key.start) + 1))
    return kept


def _next_start(node: Node, value: Node) -> int:
    return min((child.start for child in node.children if child.start > value.end), default=value.end)


def _retype(
    layout: Layout,
    node: Node,
    key: str,
    rules: tuple[ScalarRules, ScalarRules],
    edits: list[Edit],
    remarks: list[Remark],
) -> None:
    if node.style or layout.text[node.start : node.start + 1] in ("!", "&"):
        return
    was, would_be = (resolve(node.text, rule) for rule in rules)
    both_nan = was != was and would_be != would_be
    if (
        (type(was) is type(would_be) and (was == would_be or both_nan))
        or isinstance(was, date)
        or isinstance(would_be, date)
    ):
        return
    if ":" in node.text or "," in node.text:
        line = layout.text.count("\n", 0, node.start) + 1
        remarks.append(Remark("text kept", key, node.text, was if isinstance(was, (int, float)) else would_be, line))
        edits.append(Edit(node.start, node.end, writer.double_quoted(node.text)))
        return
    edits.append(
        Edit(node.start, node.end, writer.double_quoted(was) if isinstance(was, str) else writer.scalar_text(was))
    )
