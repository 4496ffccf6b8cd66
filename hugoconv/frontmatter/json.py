"""JSON front matter: values as Hugo reads them, edits at spans with the neighbouring comma, two spaces when new."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, NoReturn

from hugoconv.edits import Edit, apply, newline_of
from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.batch import Batch
from hugoconv.frontmatter.syntax import KeyPath, Notes, Scalar, ScalarRules

_ESCAPE = re.compile(
    r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\."
)
_GAP = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[^ \t\r\n,:{}\[\]"]+', re.DOTALL)
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TOO_DEEP = "JSON nested too deeply"


@dataclass(eq=False, slots=True)
class _Node:
    """A value by its span (`kind`: "{", "[" or "" for a scalar), with the span of its key inside an object."""

    start: int
    end: int
    kind: str = ""
    key: str = ""
    key_start: int = 0
    key_end: int = 0
    children: list[_Node] = field(default_factory=list)

    @property
    def item_start(self) -> int:
        """Where the value's key, or else the value, starts."""
        return self.key_start if self.key_end else self.start


class JsonSyntax:
    """The `Syntax` of JSON front matter: the whole text from the first brace to the last."""

    name = "json"

    def parse(self, matter: str, rules: ScalarRules | None = None) -> dict[str, Any]:
        """See `Syntax.parse`: Go's encoding/json decides; `rules` are YAML's and have no say here.

        The last of repeated keys counts; a lone surrogate reads as U+FFFD; integers beyond 64 bits become floats.
        """
        try:
            text = _ESCAPE.sub(_whole_escape, matter) if "\\u" in matter else matter
            values = json.loads(text, parse_int=_integer, parse_float=_float, parse_constant=_refuse)
        except RecursionError:
            raise FrontMatterError(_TOO_DEEP) from None
        except json.JSONDecodeError as error:
            raise FrontMatterError(error.msg, line=error.lineno, column=error.colno) from error
        if not isinstance(values, dict):
            raise FrontMatterError("JSON front matter must be an object: { ... }", line=1, column=1)
        return values

    def scalar(self, matter: str, path: KeyPath) -> Scalar | None:
        """See `Syntax.scalar`."""
        node = _find(_scan(matter), path)[-1]
        text = matter[node.start : node.end]
        if node.kind:
            return None
        return Scalar(json.loads(text), quoted=True) if text.startswith('"') else Scalar(text, quoted=False)

    def set(self, matter: str, path: KeyPath, value: Any) -> Iterator[str]:
        """See `Syntax.set`."""
        root = _scan(matter)
        editor = _Editor(matter, root)
        *_, parent = _find(root, path[:-1])
        last = path[-1]
        node = _child(parent, last)
        try:
            if node is not None:
                old: Any = self.parse(matter)
                for part in path:
                    old = old[part]
                yield apply(matter, editor.change(node, old, value))
                yield apply(matter, [editor.rewrite(node, value)])
            elif last == len(parent.children) if parent.kind == "[" else parent.kind and isinstance(last, str):
                yield apply(matter, [editor.add(parent, [(last, value)])])
            else:
                raise KeyError(path)
        except RecursionError:
            raise FrontMatterError(_TOO_DEEP) from None

    def delete(self, matter: str, path: KeyPath) -> Iterator[str]:
        """See `Syntax.delete`; all occurrences of a repeated key go."""
        *_, parent, node = _find(_scan(matter), path)
        indexes = [index for index, child in enumerate(parent.children) if child is node or child.key == path[-1]]
        yield apply(matter, _removals(parent, indexes))

    def rename(self, matter: str, path: KeyPath, key: str) -> Iterator[str]:
        """See `Syntax.rename`; all occurrences of a repeated key change."""
        *_, parent, _ = _find(_scan(matter), path)
        if parent.kind == "[":
            raise KeyError(path)
        names = [child for child in parent.children if child.key == path[-1]]
        yield apply(matter, [Edit(child.key_start, child.key_end, _dumps(key)) for child in names])

    def move(self, matter: str, key: str, before: str | None) -> Iterator[str]:
        """See `Syntax.move`: the pairs change places, the commas and white space between them stay."""
        root = _scan(matter)
        pairs = root.children
        order = [pair for pair in pairs if pair.key != key]
        first = next((index for index, pair in enumerate(order) if pair.key == before), len(order))
        moved = [pair for pair in pairs if pair.key == key]
        if not moved or (before is not None and first == len(order)):
            raise KeyError(key if not moved else before)
        order[first:first] = moved
        edits = [
            Edit(place.item_start, place.end, matter[pair.item_start : pair.end])
            for place, pair in zip(pairs, order, strict=True)
        ]
        yield apply(matter, edits)

    def together(self, matter: str, batch: Batch) -> None:
        """See `Syntax.together`; edits are made one by one."""

    def notes(self, matter: str) -> Notes:
        """See `Syntax.notes`: JSON has no comments, and blank lines in it mean nothing."""
        return {}

    def spans(self, matter: str) -> dict[str, tuple[int, int]]:
        """See `Syntax.spans`."""
        root = _scan(matter)
        found: dict[str, tuple[int, int]] = {}
        position = root.start + 1
        for pair, following in zip(root.children, [*root.children[1:], None], strict=True):
            start = matter.rfind("\n", position, pair.item_start) + 1 or pair.item_start
            comma = matter.index(",", pair.end) + 1 if following else pair.end
            gap = _GAP.match(matter, comma)
            found[pair.key] = start, matter.find("\n", comma, gap.end() if gap else comma) + 1 or comma
            position = comma
        return found

    def write(self, values: Mapping[str, Any], notes: Notes | None = None) -> str:
        """See `Syntax.write`; JSON has no comments, and dates become text."""
        return _dumps(values, "  ") + "\n"


