"""Formulas that Hugo lets through for a script to draw: kramdown's in Jekyll. The real programs judge."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import lxml.html
import pytest
from built_sites import build_made_jekyll
from folders import write
from programs import HUGO, needs_jekyll

import hugoconv as hc
from hugoconv.migrate.pages import content

SITE = """baseURL = "https://example.org/"
disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap"]
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [['\\[', '\\]'], ['$$', '$$']]
inline = [['\\(', '\\)'], ['$', '$']]
"""
CASES: dict[str, tuple[str, str]] = {
    "in a line": ("a \\(x_1 * y_1*\\) and $z_2$ b\n", "a $$x_1 * y_1*$$ and $$z_2$$ b\n"),
    "a block": ("a\n\n$$\nx < \\\\ y & z\n$$\n\nb\n", "a\n\n$$\nx < \\\\ y & z\n$$\n\nb\n"),
    "a block with brackets": ("\\[ x \\]\n\nb\n", "$$ x $$\n\nb\n"),
    "a block amid a paragraph": ("a $$x$$ b\n", "a \n\n$$x$$\n\n b\n"),
    "a block below a line": ("a\n$$\nx\n$$\nb\n", "a\n\n$$\nx\n$$\n\nb\n"),
    "in a list": ("- a\n\n  $$\n  x\n  $$\n- $y$\n", "- a\n\n  $$ x $$\n- \\$$y$$\n"),
    "in a quotation": ("> a\n>\n> $$x$$\n", "> a\n>\n> $$x$$\n"),
    "a heading": ("# A $x^2$ b\n", "# A $$x^2$$ b {#a--b}\n"),
    "a table": ("| a | b |\n|---|---|\n| $x_1$ | $$y$$ |\n", "| a | b |\n|---|---|\n| $$x_1$$ | \\\\[y\\\\] |\n"),
    "a bar": ("a $|x|$ b\n\n$$|y|$$\n", "a $\\|x\\|$ b\n\n$$|y|$$\n"),
    "braces": ("a $x_{{1}} {% y %}$ b\n", "a $$x_{% raw %}{{1}} {% y %}{% endraw %}$$ b\n"),
    "all there is of a paragraph": ("$x$\n\n$y$\nz\n\na\n$b$\n", "\\$$x$$\n\n$$y$$\nz\n\na\n$$b$$\n"),
    "none in code": ("`$x$` and\n\n    \\(y\\)\n", "`$x$` and\n\n    \\(y\\)\n"),
    "none behind a backslash": ("a \\\\(x\\\\) b\n", "a \\\\(x\\\\) b\n"),
    "none without an end": ("a \\(x\n\nb\\) $5\n", "a \\(x\n\nb\\) $5\n"),
}
"""A body, and the same in Jekyll."""


def moved(folder: Path, bodies: list[str], to: str, site: str = SITE) -> hc.Report:
    pages = {f"content/p{number}.md": f"---\ntitle: T\n---\n{body}" for number, body in enumerate(bodies)}
    write(folder / "old", {"hugo.toml": site, "layouts/page.html": "<main>{{ .Content }}</main>", **pages})
    return hc.convert(folder / "old", folder / "new", to=to)


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES)
def test_formulas_become_kramdowns(tmp_path: Path, body: str, expected: str) -> None:
    moved(tmp_path, [body], "jekyll")
    assert re.sub(r"\n{2,}", "\n\n", (tmp_path / "new/p0.md").read_text().split("---\n", 2)[2]).lstrip("\n") == expected


@needs_jekyll
def test_both_programs_give_a_script_the_same_formulas(tmp_path: Path) -> None:
    moved(tmp_path, [body for body, _ in CASES.values()], "jekyll")
    command = [HUGO, "--source", str(tmp_path / "old"), "--destination", str(tmp_path / "shown-old")]
    assert not subprocess.run(command, capture_output=True, check=False).returncode
    build_made_jekyll(tmp_path / "new", tmp_path / "shown-new")
    for number, name in enumerate(CASES):
        old, new = (
            (tmp_path / shown / f"p{number}" / "index.html").read_text() for shown in ("shown-old", "shown-new")
        )
        assert (name, formulas(new)) == (name, formulas(old))
        assert (name, content(new, "x.html")) == (name, content(old, "x.html"))


_FORMULA = re.compile(
    r"\$\$(?P<dollars>.+?)\$\$|\\\[(?P<block>.+?)\\\]|\\\((?P<line>.+?)\\\)|\$(?P<dollar>.+?)\$", re.DOTALL
)


def formulas(html: str) -> list[tuple[bool, str]]:
    """Return the formulas that a script finds outside of code, and whether each is one in a line."""
    tree = lxml.html.document_fromstring(html)
    for code in [*tree.iter("pre", "code")]:
        code.drop_tree()
    found = _FORMULA.finditer(tree.text_content())
    return [
        (bool(match["line"] or match["dollar"]), " ".join((match[match.lastgroup or ""]).split())) for match in found
    ]


def test_signs_are_words_where_the_site_did_not_turn_it_on(tmp_path: Path) -> None:
    moved(tmp_path, ["a $$x_1$$ b\n"], "jekyll", 'baseURL = "https://example.org/"\n')
    assert r"a \$\$x_1\$\$ b" in (tmp_path / "new/p0.md").read_text()


@pytest.mark.parametrize("to", ["astro", "markdown"])
def test_other_systems_show_what_hugo_let_through(tmp_path: Path, to: str) -> None:
    moved(tmp_path, ["a \\(x_1 *y*\\) b\n"], to)
    file = next(path for path in (tmp_path / "new").rglob("*.md") if "p0" in str(path))
    assert r"a \\(x_1 \*y\*\\) b" in file.read_text()
