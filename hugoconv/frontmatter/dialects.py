"""How a program reads the head of a file: which fences it sees and how it types YAML's scalars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hugoconv.frontmatter import fences
from hugoconv.frontmatter.dates import Moment, parse_hugo, parse_ruby
from hugoconv.frontmatter.fences import Parts
from hugoconv.frontmatter.syntax import ScalarRules
from hugoconv.frontmatter.yaml.scalars import GOCCY, SAFEYAML


@dataclass(frozen=True, slots=True)
class Dialect:
    """One program's way of reading front matter: its fences, its YAML, its dates."""

    name: str
    split: Callable[[str], Parts]
    scalars: ScalarRules
    parse_date: Callable[[str], Moment | None]


HUGO = Dialect("hugo", fences.split_hugo, GOCCY, parse_hugo)
"""Hugo's page parser: YAML, TOML, JSON and org."""

JEKYLL = Dialect("jekyll", fences.split_jekyll, SAFEYAML, parse_ruby)
"""Jekyll's regular expression: YAML only, closed by `---` or `...`."""
