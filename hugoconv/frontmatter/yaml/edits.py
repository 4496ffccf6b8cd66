"""YAML edits at spans: the first rung of the ladder, and the writing anew of one block when a span does not serve."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from hugoconv.edits import Edit, apply, newline_of
from hugoconv.errors import EditError
from hugoconv.frontmatter.syntax import KeyPath
from hugoconv.frontmatter.yaml import blocks, writer
from hugoconv.frontmatter.yaml.layout import Layout
from hugoconv.frontmatter.yaml.nodes import compose
from hugoconv.frontmatter.yaml.tree import Node, find, value_path

Values = Callable[[], Mapping[str, Any]]
"""Reads the matter's values, which only aliases, merges and lists need."""


def set_value(matter: str, path: KeyPath, value: Any, values: Values) -> Iterator[str]:
    """Yield candidates for setting `path`."""
    root = compose(matter)
    if root is None:
        if len(path) > 1:
            raise KeyError(path)
        lines = writer.entry_lines(str(path[0]), value)
        yield _with_line_end(matter) + _lines(lines, newline_of(matter))
        return
    matter, root = _without_aliases_to(matter, root, path, values)
    layout = Layout(matter)
    try:
        key_node, node = find(root, path)
    except KeyError:
        _, parent = find(root, path[:-1])
        yield apply(matter, [addition(layout, parent, path[-1], value)])
    else:
        yield from (apply(matter, edits) for edits in replacements(layout, root, path, key_node, node, value, values))
    yield from blocks.rewritten(matter, root, path, lambda data, key: data.__setitem__(key, value))


def delete(matter: str, path: KeyPath, values: Values) -> Iterator[str]:
    """Yield candidates for deleting what stands at `path`, with the comment lines right above it."""
    root = compose(matter)
    if root is None:
        raise KeyError(path)
    try:
        find(root, path)
    except KeyError:
        matter = _without_merge(matter, root, path, values)
        root = _composed(matter)
    matter, root = _without_aliases_to(matter, root, path, values)
    layout = Layout(matter)
    key_node, node = find(root, path)
    _, parent = find(root, path[:-1])
    earlier = _earlier_twins(layout, parent, key_node)
    yield apply(matter, [*earlier, _deletion(layout, root, parent, key_node, node, path)])
    yield from blocks.rewritten(matter, root, path, lambda data, key: data.__delitem__(key))


def rename(matter: str, path: KeyPath, key: str) -> Iterator[str]:
    """Yield the candidate in which the key at `path` is called `key`."""
    root = compose(matter)
    if root is None:
        raise KeyError(path)
    key_node, _ = find(root, path)
    if key_node is None:
        raise KeyError(path)
    earlier = _earlier_twins(Layout(matter), find(root, path[:-1])[1], key_node)
    yield apply(matter, [*earlier, renaming(key_node, key)])


def renaming(key_node: Node, key: str) -> Edit:
    """Return the edit that calls a key `key`, in the quotes it has."""
    text = writer.key_text(key) if not key_node.style else writer.scalar_text(key, key_node.style)
    return Edit(key_node.start, key_node.end, text)


def move(matter: str, key: str, before: str | None) -> Iterator[str]:
    """Yield the candidate in which the whole entry of `key` stands before the entry of `before` (None: last)."""
    root = compose(matter)
    if root is None or root.flow:
        raise KeyError(key)
    layout = Layout(matter)
    spans = {name.text: layout.entry_span(name, value) for name, value in root.pairs()}
    start, end = spans[key]
    target = spans[before][0] if before is not None else spans[list(spans)[-1]][1]
    if start <= target <= end:
        yield matter
        return
    block = _with_line_end(matter[start:end])
    lead = "" if target == 0 or matter[target - 1] == "\n" else newline_of(matter)
    yield apply(matter, [Edit(start, end, ""), Edit(target, target, lead + block)])


def _lines(lines: list[str], newline: str) -> str:
    return "".join(line + newline for line in lines)


def _with_line_end(text: str) -> str:
    return text if not text or text.endswith("\n") else text + newline_of(text)


def _composed(matter: str) -> Node:
    root = compose(matter)
    if root is None:
        raise KeyError(matter)
    return root


# Setting ------------------------------------------------------------------------------------------------------------


def addition(layout: Layout, parent: Node, key: str | int, value: Any) -> Edit:
    """Return the edit that adds a key to a map, or an item to the end of a list."""
    if parent.kind == "alias" or (parent.kind == "list") != isinstance(key, int):
        raise KeyError(key)
    if isinstance(key, int) and key != len(parent.children):
        raise KeyError(key)
    if parent.flow:
        text = writer.flow_text(value) if isinstance(key, int) else writer.flow_text({key: value})[2:-2]
        return _flow_addition(layout, parent, text)
    if parent.kind == "scalar":
        raise EditError(f"{key}: there is no map that it could be added to")
    indent = layout.indent_of(parent)
    if isinstance(key, int):
        lines = writer.list_lines([value], indent)
    else:
        lines = _in_style_of(layout, parent, writer.entry_lines(key, value, indent), indent, value)
    position = layout.line_end_after(parent.end)
    text = _lines(lines, layout.newline)
    if position and layout.text[position - 1] != "\n":
        text = layout.newline + text[: -len(layout.newline)]
    return Edit(position, position, text)


