"""`hugoconv schema`: the JSON Schemas of a dump, of its posts and of its `site.json`."""

from __future__ import annotations

from enum import StrEnum
from importlib import resources
from typing import Annotated

import typer

from hugoconv.cli.terminal import result


class What(StrEnum):
    """What has a schema, by its name."""

    post = "post"
    site = "site"


_FILES = {What.post: "schema.json", What.site: "site.schema.json"}


def schema(
    what: Annotated[What, typer.Argument(help="A line of the dump, or its site.json.", show_default=True)] = What.post,
) -> None:
    """Print the JSON Schema of a dump's posts, or of its site.json."""
    result((resources.files("hugoconv.systems.jsonl") / _FILES[what]).read_text("utf-8").rstrip())
