"""What a WordPress body refers to outside of itself, and the state of one conversion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from hugoconv.markup import embeds
from hugoconv.markup.constructs import TargetDialect
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.wordpress.bodies.answers import answer


@dataclass(frozen=True, slots=True)
class Attachment:
    """A media item: where its file is, and what is said about it."""

    url: str
    alt: str = ""
    title: str = ""
    caption: str = ""
    mime: str = ""

    def figure(self, link: str = "") -> str:
        """Return it as HTML: its picture, linked to `link` if given, with its caption."""
        picture = f'<img src="{escape(self.url)}" alt="{escape(self.alt)}">'
        if link:
            picture = f'<a href="{escape(link)}">{picture}</a>'
        caption = f"<figcaption>{self.caption}</figcaption>" if self.caption else ""
        return f"<figure>{picture}{caption}</figure>"


def _no_attachment(_: int) -> Attachment | None:
    return None


def _no_children() -> Sequence[Attachment]:
    return ()


def _no_block(_: int) -> str | None:
    return None


def _same(url: str) -> str:
    return url


@dataclass(frozen=True, kw_only=True)
class BodyContext:
    """What the importer knows: media by id, the post's own media, shared blocks by id, footnotes, and final URLs.

    `answers` are those of providers, by which addresses on lines of their own are shown (`bodies.answers`);
    `empty_paragraphs` says that paragraphs holding only a space stay.
    """

    attachment: Callable[[int], Attachment | None] = _no_attachment
    children: Callable[[], Sequence[Attachment]] = _no_children
    reusable: Callable[[int], str | None] = _no_block
    footnotes: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    link: Callable[[str], str] = _same
    empty_paragraphs: bool = False


@dataclass(slots=True)
class Conversion:
    """One body on its way: its text, whose text it becomes, its context, its log, the footnotes by first use."""

    source: str
    target: TargetDialect
    context: BodyContext
    log: PlacedFindings
    notes: list[str] = field(default_factory=list)
    raw_html: bool = False

    def line_of(self, text: str) -> int:
        """Return the line of the body on which a piece of it first stands, 0 when it is not found."""
        position = self.source.find(text) if text else -1
        return self.source.count("\n", 0, position) + 1 if position >= 0 else 0

    def embed(self, url: str) -> str:
        """Return the HTML for an address shown as what it leads to.

        The words that WordPress showed come before a call that asks for them while the new site is built.
        """
        kept = answer(url, self.context.answers) if self.context.answers and embeds.needs_words(url) else ""
        return kept or embeds.embed(url, self.target)

    def changed(self, name: str, detail: str, text: str = "") -> None:
        """Record that a construct was converted with a loss; `text` says where it stands."""
        self.log.add("HC307", line=self.line_of(text), name=name, detail=detail)
