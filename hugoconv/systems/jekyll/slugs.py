"""Jekyll's slugs: what becomes of a file name or a title inside a URL.

The source of the rules is lib/jekyll/utils.rb and, for the "latin" mode, the transliteration of the i18n gem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

SlugMode = Literal["default", "pretty", "ascii", "latin", "raw", "none"]

_LATIN_SPECIAL = {
    "Æ": "AE", "Ð": "D", "×": "x", "Ø": "O", "Þ": "Th", "ß": "ss", "æ": "ae", "ð": "d", "ø": "o", "þ": "th",
    "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "Ĳ": "IJ", "ĳ": "ij", "ĸ": "k", "Ŀ": "L", "ŀ": "l", "Ł": "L",
    "ł": "l", "ŉ": "'n", "Ŋ": "NG", "ŋ": "ng", "Œ": "OE", "œ": "oe", "Ŧ": "T", "ŧ": "t",
}  # fmt: skip
"""The letters of Latin-1 and Latin Extended-A that are not a plain letter with an accent."""


_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""A text that is a slug in every mode."""


def slugify(text: str, mode: SlugMode = "default", *, cased: bool = False) -> str:
    """Return `text` as Jekyll's `Utils.slugify` writes it; `cased` keeps upper case letters."""
    if _SLUG.fullmatch(text):
        return text
    if mode == "none":
        return text if cased else downcase(text)
    if mode == "latin":
        text = _transliterate(text)
    slug = _HYPHENATE[mode](text)
    slug = re.sub(r"^-|-$", "", slug)
    return slug if cased else downcase(slug)


def downcase(text: str) -> str:
    """Return `text` in lower case letter by letter, as Ruby does (Python alone knows the final sigma)."""
    return text.lower() if text.isascii() else "".join(map(str.lower, text))


def titleize(slug: str) -> str:
    """Return the title that Jekyll makes from a file name's slug: `hello-WORLD` is "Hello World"."""
    return " ".join(word[:1].capitalize() + downcase(word[1:]) for word in slug.rstrip("-").split("-"))


def _hyphenate_but(kept: str) -> Callable[[str], str]:
    def hyphenate(text: str) -> str:
        return re.sub("\0+", "-", "".join(c if c in kept or _is_word(c) else "\0" for c in text))

    return hyphenate


def _is_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"


_HYPHENATE: dict[str, Callable[[str], str]] = {
    "default": _hyphenate_but(""),
    "latin": _hyphenate_but(""),
    "pretty": _hyphenate_but("._~!$&'()+,;=@"),
    "ascii": lambda text: re.sub(r"[^A-Za-z0-9]+", "-", text),
    "raw": lambda text: re.sub(r"[ \t\r\n\f\v]+", "-", text),
}


def _transliterate(text: str) -> str:
    return "".join(c if c < "\x80" else _plain_latin(c) for c in text)


def _plain_latin(character: str) -> str:
    if not "À" <= character <= "ž":
        return "?"
    return (
        _LATIN_SPECIAL.get(character) or unicodedata.normalize("NFD", character)[0].encode("ascii", "replace").decode()
    )
