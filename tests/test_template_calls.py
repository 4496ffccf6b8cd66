"""Another system's own templates, called in a Jekyll site: an unedited one is called by its name again in Hugo."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import write

import hugoconv as hc

Build = Callable[..., "subprocess.CompletedProcess[str]"]
BODIES = {
    "whole": '{{< badge "a \\"b\\"" "c" >}}\n',
    "markdown": '{{% badge src="/x.png" %}}\n',
    "enclosing": "{{< note >}}\nOne *two*.\n{{< /note >}}\n\nThree.\n",
    "markdown, enclosing": '{{% note "x" %}}One **two**.{{% /note %}}\n',
    "one in another": "{{< note >}}A {{< badge >}} in it.{{< /note >}}\n",
    "of a folder": '{{< in/folder "a" >}}\n',
    "that comes with Hugo": '{{< details summary="More" >}}\nHidden.\n{{< /details >}}\n',
    "in a list": '- {{< badge "a" >}}\n- two\n',
}
OTHERWISE = {
    "closed at once": ("{{< note />}}\n", "{{< note >}}{{< /note >}}\n"),
}
"""Bodies that come back in other words for the same."""


def there(tmp_path: Path, bodies: dict[str, str]) -> Path:
    """Return a Jekyll site made of Hugo pages, without the record of how it was made."""
    files = {f"content/p{number}.md": f"---\ntitle: P\n---\n{body}" for number, body in enumerate(bodies.values())}
    hugo = write(tmp_path / "hugo", {"hugo.toml": 'baseURL = "https://example.org/"\n', **files})
    hc.convert(hugo, tmp_path / "jekyll", to="jekyll")
    shutil.rmtree(tmp_path / "jekyll" / ".hugoconv")
    return tmp_path / "jekyll"


def text_of(path: Path) -> str:
    return path.read_text().partition("\n---\n")[2]


def test_calls_come_back_and_hugo_builds_them(tmp_path: Path, build_hugo: Build) -> None:
    bodies = {**BODIES, **{name: before for name, (before, _) in OTHERWISE.items()}}
    wanted = {**BODIES, **{name: after for name, (_, after) in OTHERWISE.items()}}
    report = hc.convert(there(tmp_path, bodies), tmp_path / "back", to="hugo")
    pages = {name: text_of(tmp_path / "back" / f"content/p{number}.md") for number, name in enumerate(bodies)}
    assert pages == {name: wanted[name] for name in bodies}
    assert {finding.code for finding in report.findings if finding.file.endswith(".md")} == {"HC340"}
    built = build_hugo(tmp_path / "back")
    assert built.returncode == 0, built.stdout + built.stderr
    shown = (tmp_path / "back/public/p2/index.html").read_text()
    assert "One" in shown
    assert "Three" in shown


EDITED = {
    "a template that was written": ("_includes/shortcodes/badge.html", "Badge {{ include.a0 }}!", "Badge a!\n"),
    "a template of the site's own": ("_includes/badge.html", "x", '{{< badge "a" >}}\n'),
}


@pytest.mark.parametrize(("name", "template", "body"), EDITED.values(), ids=EDITED)
def test_a_template_that_says_something_is_run(name: str, template: str, body: str, tmp_path: Path) -> None:
    jekyll = there(tmp_path, {"whole": '{{< badge "a" >}}\n'})
    write(jekyll, {name: template})
    hc.convert(jekyll, tmp_path / "back", to="hugo")
    assert text_of(tmp_path / "back/content/p0.md") == body