def _in_style_of(layout: Layout, parent: Node, lines: list[str], indent: str, value: Any) -> list[str]:
    """Return the lines of a new list with dashes not indented when the map's other lists are written so."""
    if isinstance(value, (list, tuple)) and value and layout.lists_are_flush(parent, indent):
        return [lines[0], *(line[2:] for line in lines[1:])]
    return lines


def _flow_addition(layout: Layout, parent: Node, text: str) -> Edit:
    if not parent.children:
        return Edit(parent.end - 1, parent.end - 1, text)
    last = parent.children[-1].end
    return Edit(last, last, f", {text}")


def replacements(
    layout: Layout,
    root: Node,
    path: KeyPath,
    key_node: Node | None,
    node: Node,
    value: Any,
    values: Values,
) -> Iterator[list[Edit]]:
    """Yield ways to put `value` where `node` stands, the one that touches least first."""
    in_flow = any(find(root, path[:depth])[1].flow for depth in range(len(path)))
    collection = isinstance(value, (Mapping, list, tuple)) and bool(value)
    if in_flow or (node.flow and collection):
        text = writer.flow_text(value)
        lead = " " if node.start and layout.text[node.start - 1] == ":" else ""
        yield [Edit(node.start, node.end, lead + text)]
        return
    if node.kind == "list" and isinstance(value, (list, tuple)) and value and _is_scalar_list(node):
        yield _list_edits(layout, node, _at(values(), path), [*value])
    is_block = collection or (isinstance(value, str) and writer.is_block_text(value))
    if (not is_block and node.kind in ("scalar", "alias")) or node.flow:
        yield [_scalar_edit(layout, node, value)]
        return
    yield [_block_edit(layout, key_node, node, value)]


def _scalar_edit(layout: Layout, node: Node, value: Any) -> Edit:
    text = writer.scalar_text(value, node.style if node.style in ("'", '"') else "")
    if node.style in ("|", ">"):
        return Edit(
            node.start, node.end, text + (layout.newline if layout.text[node.start : node.end].endswith("\n") else "")
        )
    lead = " " if node.start and layout.text[node.start - 1] not in " \t\n" else ""
    return Edit(node.start, node.end, lead + text)


def _block_edit(layout: Layout, key_node: Node | None, node: Node, value: Any) -> Edit:
    """Write a block (list, map, literal text), or a scalar where a block stood, after a key or a list dash."""
    if key_node is None:
        indent = " " * (layout.column(node.start) - 2)
        lines = writer.list_lines([value], indent)
        start = layout.dash_before(node.start)
        lines[0] = lines[0][len(indent) :]
    else:
        indent = " " * layout.column(key_node.start)
        lines = writer.entry_lines("k", value, indent)
        if isinstance(value, (list, tuple)) and value and layout.is_flush(key_node, node):
            lines = [lines[0], *(line[2:] for line in lines[1:])]
        start = layout.colon_after(key_node) + 1
        lines[0] = lines[0][len(indent) + 2 :]
        comment = layout.comment_beside(start, node)
        if comment:
            lines[0] += comment
    end = max(node.end, start)
    after = layout.comment_after(end)
    if after and len(lines) > 1:
        lines[0] += after
        end += len(after)
    text = layout.newline.join(lines)
    ends_line = end > start and layout.text[end - 1] == "\n"
    return Edit(start, end, text + (layout.newline if ends_line else ""))


def _is_scalar_list(node: Node) -> bool:
    return bool(node.children) and all(item.kind == "scalar" and item.style not in ("|", ">") for item in node.children)


def _list_edits(layout: Layout, node: Node, old_items: list[Any], items: list[Any]) -> list[Edit]:
    """Return the edits that keep the lines of items that stay, drop those that go and add the new ones after them."""
    indent = " " * layout.column(layout.dash_before(node.children[0].start))
    spans = [layout.item_span(item) for item in node.children]
    old = [repr(value) for value in old_items]
    new = [repr(item) for item in items]
    edits: list[Edit] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        start = spans[i1][0] if i1 < len(spans) else spans[-1][1]
        end = spans[i2 - 1][1] if i2 > i1 else start
        text = _lines(writer.list_lines(items[j1:j2], indent), layout.newline) if j2 > j1 else ""
        if start and text and layout.text[start - 1] != "\n":
            text = layout.newline + text.removesuffix(layout.newline)
        edits.append(Edit(start, end, text))
    return edits


