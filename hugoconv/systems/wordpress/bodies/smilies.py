"""Smilies with names, such as `:lol:`, which WordPress shows as faces."""

from __future__ import annotations

import re
from typing import Final

from hugoconv.systems.wordpress.bodies.tokens import Tokens

FACES: Final = {
    **{"mrgreen": "😁", "neutral": "😐", "twisted": "😈", "arrow": "➡", "shock": "😯", "smile": "🙂", "cool": "😎"},
    **{"evil": "👿", "grin": "😀", "idea": "💡", "oops": "😳", "razz": "😛", "roll": "🙄", "wink": "😉", "cry": "😥"},
    **{"eek": "😮", "lol": "😆", "mad": "😡", "sad": "🙁", "!": "❗", "?": "❓", "???": "😕"},
}
"""The characters that WordPress shows (the first it draws itself). Those of signs alone, such as `:)`, can be read."""
_SMILEY: Final = re.compile(rf":({'|'.join(map(re.escape, FACES))}):(?![^\s<])")
_BEFORE: Final = re.compile(r"[\s>]")


def with_faces(html: str) -> str:
    """Return HTML with smilies as characters, outside of tags and code."""
    found = _SMILEY.search(html)
    if found is None:
        return html
    tokens = Tokens(html)
    token = tokens.next(0)
    pieces: list[str] = []
    position = 0
    while found is not None:
        while token is not None and token.end <= found.start():
            token = tokens.next(token.end)
        start = found.start()
        is_alone = start == 0 or _BEFORE.match(html, start - 1) is not None
        if is_alone and (token is None or token.start >= found.end()):
            pieces += [html[position : found.start()], FACES[found[1]]]
            position = found.end()
        found = _SMILEY.search(html, found.end())
    return "".join(pieces) + html[position:]
