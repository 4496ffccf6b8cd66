"""WordPress blocks: the comments of the block editor, parsed to a tree.

A body is HTML with comments `<!-- wp:name {"key": value} -->` around its parts
(https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hugoconv.markup.constructs import Construct

_DELIMITER = re.compile(
    r"<!--\s+(?P<closing>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)(?:\s*(?P<void>/)?(?P<end>-->)|(?=\s))"
)
"""A delimiter, to its end when it has no attributes."""
_END = re.compile(r"\s*(?P<void>/)?-->")
_DECODER = json.JSONDecoder()


@dataclass(slots=True)
class Block:
    """One block: `name` with its namespace ("core/image"; "" for text outside of all blocks).

    `content` holds the inner HTML and the inner blocks in order. `start` to `end` is the whole block in the body,
    `inner_start` to `inner_end` what it encloses (-1 for a void block).
    """

    name: str
    attributes: dict[str, Any] = field(default_factory=dict)
    content: list[str | Block] = field(default_factory=list)
    start: int = 0
    end: int = 0
    inner_start: int = -1
    inner_end: int = -1

    @property
    def inner_blocks(self) -> list[Block]:
        """The blocks directly inside."""
        return [piece for piece in self.content if isinstance(piece, Block)]

    @property
    def html(self) -> str:
        """The block's own HTML, without that of the blocks inside."""
        return "".join(piece for piece in self.content if isinstance(piece, str))

    def text(self, name: str) -> str:
        """Return an attribute when it is a text, else ""."""
        value = self.attributes.get(name)
        return value if isinstance(value, str) else ""


def has_blocks(text: str) -> bool:
    """Return whether a body was written with the block editor."""
    return "<!-- wp:" in text


def parse(text: str) -> list[Block]:
    """Return the blocks of a body in order, text between them as blocks without a name; any text is accepted."""
    return _named(pieces(text))


def pieces(text: str) -> list[str | Block]:
    """Return the blocks of a body and the texts between them in order; any text is accepted.

    What a block of HTML ("core/html") encloses is text, whatever it looks like. A closing comment without its opening
    one is left out; a block that is not closed ends with the one around it.
    """
    root = Block("", end=len(text))
    stack = [root]
    opened: Counter[str] = Counter()
    position = 0
    for name, start, end, closing, void, attributes in _delimiters(text):
        inside = stack[-1]
        if start > position:
            inside.content.append(text[position:start])
        position = end
        if inside.name == "core/html" and not (closing and name == "core/html"):
            inside.content.append(text[start:end])
            continue
        if closing:
            while opened[name]:
                block = stack.pop()
                opened[block.name] -= 1
                block.inner_end, block.end = start, end
                if block.name == name:
                    break
                block.end = start
            continue
        block = Block(name, attributes, [], start, end)
        inside.content.append(block)
        if not void:
            block.inner_start = end
            stack.append(block)
            opened[name] += 1
    if position < len(text):
        stack[-1].content.append(text[position:])
    for block in stack[1:]:
        block.inner_end = block.end = len(text)
    return root.content


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks and all blocks inside, in the order of the body."""
    stack = list(blocks)[::-1]
    while stack:
        block = stack.pop()
        yield block
        stack.extend(reversed(block.inner_blocks))


def constructs(text: str) -> list[Construct]:
    """Return the blocks of a body as constructs of kind "block", in order; attributes as JSON texts."""
    return [
        Construct(
            block.name,
            "block",
            block.start,
            block.end,
            tuple((name, _as_text(value)) for name, value in block.attributes.items()),
            block.inner_start,
            block.inner_end,
        )
        for block in walk(parse(text))
        if block.name
    ]


_Delimiter = tuple[str, int, int, str | None, str | None, dict[str, Any]]
"""Name, start and end, whether it closes or is void (as a text or none), attributes."""


def _delimiters(text: str) -> Iterator[_Delimiter]:
    position = 0
    while match := _DELIMITER.search(text, position):
        closing, name, void, is_ended = match.groups()
        name = name if "/" in name else f"core/{name}"
        start, position = match.span()
        if is_ended:
            yield name, start, position, closing, void, {}
            continue
        attributes, after = _attributes(text, position)
        end = _END.match(text, after)
        if end is None:
            close = text.find("-->", position)
            if close < 0:
                return
            end = _END.match(text, close - (text[close - 1] == "/"))
        assert end is not None
        position = end.end()
        yield name, start, position, closing, end["void"], attributes


def _attributes(text: str, position: int) -> tuple[dict[str, Any], int]:
    """Return the JSON object at `position` and where it ends; an empty one when there is none that can be read."""
    start = position
    while text[start : start + 1].isspace():
        start += 1
    if text[start : start + 1] != "{":
        return {}, position
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return {}, position
    return value, end


def _named(content: list[str | Block]) -> list[Block]:
    found: list[Block] = []
    position = 0
    for piece in content:
        if isinstance(piece, str):
            piece = Block("", {}, [piece], position, position + len(piece))
        found.append(piece)
        position = piece.end
    return found


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
