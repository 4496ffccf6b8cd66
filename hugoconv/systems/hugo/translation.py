"""A Hugo body for another system: shortcodes, fences and headings become neutral constructs, the rest stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hugoconv.markup.constructs import TargetDialect
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.hugo.body_translation import BodyTranslation
from hugoconv.systems.hugo.config import HugoConfig
from hugoconv.systems.hugo.configfiles import look_up
from hugoconv.systems.hugo.dialect import dialect_of, is_closed
from hugoconv.systems.hugo.org_bodies import OrgBody
from hugoconv.systems.hugo.pagenames import PageNames
from hugoconv.systems.hugo.shortcode_rules import RULES


@dataclass(frozen=True, kw_only=True)
class Translation:
    """A body's translation, with the page's own values, the site's, and the pages by the names that `ref` calls them.

    `path` is the page's content path without its ending ("posts/a", "posts/bundle/index").
    """

    page: Mapping[str, Any]
    path: str
    language: str
    names: Callable[[], PageNames] = field(repr=False)
    config: HugoConfig = field(repr=False)
    markup: str = "markdown"
    enclosing: frozenset[str] = frozenset()
    """The shortcodes that Hugo wants closed, for their templates show what they enclose."""
    resource: Callable[[str], str | None] = field(default=lambda target: None, repr=False)
    """The address of a file of the page's bundle, "" for one that is not published, None for one beside the page."""
    org: OrgBody | None = None
    """What makes Markdown of the body first, where that is org."""

    def __call__(self, text: str, target: TargetDialect, link: Callable[[str], str], log: PlacedFindings) -> str:
        """See `model.Translate`."""
        if self.org is not None:
            text = self.org.as_markdown(text, log)
        return BodyTranslation(text, self, target, link, log).made()

    def template_calls(self, text: str) -> Mapping[str, bool]:
        """See `model.Translate`."""
        called: dict[str, bool] = {}
        for each in dialect_of(self.markup).scan(text) if "{{<" in text or "{{%" in text else ():
            if each.kind == "shortcode" and each.name not in RULES:
                called[each.name] = called.get(each.name, False) or is_closed(text, each)
        return called

    @property
    def not_found_url(self) -> str:
        """What `ref` writes for a page that is not there, where the site does not stop at it."""
        return str(self.config.value("refLinksNotFoundURL", ""))

    def parameter(self, name: str) -> str | None:
        """Return what the shortcode `param` shows: a value of the page, else of the site; None when it is no scalar."""
        for values in (self.page, look_up(self.page, "params", {}), self.config.params):
            value = look_up(values, name)
            if isinstance(value, bool):
                return str(value).lower()
            if isinstance(value, (str, int, float)):
                return str(value)
        return None
