"""Texts in several languages at once, as qTranslate keeps them: `[:en]Hello[:de]Hallo[:]`, `<!--:en-->Hello<!--:-->`.

What stands outside of all marks is in every language. Where a text has nothing in a language, qTranslate shows another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from hugoconv.markup.signs import has
from hugoconv.systems.wordpress.wxr.items import Channel, Item, Pairs, WxrTerm

_MARK = re.compile(r"<!--:([a-z]{2})?-->|\[:([a-z]{2})?\]|\{:([a-z]{2})?\}")
_SLICED = re.compile(r"[\w)\]\"'](?=[\[{])")
"""What stands before the first mark when it is none, but program code, such as `line[:mx]`."""
_BEGINNINGS = ("[:", "<!--:", "{:")


def languages_in(text: str) -> list[str]:
    """Return the codes of the languages whose marks stand in a text, in their order."""
    if not has(text, *_BEGINNINGS):
        return []
    marks = [mark for mark in _MARK.finditer(text) if any(mark.groups())]
    if not marks or _SLICED.match(text, max(marks[0].start() - 1, 0)):
        return []
    return list(dict.fromkeys(code for mark in marks if (code := mark[1] or mark[2] or mark[3])))


def in_language(text: str, language: str) -> str:
    """Return what a text says in a language; without marks the text itself."""
    codes = languages_in(text)
    if not codes:
        return text
    found = dict.fromkeys(codes, "")
    speaking = codes  # whom the piece that follows belongs to
    position = 0
    for mark in _MARK.finditer(text):
        for code in speaking:
            found[code] += text[position : mark.start()]
        code = mark[1] or mark[2] or mark[3]
        speaking, position = [code] if code else codes, mark.end()
    for code in speaking:
        found[code] += text[position:]
    return next((each for each in (found.get(language, ""), *found.values()) if each.strip()), "")


def item_in(item: Item, language: str) -> Item:
    """Return an item as it is in a language; "" leaves it as it is."""
    if not language:
        return item
    return item._replace(
        title=in_language(item.title, language),
        content=in_language(item.content, language),
        excerpt=in_language(item.excerpt, language),
        terms=tuple(term._replace(name=in_language(term.name, language)) for term in item.terms),
        meta=_pairs_in(item.meta, language),
    )


def channel_in(channel: Channel, language: str) -> Channel:
    """Return what a file says about the site as it is in a language; "" leaves it as it is."""
    if not language:
        return channel
    return replace(
        channel,
        title=in_language(channel.title, language),
        description=in_language(channel.description, language),
        categories=_terms_in(channel.categories, language),
        tags=_terms_in(channel.tags, language),
        terms=_terms_in(channel.terms, language),
    )


def _terms_in(terms: Iterable[WxrTerm], language: str) -> tuple[WxrTerm, ...]:
    return tuple(
        replace(
            term,
            name=in_language(term.name, language),
            description=in_language(term.description, language),
            meta=_pairs_in(term.meta, language),
        )
        for term in terms
    )


def _pairs_in(meta: Pairs, language: str) -> Pairs:
    return tuple((key, in_language(value, language)) for key, value in meta)
