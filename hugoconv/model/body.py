"""A post's text, how it is read, and how it becomes another dialect's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from hugoconv.markup.constructs import Construct, TargetDialect
from hugoconv.model.references import SpanLike
from hugoconv.report.findings import PlacedFindings


class BodyDialect(Protocol):
    """How one system's bodies are read: its constructs and its references, with spans."""

    @property
    def name(self) -> str:
        """The system's name."""

    @property
    def markup(self) -> str:
        """The markup of the text: "markdown", "html", "org", ..."""

    def scan(self, text: str) -> list[Construct]:
        """Return the constructs of a text, in written order."""

    def references(self, text: str) -> Sequence[SpanLike]:
        """Return the mentions of files and pages in a text, in written order."""


class Translate(Protocol):
    """Turns a post's body into another dialect's text; an importer binds what it must know of the site."""

    @property
    def markup(self) -> str:
        """The markup of the new text: "markdown", "html", "org", ..."""

    def __call__(self, text: str, target: TargetDialect, link: Callable[[str], str], log: PlacedFindings) -> str:
        """Return the new text; `link` gives the new address of an old one, or the old one where there is none."""

    def template_calls(self, text: str) -> Mapping[str, bool]:
        """Return the names of the templates that the new text calls, and whether a call of one encloses text.

        They are those that are not every site's of the target, so that the target needs them.
        """


@runtime_checkable
class PortableTranslate(Protocol):
    """A translation that can be made again elsewhere."""

    def facts(self, text: str) -> dict[str, Any]:
        """Return, as plain data, what the translation of a text must know of the site."""


@dataclass(slots=True)
class Body:
    """A post's text in its dialect; `constructs` are found anew for each text."""

    text: str
    dialect: BodyDialect
    line: int = 1
    """The line of the source file at which the text starts."""

    @property
    def constructs(self) -> list[Construct]:
        """The shortcodes, tags and blocks in the text."""
        return self.dialect.scan(self.text)
