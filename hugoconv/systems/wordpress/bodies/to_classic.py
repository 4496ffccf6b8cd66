"""Bodies of other systems as the HTML of WordPress's old editor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from hugoconv.markup import plain_html
from hugoconv.markup.constructs import Embed, Highlight, Neutral
from hugoconv.markup.flavours import Flavour
from hugoconv.markup.html_target import PlainRenderer
from hugoconv.report.findings import PlacedFindings

EMBED_KINDS = {"youtube": ("video", "youtube"), "vimeo": ("video", "vimeo"), "x": ("rich", "twitter")}
"""Providers whose address WordPress shows as what is there: the kind of block, and the provider's name."""
BLOCK_COMMENT = re.compile(r"<!-- /?wp:.*?-->\n?", re.DOTALL)


class ClassicRenderer(PlainRenderer):
    """Renders a body as the HTML of the old editor; `saved_notes` are its footnotes as blocks keep them."""

    def __init__(self, flavour: Flavour, constructs: Sequence[Neutral], key: str, log: PlacedFindings) -> None:
        super().__init__(flavour, constructs)
        self.key = key
        self.log = log
        self.saved_notes = ""

    def plain(self, neutral: Neutral) -> str:
        """See `PlainRenderer.plain`: code without the comments of its block, films as addresses on their own lines."""
        if isinstance(neutral, Embed) and neutral.provider in EMBED_KINDS:
            return f"\n{escape(plain_html.address(neutral), quote=False)}\n"
        made = super().plain(neutral)
        return BLOCK_COMMENT.sub("", made).strip() if isinstance(neutral, Highlight) else made

    def leave_out_marks(self) -> None:
        """See `PlainRenderer.leave_out_marks`."""
        self.log.add("HC307", name="code", detail="marked lines and line numbers are left out")
