"""The files and pages that an org text mentions, as its readers meet them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hugoconv.markup import markdown
from hugoconv.markup.org.blocks import Reader, TooTangledError
from hugoconv.markup.org.html import Writer


def references(text: str, opaque: Iterable[tuple[int, int]] = ()) -> list[markdown.MarkdownReference]:
    """Return every address in the HTML that Hugo makes of a text, at the place where the text says it.

    `opaque` spans are no org. One that the text does not say in so many words (`#+LINK`, a macro) stands at its
    beginning; links between a text's own headlines and notes are left out. Nothing is found in a text that is too
    tangled to be read.
    """
    for start, end in opaque:
        text = f"{text[:start]}{'x' * (end - start)}{text[end:]}"
    try:
        reader = Reader(text, lambda _: None)
        html = Writer(reader.read(), reader.settings, lambda _: None).written()
    except TooTangledError:
        return []
    found = []
    behind = 0
    for mention in markdown.html_references(html):
        if mention.target.startswith(("#headline-", "#footnote-")):
            continue
        spellings = (mention.target, f"{mention.target.removesuffix('.html')}.org")
        places = ((text.find(each, start), each) for start in (behind, 0) for each in spellings)
        start, written = next((place for place in places if place[0] >= 0), (0, ""))
        end = start + len(written)
        behind = max(behind, end)
        found.append(replace(mention, start=start, end=end))
    return found