SYNTAX = JsonSyntax()


# Reading


def _whole_escape(match: re.Match[str]) -> str:
    """Return an escape as Go reads it: half of a surrogate pair becomes U+FFFD."""
    is_lone = len(match[0]) == len("\\ud800")
    return "\\ufffd" if is_lone else match[0]


def _integer(text: str) -> int | float:
    if len(text) <= 20 and -(2**63) <= (value := int(text)) < 2**64:
        return value
    return _float(text)


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise FrontMatterError(f"the number {text[:40]} is too large for Hugo")
    return value


def _refuse(text: str) -> NoReturn:
    raise FrontMatterError(f"{text} is not JSON")


def _scan(matter: str) -> _Node:
    """Return the tree of a JSON text by spans; a stack instead of recursion, so that depth is no limit."""
    start = _after_gap(matter, 0)
    root = _Node(start, start, "{")
    unclosed = [root]
    position = start + 1
    while unclosed:
        container = unclosed[-1]
        position = _after_gap(matter, position)
        char = matter[position : position + 1]
        if char in ("}", "]"):
            position += 1
            unclosed.pop().end = position
            continue
        if char == ",":
            position += 1
            continue
        child = _Node(position, position)
        if container.kind == "{":
            child.key_start, child.key_end = position, _scalar_end(matter, position)
            child.key = json.loads(matter[child.key_start : child.key_end])
            colon = _after_gap(matter, child.key_end)
            position = child.start = _after_gap(matter, colon + 1)
        container.children.append(child)
        if matter[position : position + 1] in ("{", "["):
            child.kind = matter[position]
            unclosed.append(child)
            position += 1
        else:
            position = child.end = _scalar_end(matter, position)
    return root


def line_of_value(text: str, path: KeyPath) -> int:
    """Return the line, from 1, at which the value at `path` of a JSON text stands, or the nearest one around it."""
    if not text.lstrip().startswith(("{", "[")):
        return 1
    root = _scan(text)
    root.kind = text[root.start]
    node = root
    for part in path:
        node = _child(node, part) or node
    return text.count("\n", 0, node.item_start) + 1


def _after_gap(matter: str, position: int) -> int:
    match = _GAP.match(matter, position)
    return match.end() if match else position


def _scalar_end(matter: str, position: int) -> int:
    match = _SCALAR.match(matter, position)
    if match is None:
        line = matter.count("\n", 0, position) + 1
        raise FrontMatterError("this is not JSON", line=line, column=position - matter.rfind("\n", 0, position))
    return match.end()


def _child(parent: _Node, part: str | int) -> _Node | None:
    """Return a child by key (the last of repeated ones) or index, None when there is none."""
    if parent.kind == "{":
        return next((child for child in reversed(parent.children) if child.key == part), None)
    in_range = parent.kind == "[" and isinstance(part, int) and 0 <= part < len(parent.children)
    return parent.children[part] if in_range and isinstance(part, int) else None


def _find(root: _Node, path: KeyPath) -> list[_Node]:
    """Return the nodes on the way to `path`, the root first; KeyError when it leads nowhere."""
    nodes = [root]
    for part in path:
        child = _child(nodes[-1], part)
        if child is None:
            raise KeyError(path)
        nodes.append(child)
    return nodes


# Editing


