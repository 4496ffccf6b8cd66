"""MDX: Markdown with components, expressions and statements of JavaScript, as Astro reads files that end with `.mdx`.

Only what says its result itself can be carried; components and expressions are programs of the site, and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hugoconv.markup.constructs import Construct
from hugoconv.systems.markdown_site.shown import FILMS
from hugoconv.systems.markdown_site.tags import Call, TagLanguage

SUFFIX = ".mdx"
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_PIECE = re.compile(
    rf"""
    (?P<statement>(?:\A|(?<=\n))(?:import|export)\b(?:[^\n]|\n(?![ \t]*(?:\n|\Z)))*\n?)
    | <(?P<closing>/?)(?P<name>[A-Za-z][\w.-]*)(?P<values>(?:"[^"]*"|'[^']*'|{_BRACES}|[^<>{{}}"'])*?)/?>
    | (?P<expression>{_BRACES})
    """,
    re.VERBOSE,
)
_VALUE = re.compile(rf"""([\w:-]+)(?:=("[^"]*"|'[^']*'|{_BRACES}))?""")
_COMMENT = re.compile(r"\{\s*/\*.*\*/\s*\}", re.DOTALL)
_TEXT = re.compile(r"""["'`]([^"'`$\\]*)["'`]""")
_OF_POST = re.compile(r"frontmatter\.(\w+)")
_HTML = re.compile(r"[a-z][a-z0-9]*")


def _scan(text: str) -> list[Construct]:
    """Return statements, components, elements with values of JavaScript, expressions, and comments."""
    return list(_found(text))


def _found(text: str) -> Iterator[Construct]:
    for match in _PIECE.finditer(text):
        start, end = match.span()
        if match["statement"]:
            yield Construct("statement", "tag", start, end, (("", match["statement"].strip()),))
        elif match["expression"]:
            inside = match["expression"][1:-1].strip()
            yield Construct(inside, "comment" if _COMMENT.fullmatch(match[0]) else "output", start, end)
        elif not _HTML.fullmatch(match["name"]):
            said = tuple((name, _plain(value)) for name, value in _VALUE.findall(match["values"]))
            name = "closing" if match["closing"] else match["name"]
            yield Construct(name, "tag", start, end, (("", match[0]),) if match["closing"] else said)
        elif "{" in match["values"] or "className" in match["values"]:
            yield Construct("element", "tag", start, end, (("", match[0]),))


def _plain(value: str) -> str:
    """Return what a value says itself, "" for what only a program knows."""
    inside = value[1:-1].strip() if value.startswith("{") else value
    text = _TEXT.fullmatch(inside)
    return text[1] if text else inside if inside.isdecimal() else ""


def _statement(call: Call) -> str:
    """Show nothing, as the statement does, and name it."""
    call.leave_out([" ".join(word.split()) for word in call.words])
    return ""


def _element(call: Call) -> str:
    """An element of HTML without the values that only a program knows."""
    left_out: list[str] = []

    def written(match: re.Match[str]) -> str:
        name = "class" if match[1] == "className" else match[1]
        if not match[2].startswith("{"):
            return f"{name}={match[2]}"
        said = _plain(match[2])
        left_out.extend([match[0]] if not said else [])
        return f'{name}="{said}"' if said else ""

    made = re.sub(rf"""([\w:-]+)=("[^"]*"|'[^']*'|{_BRACES})""", written, call.words[0])
    call.leave_out(left_out)
    return re.sub(r"\s+(?=/?>\Z)", " " if made.endswith("/>") else "", made)


def _output(call: Call, expression: str) -> str | None:
    """A text in quotes, or a value of the post's front matter."""
    text, value = _TEXT.fullmatch(expression), _OF_POST.fullmatch(expression)
    return text[1] if text else call.value(value[1]) if value else None


def _kept(source: str) -> str:
    """Return a component as code, which everybody sees and nothing runs."""
    text = " ".join(source.split())
    ticks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    return f"{ticks}{text}{ticks}" if text.startswith("<") else source


def _spelled(construct: Construct) -> str:
    if construct.kind == "output":
        return f"{{{construct.name}}}"
    return "MDX" if construct.name in ("statement", "element") else f"<{construct.name}>"


MDX = TagLanguage(
    scan=_scan,
    rules={
        "statement": _statement,
        "element": _element,
        "closing": lambda call: _kept(call.words[0]),
        "YouTube": FILMS["youtube"],
        "Vimeo": FILMS["vimeo"],
    },
    output=_output,
    marks=("{", "<", "import", "export"),
    spelled=_spelled,
    kept=_kept,
)
"""The language."""
