"""A body's Liquid programs replaced by what they write, or hidden where they cannot be run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hugoconv.edits import Edit, apply
from hugoconv.markup import markdown
from hugoconv.markup.constructs import Construct
from hugoconv.systems.jekyll import liquid
from hugoconv.systems.jekyll.hiding import hidden
from hugoconv.systems.jekyll.white_space import trimmed_span

PROGRAMS = frozenset(
    {
        *("assign", "capture", "if", "unless", "for", "case", "tablerow", "ifchanged", "increment", "decrement"),
        *("cycle", "echo", "liquid", "break", "continue", "include", "include_cached", "include_relative", "render"),
    }
)
"""Liquid's tags that say what to do, and Jekyll's that read another file."""
_SIGNS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\{|\{%", re.DOTALL)


@dataclass
class Rewritten:
    """A body without programs, and where each of its characters stood before."""

    text: str
    edits: list[Edit] = field(default_factory=list)

    def line_of(self, position: int, old: str) -> int:
        """Return the line of the old text at which what stands at a position of the new one was written, from 1."""
        shift = 0
        for edit in self.edits:
            start = edit.start + shift
            if position < start:
                break
            if position < start + len(edit.text):
                return old.count("\n", 0, edit.start) + 1
            shift += len(edit.text) - (edit.end - edit.start)
        return old.count("\n", 0, position - shift) + 1


Write = Callable[[Construct], str | None]
"""Runs a program and returns what it writes, None when it cannot be run."""
Report = Callable[[str, Construct], None]
"""Takes the code of a finding and the program that it is about."""


def without_programs(
    text: str, is_known: Callable[[Construct], bool], write: Write, report: Report, *, is_markdown: bool
) -> Rewritten:
    """Return a body whose programs have been run, or hidden; what `is_known` says is converted by others stays."""
    edits = list(_edits(text, is_known, write, report, is_markdown=is_markdown))
    return Rewritten(apply(text, edits), edits)


def _edits(
    text: str, is_known: Callable[[Construct], bool], write: Write, report: Report, *, is_markdown: bool
) -> Iterator[Edit]:
    done = 0
    code = markdown.code_regions(text, liquid.opaque(text)) if is_markdown else []
    for construct in liquid.constructs(text):
        if construct.start < done or construct.kind == "error" or is_known(construct):
            continue
        if construct.name in liquid.BRANCH_TAGS and construct.kind == "tag":
            continue
        start, end = trimmed_span(text, construct.start, construct.end)
        start = max(start, done)
        is_program = construct.kind == "output" or construct.name in PROGRAMS
        made = write(construct) if is_program else None
        if made is None:
            report("HC302", construct)
            yield Edit(start, end, inert(hidden(text, construct.start, construct.end, code, is_markdown=is_markdown)))
        else:
            if made.strip() and construct.kind == "tag":
                report("HC317", construct)
            elif _encloses_words(text, construct) and not made.strip():
                report("HC320", construct)
            yield Edit(start, end, made)
        done = end


def _encloses_words(text: str, construct: Construct) -> bool:
    """Whether a program has words of its own, which it might have written."""
    inner = text[construct.inner_start : construct.inner_end] if construct.inner_start >= 0 else ""
    return construct.name != "capture" and re.search(r"\w", _SIGNS.sub("", inner)) is not None


def inert(text: str) -> str:
    """Return what a program wrote so that Liquid leaves it as it is."""
    return _SIGNS.sub(lambda sign: f"{{% raw %}}{sign[0]}{{% endraw %}}", text)
