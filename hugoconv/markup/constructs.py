"""Constructs: what a dialect adds to plain Markdown or HTML, found in a text with spans.

`Construct` is what stands in the text (a shortcode, a Liquid tag, a block). The neutral vocabulary below is what it
means; a dialect turns its own constructs into these and these into its own text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Construct:
    """One construct as it is written: spans count characters of the body.

    `kind` is the dialect's word for it ("shortcode", "tag", "output", "block", "attributes"); `arguments` are in
    written order, (name, value) pairs with "" as the name of a positional one; `inner_start` to `inner_end` is the
    text it encloses, -1 when it encloses none.
    """

    name: str
    kind: str
    start: int
    end: int
    arguments: tuple[tuple[str, str], ...] = ()
    inner_start: int = -1
    inner_end: int = -1

    def argument(self, name: str, default: str = "") -> str:
        """Return the named argument's value, `default` when it is not given."""
        return next((value for key, value in self.arguments if key == name), default)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with what is said about it; `caption` and `alt` are Markdown and plain text.

    `title` is what shows when one points at it, `heading` stands above the caption.
    """

    source: str
    alt: str = ""
    caption: str = ""
    title: str = ""
    link: str = ""
    classes: str = ""
    width: str = ""
    height: str = ""
    heading: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether an image of Markdown's says all of it."""
        return not (self.caption or self.heading or self.link or self.classes or self.width or self.height)


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures shown together, in order."""

    figures: tuple[Figure, ...]
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Highlight:
    """Code with its language; `lines` are the lines to mark ("1 3-5"), `numbers` whether lines are numbered.

    `in_html` says that it stands in a block of HTML, where no fence is one.
    """

    code: str
    language: str = ""
    lines: str = ""
    numbers: bool = False
    in_html: bool = False


@dataclass(frozen=True, slots=True)
class Embed:
    """Something shown from another site, by its address; `provider` and `identifier` when they are known.

    `start` is the second at which a film starts.
    """

    url: str
    provider: str = ""
    identifier: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Media:
    """A sound or a film to play: `kind` is "audio" or "video"."""

    kind: str
    sources: tuple[str, ...]
    poster: str = ""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A link to another page of the site by its source path, name or URL path, with an anchor ("" for none).

    `absolute` says that the link has the site's whole address in it, `is_linked` that it stands in words, of which
    the source makes a link.
    """

    target: str
    anchor: str = ""
    absolute: bool = False
    is_linked: bool = False


@dataclass(frozen=True, slots=True)
class SummaryDivider:
    """Where the summary ends; `label` is the text of the link to the rest ("" for the theme's own)."""

    label: str = ""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is said about the heading or block before it: "id", "class" and other names with their values."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TemplateCall:
    """A call of one of the site's own templates by its name (a shortcode, an include).

    One that encloses text is two parts, "opening" and "closing", around it; `number` tells the pairs of a body apart.
    `markdown` says that what the template writes is Markdown. A dialect that cannot call it so returns "".
    """

    name: str
    arguments: tuple[tuple[str, str], ...] = ()
    part: str = "whole"
    number: int = 0
    markdown: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that a script on the page draws; `opening` and `closing` are the marks around it that it looks for.

    One that is no block may still be all there is of its paragraph, and one that is may stand `in_words`, in a heading
    or a table, where there are no blocks.
    """

    text: str
    opening: str
    closing: str
    is_block: bool = False
    is_paragraph: bool = False
    in_words: bool = False

    @property
    def written(self) -> str:
        """The formula between its marks."""
        return f"{self.opening}{self.text}{self.closing}"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A construct without a neutral meaning: kept visible and inert as `text`."""

    text: str
    name: str
    arguments: tuple[tuple[str, str], ...] = field(default=())


Neutral = (
    Figure
    | Gallery
    | Highlight
    | Embed
    | Media
    | CrossReference
    | SummaryDivider
    | Attributes
    | TemplateCall
    | Formula
    | Unknown
)


class TargetDialect(Protocol):
    """How another system's text is made of neutral constructs."""

    @property
    def name(self) -> str:
        """The system's name."""

    def render(self, neutral: Neutral) -> str:
        """Return a neutral construct as text of the dialect."""

    def adapt(self, text: str, *, linkified: bool = True) -> str:
        """Return a whole body, CommonMark with GFM's extensions, so that the system's own reader renders the same.

        `linkified` says that the source system makes links of bare addresses.
        """

    def escape(self, text: str) -> str:
        """Return `text` so that the system shows it as it is, instead of running what looks like its own constructs."""
