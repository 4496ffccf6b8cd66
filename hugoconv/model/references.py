"""Mentions of files and pages, and where they lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from hugoconv.markup.files import KeyPath


class SpanLike(Protocol):
    """Anything that names a target at a span of a text."""

    @property
    def kind(self) -> str:
        """What kind of mention it is."""

    @property
    def start(self) -> int:
        """Where the target starts."""

    @property
    def end(self) -> int:
        """Where the target ends."""

    @property
    def target(self) -> str:
        """The target as it is written."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a mention leads: to the page or file of the site at the URL path `address`, to somewhere else, nowhere."""

    kind: Literal["page", "file", "elsewhere", "nowhere"]
    address: str = ""
    anchor: str = ""

    @property
    def found(self) -> bool:
        """Whether it leads to something, as far as the site can tell."""
        return self.kind != "nowhere"


class Resolve(Protocol):
    """Answers for one page where its mentions lead, by the rules of the system it was written for."""

    def __call__(self, target: str, kind: str = "link") -> Lead:
        """Return where a target leads; `kind` is that of the mention (`Reference.kind`)."""

    def near(self, target: str) -> str:
        """Return the URL path that was probably meant by a target that leads nowhere, "" for none."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a file or page, and where it leads: at a span of the body, or under `key` of the front matter.

    `kind` is "image", "link", "definition" or "html" (what Markdown calls it), "page" for a tag or shortcode that
    names a page of the site by its source, or "front matter".
    """

    target: str
    kind: str
    start: int
    end: int
    lead: Lead
    key: KeyPath = ()

    @property
    def found(self) -> bool:
        """Whether it leads to something, as far as the site can tell."""
        return self.lead.found