# Deleting -----------------------------------------------------------------------------------------------------------


def _deletion(layout: Layout, root: Node, parent: Node, key_node: Node | None, node: Node, path: KeyPath) -> Edit:
    count = len(parent.children) // (2 if parent.kind == "map" else 1)
    first = (key_node or node).start
    if parent.flow:
        return _flow_deletion(layout, parent, first, node)
    if count == 1 and len(path) > 1:
        owner_key, owner = find(root, path[:-1])
        return _scalar_or_block_empty(layout, owner_key, owner, {} if parent.kind == "map" else [])
    if key_node is None:
        return Edit(*layout.item_span(node), "")
    start, end = layout.entry_span(key_node, node)
    if key_node is parent.children[0] and layout.text[layout.line_start(first) : first].strip():
        # The first key of a map inside a list item shares its line with the dash, which stays for the next key.
        return Edit(first, parent.children[2].start, "")
    return Edit(start, end, "")


def _earlier_twins(layout: Layout, parent: Node, key_node: Node | None) -> list[Edit]:
    """Return the edits that take out the earlier ones of a key that stands several times (the last one counts)."""
    if key_node is None or parent.flow:
        return []
    twins = [pair for pair in parent.pairs() if pair[0].text == key_node.text and pair[0] is not key_node]
    return [Edit(*layout.entry_span(key, value), "") for key, value in twins]


def _scalar_or_block_empty(layout: Layout, key_node: Node | None, node: Node, empty: Any) -> Edit:
    if key_node is None:
        return Edit(node.start, node.end, writer.scalar_text(empty))
    start = layout.colon_after(key_node) + 1
    ends_line = node.end and layout.text[node.end - 1] == "\n"
    return Edit(start, node.end, " " + writer.scalar_text(empty) + (layout.newline if ends_line else ""))


def _flow_deletion(layout: Layout, parent: Node, start: int, node: Node) -> Edit:
    """Return the edit that takes an item out of brackets together with one neighbouring comma."""
    following = [child.start for child in parent.children if child.start > max(node.end - 1, start)]
    if following:
        return Edit(start, min(following), "")
    preceding = [child.end for child in parent.children if child.end <= start]
    return Edit(max(preceding), node.end, "") if preceding else Edit(start, node.end, "")


# Anchors ------------------------------------------------------------------------------------------------------------


def _without_aliases_to(matter: str, root: Node, path: KeyPath, values: Values) -> tuple[str, Node]:
    """Expand the aliases, outside what is edited, that refer to an anchor inside it."""
    try:
        _, edited = find(root, path)
    except KeyError:
        return matter, root
    inside = {id(node) for node in edited.walk()}
    owners: dict[str, Node] = {}
    edits: list[Edit] = []
    layout = Layout(matter)
    for node in root.walk():
        if node.anchor:
            owners[node.anchor] = node
        elif node.kind == "alias" and id(node) not in inside:
            owner = owners.get(node.text)
            if owner is not None and id(owner) in inside:
                edits.append(_expansion(layout, root, node, _at(values(), value_path(root, owner))))
    if not edits:
        return matter, root
    matter = apply(matter, edits)
    return matter, _composed(matter)


def _without_merge(matter: str, root: Node, path: KeyPath, values: Values) -> str:
    """Write out the keys that a merge (`<<: *base`) brings into the map that holds `path`."""
    _, parent = find(root, path[:-1])
    merges = [pair for pair in parent.pairs() if pair[0].text == "<<"] if parent.kind == "map" else []
    merged = _at(values(), path[:-1])
    if not merges or path[-1] not in merged:
        raise KeyError(path)
    written = {key.text for key, _ in parent.pairs()}
    layout = Layout(matter)
    first_key, _ = merges[0]
    spans = [layout.entry_span(key, value) for key, value in merges]
    if parent.flow or layout.text[layout.line_start(first_key.start) : first_key.start].strip():
        raise KeyError(path)
    indent = " " * layout.column(first_key.start)
    lines = writer.map_lines({key: value for key, value in merged.items() if key not in written}, indent)
    edits = [Edit(start, end, "") for start, end in spans[1:]]
    return apply(matter, [Edit(*spans[0], _lines(lines, layout.newline)), *edits])


def _expansion(layout: Layout, root: Node, alias: Node, value: Any) -> Edit:
    for node in root.walk():
        if node.kind != "map":
            continue
        for key, item in node.pairs():
            merged = item is alias or any(child is alias for child in item.children)
            if key.text == "<<" and merged and isinstance(value, Mapping):
                written = {name.text for name, _ in node.pairs()}
                rest = {name: part for name, part in value.items() if name not in written}
                return Edit(alias.start, alias.end, writer.flow_text(rest))
    return Edit(alias.start, alias.end, writer.flow_text(value))


def _at(values: Any, path: KeyPath) -> Any:
    for part in path:
        values = values[part]
    return values
