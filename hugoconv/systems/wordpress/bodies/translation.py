"""A WordPress body's translation, bound to its export, or to what a dump remembers of that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any, ClassVar

from hugoconv.markup.constructs import Neutral, TargetDialect
from hugoconv.report.findings import Findings, PlacedFindings
from hugoconv.systems.addresses import MediaAddresses, RememberedMedia, new_address
from hugoconv.systems.wordpress.bodies.context import Attachment, BodyContext
from hugoconv.systems.wordpress.bodies.to_markdown import body_to_markdown


@dataclass(frozen=True)
class Translation:
    """An item's body as Markdown, with what the export knows around it."""

    library: MediaAddresses
    context: BodyContext
    markup: ClassVar[str] = "markdown"

    def __call__(self, text: str, target: TargetDialect, link: Callable[[str], str], log: PlacedFindings) -> str:
        """See `model.Translate`."""
        bound = replace(self.context, link=lambda url: new_address(self.library, url, link))
        markdown = body_to_markdown(text, target, bound, log)
        return f"{markdown}\n" if markdown else ""

    def template_calls(self, text: str) -> Mapping[str, bool]:
        """See `model.Translate`."""
        return {}

    def facts(self, text: str) -> dict[str, Any]:
        """See `PortableTranslate`: what one translation asks is written down with the answers."""
        asked = _Asked(self.library, self.context)
        body_to_markdown(text, _ANY_TARGET, asked.context(), Findings().at(""))
        return {
            "attachments": asked.attachments,
            "children": [asdict(child) for child in self.context.children()],
            "reusable": asked.blocks,
            "footnotes": dict(self.context.footnotes),
            "answers": dict(self.context.answers),
            "media": asked.media,
            "empty_paragraphs": self.context.empty_paragraphs,
        }


@dataclass
class _Asked:
    """Hands on what a translation asks, and remembers the answers."""

    library: MediaAddresses
    inner: BodyContext
    attachments: dict[str, Any] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    media: dict[str, list[str]] = field(default_factory=dict)

    def context(self) -> BodyContext:
        return replace(self.inner, attachment=self._attachment, reusable=self._reusable, link=self._link)

    def _attachment(self, identifier: int) -> Attachment | None:
        found = self.inner.attachment(identifier)
        if found is not None:
            self.attachments[str(identifier)] = asdict(found)
        return found

    def _reusable(self, identifier: int) -> str | None:
        found = self.inner.reusable(identifier)
        if found is not None:
            self.blocks[str(identifier)] = found
        return found

    def _link(self, url: str) -> str:
        found = self.library.medium_at(url)
        if found is not None:
            self.media[url] = list(found)
        return url


class _AnyTarget:
    """A target that shows nothing of a construct's own: only what is asked on the way counts."""

    name = "any"

    def render(self, neutral: Neutral) -> str:
        return ""

    def adapt(self, text: str, *, linkified: bool = True) -> str:
        return text

    def escape(self, text: str) -> str:
        return text


_ANY_TARGET = _AnyTarget()


def restored(base_url: str, facts: dict[str, Any]) -> Translation:
    """Return the translation that gave these facts; KeyError or TypeError for facts of another make."""
    attachments = {int(number): Attachment(**each) for number, each in facts["attachments"].items()}
    blocks = {int(number): text for number, text in facts["reusable"].items()}
    children = [Attachment(**each) for each in facts["children"]]
    context = BodyContext(
        attachment=attachments.get,
        children=partial(list, children),
        reusable=blocks.get,
        footnotes=facts["footnotes"],
        answers=facts.get("answers", {}),
        empty_paragraphs=facts["empty_paragraphs"],
    )
    return Translation(RememberedMedia(base_url, facts["media"]), context)
