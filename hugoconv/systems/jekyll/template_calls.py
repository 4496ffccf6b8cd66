"""Calls of the templates that hugoconv wrote for another system's own: `{% include shortcodes/NAME.html a0="x" %}`.

A template that nobody has edited says nothing but its name, so a call of it is told from one of the site's includes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from hugoconv.markup.constructs import Construct, TemplateCall
from hugoconv.systems.jekyll.liquid import markup

FOLDER = "shortcodes"
"""The folder of these templates, in that of the includes."""

FIGURE = "figure.html"
"""The include of pictures with captions, which is no template of another system's."""
OWN_WORDS = {"toc": "* TOC\n{:toc}"}
"""What kramdown has words for, and needs no template."""
_STUB = """{{%- comment -%}}
The old site had a template of its own for {name}, which is kept in _original. Write here what it is to show:
its arguments are include.NAME, or include.a0, include.a1, ... without a name; include.inner is what it encloses.
{{%- endcomment -%}}
{{%- assign enclosed = include.inner | strip -%}}
{{% if enclosed != "" %}}{{{{ include.inner }}}}
{{%- else %}}<code>&#123;&#123;&lt; {name} &gt;&#125;&#125;</code>
{{%- endif -%}}
"""
_NAME = r"[A-Za-z0-9][\w-]*(?:/[\w-]+)*"
_IS_NAME = re.compile(_NAME)
_FILE = re.compile(rf"{FOLDER}/({_NAME})\.html")
_POSITIONAL = re.compile(r"a\d+")
_INNER = re.compile(r"\s*inner=(inner\d+)\Z")
_INCLUDE = re.compile(rf"\{{% include {FOLDER}/{_NAME}\.html[^%]*(?:%(?!\}})[^%]*)*%\}}")
_CALL = re.compile(rf"\{{% include {FOLDER}/({_NAME})\.html\s(?:(?!%\}}).)*?(\binner=inner\d+ )?%\}}", re.DOTALL)

Arguments = Callable[[str], dict[str, str] | None]
"""Reads the arguments of an include; None when one of them is not known."""


def stub(name: str) -> bytes | None:
    """Return the template of a name that is to be written once; None for one that comes with hugoconv, or no name."""
    is_wanted = name not in OWN_WORDS and _IS_NAME.fullmatch(name) and not _shipped().joinpath(f"{name}.html").is_file()
    return _STUB.format(name=name).encode() if is_wanted else None


def unedited(includes: Path) -> frozenset[str]:
    """Return the names of a site's templates that are still as hugoconv wrote them, and of `FIGURE` if it is."""
    root = includes / FOLDER
    files = root.rglob("*.html") if root.is_dir() else ()
    names = {path.relative_to(root).with_suffix("").as_posix(): path for path in files if path.is_file()}
    own = {name for name, path in names.items() if path.read_bytes() == _written(name)}
    plain = (includes / FIGURE, resources.files("hugoconv.systems.jekyll") / "theme" / "_includes" / FIGURE)
    has_own_figure = plain[0].is_file() and plain[0].read_bytes() == plain[1].read_bytes()
    return frozenset(own | ({FIGURE} if has_own_figure else set()))


def _written(name: str) -> bytes | None:
    shipped = _shipped().joinpath(f"{name}.html")
    return stub(name) or (shipped.read_bytes() if shipped.is_file() else None)


def _shipped() -> resources.abc.Traversable:
    return resources.files("hugoconv.systems.jekyll") / "theme" / "_includes" / FOLDER


def names_in(text: str, templates: Iterable[str]) -> Mapping[str, bool]:
    """Return the templates that a text calls, and whether a call of one encloses text."""
    found: dict[str, bool] = {}
    for match in _CALL.finditer(text) if templates else ():
        if match[1] in templates:
            found[match[1]] = found.get(match[1], False) or bool(match[2])
    return found


@dataclass(frozen=True)
class Called:
    """A call that an include is, and where that include ends; `captured` is the variable with what it encloses."""

    call: TemplateCall
    end: int
    captured: str = ""


def call_of(text: str, include: Construct, templates: frozenset[str], arguments: Arguments) -> Called | None:
    """Return the call that an `include` is, None for one of another file, or with arguments that are not known."""
    if include.name != "include":
        return None
    file, _, source = markup(text, include).partition(" ")
    name = _FILE.fullmatch(file)
    if name is None or name[1] not in templates:
        return None
    inner = _INNER.search(source)
    values = arguments(source[: inner.start()] if inner else source)
    if values is None:
        return None
    pairs = tuple(
        ("" if _POSITIONAL.fullmatch(key) else key, value) for key, value in values.items() if key != "md"
    )  # fmt: skip
    call = TemplateCall(name[1], pairs, "opening" if inner else "whole", markdown="md" in values)
    return Called(call, include.end, inner[1] if inner else "")


def call_around(text: str, capture: Construct, templates: frozenset[str], arguments: Arguments) -> Called | None:
    """Return the call that encloses what a `capture` holds, when it stands right behind it; None when none does."""
    include = _INCLUDE.match(text, capture.end) if capture.name == "capture" and capture.inner_start >= 0 else None
    if include is None:
        return None
    called = call_of(text, Construct("include", "tag", *include.span()), templates, arguments)
    return called if called and called.captured == markup(text, capture) else None
