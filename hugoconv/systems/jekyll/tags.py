"""Liquid's tags by their names: which have a counterpart in Hugo's text, and what rule writes it."""

from __future__ import annotations

from hugoconv.markup.constructs import Construct
from hugoconv.systems.jekyll import include_rules, tag_rules
from hugoconv.systems.jekyll.conversion import Conversion, JekyllBodyContext, Rule

RULES: dict[str, Rule] = {**tag_rules.RULES, **include_rules.RULES}
"""The tags with a counterpart."""


def convert_tag(conversion: Conversion, construct: Construct) -> bool:
    """Make the edits for one tag; false when it has no counterpart."""
    rule = RULES.get(construct.name)
    return rule is not None and rule(conversion, construct)


def is_known(context: JekyllBodyContext, text: str, construct: Construct) -> bool:
    """Say whether a tag has a counterpart: by its name, and one that reads a file by its arguments too."""
    if construct.name in include_rules.RULES:
        return include_rules.is_known(context, text, construct)
    return construct.name in RULES
