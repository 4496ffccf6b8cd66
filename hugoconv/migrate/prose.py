"""The words of a post as a person would count them in its raw text, whatever system wrote it.

This is on purpose not how the systems read a body: templates' tags are cut by the plainest rules, so that a fault in
reading or converting a construct is not repeated by the check that should find it.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from urllib.parse import unquote

from hugoconv.model import Post

_NOT_PROSE = re.compile(
    r"""
    \{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}   # what Liquid leaves out
    | \{\{<\s*/\*.*?\*/\s*>\}\} | \{\{%\s*/\*.*?\*/\s*%\}\}
    | \{\{[<%].*?[>%]\}\}                                   # Hugo's shortcodes
    | \{%.*?%\} | \{\{.*?\}\}                               # Liquid
    | <!--.*?--> | <[?!][^<>]*>                              # what browsers take for comments
    | ^[ ]{0,3}\[[^\]^\n][^\]\n]*\]:[ \t]*\S+.*?$                    # definitions of links
    | (?<=\])[ ]?\[[^\]^\n]*\]                                # and their names
    | ^[ \t]*[-+*0-9.]+[ \t][^\n]*\n[ \t]*\{:[ \t]*toc[^{}]*\}     # what stands for kramdown's table of contents
    | ^[ \t>]*(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t])(?:[ \t]+\[[ xX]\](?=\s))?  # marks of lists
    | ^\*\[[^\]\n]+\]:                                         # names of abbreviations
    | \[\^[^\]\n]+\]:?                                       # names of footnotes
    | (?<!\w):[a-z0-9_+-]+:(?!\w)                           # names of emoji
    | \{:[^{}\n]*\} | \{[#.][^{}\n]*\}                      # attributes of kramdown and Goldmark
    | (?<=\])\((?:\{%.*?%\}|\{\{.*?\}\}|<[^<>\n]*>|[^()\s]|\([^()\s]*\))*  # destinations, but not their titles
    | (?:https?:)?//[^\s<>"')\]]+
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_SHORTCODE = re.compile(r"\[/?[a-zA-Z][\w-]*(?:\s[^\[\]]*)?/?\](?!\()")
"""WordPress's shortcodes; in other systems brackets are text."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_FENCE = re.compile(r"^([ \t>]*(?:`{3,}|~{3,})[ \t]*[^\s`{]*)[^\n`]*$", re.MULTILINE)
"""The line at which code starts: its language, then options for who shows it."""
_ENTITY = re.compile(r"&#?\w{1,40};")
_HTML = ("wordpress", "html")
"""The systems whose bodies are HTML, where a name of a character needs no semicolon."""
_ORG_NOT_PROSE = re.compile(
    r"""
    ^[ \t]*:properties:[ \t]*\n(?:[ \t]*:\S+:.*\n)*?[ \t]*:end:[ \t]*$
    | ^[ \t]*\#\+(?:caption|title|html):                      # what follows is shown
    | ^[ \t]*\#\+(?:(?:begin|end)_\w+|[\w\[\]]+:).*$
    | ^[ \t]*\#[ \t].*$                                       # comments
    | \[\[[^\]\n]*(?:\]\[|\]\])                              # where links lead
    | \[fn:[\w-]*:?
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_WORD = re.compile(r"[^\W_]+")


def words(text: str, system: str) -> Counter[str]:
    """Return how often each word stands in the prose of a body: without tags, constructs, addresses and comments."""
    text = _ORG_NOT_PROSE.sub(" ", text) if system == "org" else text
    text = _NOT_PROSE.sub(" ", _FENCE.sub(r"\1", text))
    if system == "wordpress":
        text = _SHORTCODE.sub(" ", text)
    text = _TAG.sub(" ", text)
    if system in _HTML:
        return Counter(_words(unescape(text)))
    return Counter(_words(_ENTITY.sub(lambda entity: unescape(entity[0]), text)))


def kind_of(post: Post) -> str:
    """Return what the functions here call the system of a post: for org, which has a syntax of its own, that."""
    return "org" if post.body.dialect.markup == "org" else post.source.system


def all_words(text: str) -> Counter[str]:
    """Return how often each word stands anywhere in a text: in prose, tags, attributes and addresses."""
    return Counter(_words(unquote(unescape(text)))) | Counter(_words(text))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def missing_words(old: str, old_system: str, new: str, new_system: str) -> list[str]:
    """Return the words of the old prose that are not in the new text, in the order in which they stand in the old one.

    A word may have moved out of the prose (a caption into a parameter), so what stands in the new text beside its prose
    counts too.
    """
    wanted = words(old, old_system)
    wanted.subtract(words(new, new_system))
    missing = Counter({word: count for word, count in wanted.items() if count > 0})
    if missing:
        beside = all_words(new)
        beside.subtract(words(new, new_system))
        missing.subtract({word: count for word, count in beside.items() if count > 0})
    return [word for word, count in missing.items() if count > 0 for _ in range(count)]
