"""The elements of HTML as kramdown knows them: which begin blocks, which stand in lines, what may be in them.

The source is kramdown's lib/kramdown/parser/html.rb.
"""

from __future__ import annotations

import re


def names(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


SPANS = names(
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb rbc rp rt rtc "
    "ruby samp select small span strong sub sup tt u var"
)
BLOCKS = names(
    "address article aside applet body blockquote caption col colgroup dd div dl dt fieldset figcaption footer form h1 "
    "h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li main map nav ol optgroup p pre section summary "
    "table tbody td th thead tfoot tr ul"
)
VOID = names("area base br col command embed hr img input keygen link meta param source track wbr")
HOLDS_BLOCKS = names(
    "address applet article aside blockquote body dd details div dl fieldset figure figcaption footer form header "
    "hgroup iframe li main map menu nav noscript object section summary td"
)
HOLDS_SPANS = names(
    "a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend optgroup p q rb "
    "rbc rp rt rtc ruby select small span strong sub sup th tt"
)
VERBATIM = names("script style")
KNOWN = (
    SPANS | BLOCKS | VOID | HOLDS_BLOCKS | HOLDS_SPANS | VERBATIM | names("math option textarea pre code kbd samp var")
)
PARSED_BY_DEFAULT = names(
    "address article aside blockquote dd details div dl fieldset figcaption figure footer form header hgroup li main "
    "nav section td"
)
"""The elements whose content kramdown reads as blocks when it is told to with `markdown="1"`."""
PARSED_AS_BLOCK = names("center ul ol table thead tbody tfoot tr th")
"""The elements that need `markdown="block"` for that."""
NOT_IN_A_LINE = names(
    "address article aside blockquote caption col colgroup dd div dl dt fieldset figcaption footer form h1 h2 h3 h4 h5 "
    "h6 header hgroup hr iframe legend li main menu nav ol optgroup p pre section summary table tbody td tfoot th "
    "thead tr ul"
)
"""The elements whose tags kramdown shows as text when they stand in a line of words."""
READ_AS_TEXT = names("mark kbd code samp var s u time data center font bdi")
"""The elements of a line whose content is no Markdown to kramdown unless it is told so."""

NAME = r"(?:[^\W\d][-\w.]*:)?[^\W\d][-\w.]*"
TAG = re.compile(
    rf"<(?P<name>{NAME})\s*(?P<attributes>(?:\s+{NAME}(?:\s*=\s*(?:\w+|\"[^\"]*\"|'[^']*'))?)*)\s*(?P<closed>/)?>"
)
MARKDOWN = re.compile(r"\s+markdown\s*=\s*[\"']?(?P<value>\w*)[\"']?")
"""The attribute that says whether Markdown is read in an element."""
END_TAG = re.compile(rf"</(?P<name>{NAME})\s*>")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
INSTRUCTION = re.compile(r"<\?.*?\?>", re.DOTALL)


def canonical(name: str) -> str:
    """Return the name of an element as it is compared: without capitals when HTML has it."""
    return name.lower() if name.lower() in KNOWN else name
