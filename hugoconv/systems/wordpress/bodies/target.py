"""Bodies of other systems for WordPress: Markdown and neutral constructs as what one of its editors saves."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from hugoconv.edits import Edit, apply
from hugoconv.markup.flavours import Flavour
from hugoconv.markup.html_target import HtmlTarget
from hugoconv.markup.markdown import html_references
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.wordpress.bodies.to_blocks import BlockRenderer
from hugoconv.systems.wordpress.bodies.to_classic import ClassicRenderer
from hugoconv.urls import urlsplit

_SHORTCODE = re.compile(r"\[(?=/?(?:caption|wp_caption|gallery|playlist|audio|video|embed)\b)")
"""What WordPress would run in a text."""


class WordPressTarget(HtmlTarget):
    """Takes the neutral constructs of one body."""

    name: ClassVar[str] = "wordpress"


@dataclass(frozen=True)
class MadeBody:
    """A body for WordPress, and what its footnotes say, as the footnotes block keeps it ("" for none)."""

    content: str
    footnotes: str = ""


def make_body(
    text: str,
    markup: str,
    target: WordPressTarget,
    flavour: Flavour,
    *,
    blocks: bool,
    key: str,
    base_url: str,
    log: PlacedFindings,
) -> MadeBody:
    """Return a translated body for WordPress; `key` tells its footnotes from those of other posts.

    Links from the host's root become whole addresses on the host of `base_url`, as WordPress writes them.
    """
    renderer = (BlockRenderer if blocks else ClassicRenderer)(flavour, target.constructs, key, log)
    if markup == "markdown":
        content = renderer.render(text)
    elif markup == "html":
        content = renderer.raw(text)
    else:
        log.add("HC309", markup=markup)
        content = renderer.preformatted(text)
    content = _SHORTCODE.sub("&#91;", content).strip("\n")
    return MadeBody(_moved(content, target.link, base_url), renderer.saved_notes)


def _moved(content: str, link: Callable[[str], str], base_url: str) -> str:
    """Return HTML whose links lead to the new addresses, those on this host with the host before them."""
    parts = urlsplit(base_url)
    edits = []
    for mention in html_references(content):
        new = link(mention.target)
        if new.startswith("/") and not new.startswith("//"):
            new = f"{parts.scheme}://{parts.netloc}{new}"
        if new != mention.target:
            edits.append(Edit(mention.start, mention.end, mention.written(new)))
    return apply(content, edits)
