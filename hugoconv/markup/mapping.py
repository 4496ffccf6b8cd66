"""What the user says becomes of a source's shortcodes: templates by name, and a rule for those without."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from hugoconv.markup.constructs import Construct, Neutral, TargetDialect

UNMAPPED = ("keep", "comment", "html")
"""What can become of a shortcode that nobody knows: text, a comment, or an element that holds it."""

_INNER = "{inner}"
_PLACE = re.compile(r"(?<!\{)\{([\w-]+)\}(?!\})")


@dataclass(frozen=True)
class Filled:
    """A template with a shortcode's arguments in it: what stands before and after the text it encloses.

    `holds` says that the template has a place for that text; `left_out` are the arguments it has no place for.
    """

    before: str
    after: str
    holds: bool
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class MappedDialect:
    """A target's dialect in which the user has a say: `templates` by the shortcode's name, `unmapped` for all others.

    A template is text of the target: `{id}` is the argument of that name, `{0}` the first without one, `{inner}` the
    text that the shortcode encloses. `quote` makes an argument fit to stand between the target's double quotes.
    """

    dialect: TargetDialect
    templates: Mapping[str, str]
    unmapped: str = "keep"
    quote: Callable[[str], str] = field(default=lambda value: value.replace('"', "&quot;"))

    @property
    def name(self) -> str:
        """The system's name."""
        return self.dialect.name

    def render(self, neutral: Neutral) -> str:
        """Return a neutral construct as text of the dialect."""
        return self.dialect.render(neutral)

    def adapt(self, text: str, *, linkified: bool = True) -> str:
        """See `TargetDialect.adapt`."""
        return self.dialect.adapt(text, linkified=linkified)

    def escape(self, text: str) -> str:
        """See `TargetDialect.escape`."""
        return self.dialect.escape(text)

    def fill(self, construct: Construct) -> Filled | None:
        """Return the template of a shortcode with its arguments, None when it has no template."""
        template = self.templates.get(construct.name)
        if template is None:
            return None
        values = {name: value for name, value in construct.arguments if name}
        values |= {str(number): value for number, (_, value) in enumerate(_positional(construct))}
        used: set[str] = set()

        def value(match: re.Match[str]) -> str:
            used.add(match[1])
            return self.quote(" ".join(values.get(match[1], "").split()))

        before, inner, after = template.partition(_INNER)
        before, after = _PLACE.sub(value, before), _PLACE.sub(value, after)
        return Filled(before, after, bool(inner), tuple(name for name in values if name not in used))

    def tag(self, written: str) -> str:
        """Return the tag of a shortcode that nobody knows as HTML that a reader does not see."""
        if self.unmapped == "comment":
            return f"<!-- {re.sub('-(?=-|>)', '- ', written)} -->"
        return f'<span class="shortcode" data-shortcode="{escape(written)}"></span>'


def _positional(construct: Construct) -> list[tuple[str, str]]:
    return [pair for pair in construct.arguments if not pair[0]]


def mapped(
    dialect: TargetDialect, shortcodes: tuple[str, ...], unmapped: str, quote: Callable[[str], str] | None = None
) -> TargetDialect:
    """Return a dialect in which the user's options `shortcodes` and `unmapped` have their say."""
    if not shortcodes and unmapped == "keep":
        return dialect
    own = {"quote": quote} if quote else {}
    return MappedDialect(dialect, templates_of(shortcodes), unmapped, **own)


def templates_of(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return templates by name from texts "NAME=TEMPLATE"."""
    return {name.strip(): template.strip() for name, _, template in (pair.partition("=") for pair in pairs)}