class _Editor:
    """Finds the edits for new values; every span counts the characters of one text."""

    def __init__(self, matter: str, root: _Node) -> None:
        self.matter = matter
        self.newline = newline_of(matter)
        self.unit = self._indent(root) or "  "
        self.is_spread = self._indent(root) is not None

    def change(self, node: _Node, old: Any, new: Any) -> list[Edit]:
        """Return the edits that turn the value `old` at `node` into `new`, as few as there are differences."""
        if _same(old, new):
            return []
        if isinstance(old, list) and isinstance(new, (list, tuple)) and old and new:
            return self._change_list(node, old, new)
        if isinstance(old, dict) and isinstance(new, Mapping) and not old.keys().isdisjoint(new):
            return self._change_object(node, old, new)
        return [self.rewrite(node, new)]

    def rewrite(self, node: _Node, new: Any) -> Edit:
        """Return the edit that writes the value of `node` anew, on one line if a list or object stood on one."""
        on_one_line = bool(node.children) and "\n" not in self.matter[node.start : node.end]
        return Edit(node.start, node.end, self._text(new, node.start, on_one_line=on_one_line))

    def add(self, parent: _Node, items: Sequence[tuple[str | int, Any]], index: int | None = None) -> Edit:
        """Return the edit that adds pairs or items before the one at `index` (None: last), in lines as they stand."""
        children = parent.children
        index = len(children) if index is None else index
        if not children:
            return self.rewrite(parent, dict(items) if parent.kind == "{" else [value for _, value in items])
        place = children[0].item_start if index == 0 else children[index - 1].end
        texts = [self._item_text(children[-1], key, value) for key, value in items]
        indent = self._indent(parent)
        separator = ", " if indent is None else "," + self.newline + indent
        if indent is None and len(children) > 1:
            separator = self.matter[children[-2].end : children[-1].item_start]
        return Edit(place, place, "".join(text + separator if index == 0 else separator + text for text in texts))

    def _change_list(self, node: _Node, old: list[Any], new: Sequence[Any]) -> list[Edit]:
        """Keep the items at both ends that are the same; change, add or delete those between them."""
        shorter = min(len(old), len(new))
        head = _same_items(old, new)
        tail = min(_same_items(old[::-1], new[::-1]), shorter - head)
        stop = shorter - tail
        edits = [edit for i in range(head, stop) for edit in self.change(node.children[i], old[i], new[i])]
        if len(new) > len(old):
            edits.append(self.add(node, list(enumerate(new[stop : len(new) - tail])), stop))
        return edits + _removals(node, range(stop, len(old) - tail))

    def _change_object(self, node: _Node, old: dict[str, Any], new: Mapping[str, Any]) -> list[Edit]:
        """Change the keys that stay, delete those that go, add the new ones at the end."""
        last = {child.key: child for child in node.children}
        edits = [edit for key in old if key in new for edit in self.change(last[key], old[key], new[key])]
        edits += _removals(node, [index for index, child in enumerate(node.children) if child.key not in new])
        added = [(key, value) for key, value in new.items() if key not in old]
        return [*edits, self.add(node, added)] if added else edits

    def _item_text(self, sibling: _Node, key: str | int, value: Any) -> str:
        text = self._text(value, sibling.item_start, on_one_line=not self.is_spread)
        if isinstance(key, int):
            return text
        return _dumps(key) + self.matter[sibling.key_end : sibling.start] + text

    def _text(self, value: Any, position: int, *, on_one_line: bool) -> str:
        """Return a value as it is written at `position`: its lines indented as that line is."""
        if on_one_line or not self.is_spread:
            return _dumps(value)
        line = self.matter[self.matter.rfind("\n", 0, position) + 1 : position]
        indent = line[: len(line) - len(line.lstrip())]
        return _dumps(value, self.unit).replace("\n", self.newline + indent)

    def _indent(self, container: _Node) -> str | None:
        """Return what stands before the first item on its line, None when that is not white space alone."""
        if not container.children:
            return None
        position = container.children[0].item_start
        line_start = self.matter.rfind("\n", 0, position) + 1
        indent = self.matter[line_start:position]
        return indent if line_start > container.start and not indent.strip() else None


def _removals(parent: _Node, indexes: Sequence[int]) -> list[Edit]:
    """Return the edits that take out items with one comma each."""
    children = parent.children
    gone = set(indexes)
    if len(gone) == len(children):
        return [Edit(parent.start + 1, parent.end - 1, "")] if gone else []
    edits: list[Edit] = []
    kept = False
    for index, child in enumerate(children):
        if index not in gone:
            kept = True
        elif kept:
            edits.append(Edit(children[index - 1].end, child.end, ""))
        else:
            edits.append(Edit(child.item_start, children[index + 1].item_start, ""))
    return edits


def _same(old: Any, new: Any) -> bool:
    """Whether the text of `old` can stay for `new`: equal in value, type and order of keys."""
    if isinstance(old, dict) and isinstance(new, Mapping):
        return list(old) == list(new) and all(_same(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, (list, tuple)):
        return len(old) == len(new) == _same_items(old, new)
    if isinstance(old, str) and isinstance(new, str):
        return old == new
    return type(old) is type(new) and bool(old == new)


def _same_items(old: Sequence[Any], new: Sequence[Any]) -> int:
    """Return how many items are the same from the start."""
    pairs = zip(old, new, strict=False)
    return next((index for index, (one, other) in enumerate(pairs) if not _same(one, other)), min(len(old), len(new)))


# Writing


def _dumps(value: Any, indent: str | None = None) -> str:
    try:
        text = json.dumps(_plain(value), indent=indent, ensure_ascii=False, allow_nan=False)
    except RecursionError:
        raise FrontMatterError(_TOO_DEEP) from None
    if _SURROGATE.search(text):
        raise FrontMatterError("JSON in UTF-8 cannot hold half of a surrogate pair: replace the character")
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _plain(value: Any) -> Any:
    """Return the value in JSON's types; FrontMatterError for what JSON cannot hold."""
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise FrontMatterError("JSON's keys are text, and one of these is not")
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        raise FrontMatterError(f"JSON cannot hold {value}")
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        raise FrontMatterError(f"the number {value} is too large: quote it")
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise FrontMatterError(f"JSON cannot hold {type(value).__name__}")
