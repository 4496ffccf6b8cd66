"""`hugoconv schema`: the JSON Schema of a line of a dump."""

from __future__ import annotations

from importlib import resources

from hugoconv.cli.terminal import result


def schema() -> None:
    """Print the JSON Schema of a dump's posts (convert --to jsonl)."""
    result((resources.files("hugoconv.systems.jsonl") / "schema.json").read_text("utf-8").rstrip())
