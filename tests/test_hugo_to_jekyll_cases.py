"""The numbered cases 51 to 65, Hugo -> Jekyll: as they are written and, where it can be seen, as Jekyll shows them."""

from __future__ import annotations

import json
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
from programs import JEKYLL, needs_jekyll

import hugoconv as hc

CASES: dict[str, tuple[str, str]] = {
    "case 51: a draft": (
        "title: A\ndate: 2020-01-02\ndraft: true\n",
        "title: A\ndate: 2020-01-02\npublished: false\n",
    ),
    "case 52: an expired page": (
        "title: A\nexpiryDate: 2001-02-03\n",
        "title: A\nexpiryDate: 2001-02-03\npublished: false\n",
    ),
    "case 54: a slug that is a number": ("title: A\nslug: 123\n", 'title: A\nslug: "123"\n'),
    "case 56: an alias is a folder": ("title: A\naliases: [/foo]\n", "title: A\nredirect_from: [/foo/]\n"),
    "case 56: a relative alias": ("title: A\naliases: [rel1]\n", "title: A\nredirect_from: [/posts/rel1/]\n"),
    "case 59: an empty date": ('title: A\ndate: ""\n', "title: A\n"),
    "case 60: a word that Jekyll takes for a flag": ("title: A\nanswer: no\n", 'title: A\nanswer: "no"\n'),
    "case 61: a colon in an address": ('title: A\nurl: "/a\\\\:b/"\n', 'title: A\npermalink: "/a%3Ab/"\n'),
}
"""Front matter of content/posts/al.md, before and after."""

BODIES: dict[str, tuple[str, str]] = {
    "case 57: a shortcode in code": (
        '```\n{{< figure src="x.jpg" >}}\n```\n',
        '```\n{% raw %}{{< figure src="x.jpg" >}}{% endraw %}\n```\n',
    ),
    "case 58: attributes of a heading": ("## H {#i .c}\n", "## H\n{: #i .c}\n"),
    "case 64: braces in words": ("{{ .Title }}\n", "{% raw %}{{ .Title }}{% endraw %}\n"),
}
SHOWN = {
    "case 57: a shortcode in code": '{{< figure src="x.jpg" >}}',
    "case 58: attributes of a heading": '<h2 id="i" class="c">H</h2>',
    "case 64: braces in words": "{{ .Title }}",
}
"""What the real Jekyll shows of each body."""


def converted(tmp_path: Path, files: dict[str, str]) -> tuple[Path, hc.Report]:
    for name, text in {"hugo.toml": 'baseURL = "https://example.org/"\n', **files}.items():
        (tmp_path / "hugo" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "hugo" / name).write_text(text)
    return tmp_path / "jekyll", hc.convert(tmp_path / "hugo", tmp_path / "jekyll", to="jekyll")


def test_a_shortcode_that_hugo_wants_closed_is_named(tmp_path: Path) -> None:
    template = "{{/* .Inner */}}<b>{{ .Inner }}</b>"
    _, report = converted(
        tmp_path,
        {
            "layouts/shortcodes/bold.html": template,
            "layouts/shortcodes/plain.html": "{{/* .Inner */}}x",
            "themes/t/layouts/shortcodes/plain.html": template,
            "content/a.md": "---\ntitle: A\n---\n{{< bold >}}a{{< /bold >}} {{< bold />}} {{< plain >}}\n",
            "content/b.md": "---\ntitle: B\n---\n{{< bold >}}\n",
        },
    )
    assert [finding.file for finding in report.findings if finding.code == "HC313"] == ["content/b.md"]


def published(site: Path, destination: Path) -> set[str]:
    assert JEKYLL
    command = [JEKYLL, "build", "--quiet", "--source", str(site), "--destination", str(destination)]
    subprocess.run([*command, "--disable-disk-cache"], check=True, capture_output=True)
    return {path.relative_to(destination).as_posix() for path in destination.rglob("*") if path.is_file()}


def the_post(site: Path) -> str:
    """Return the text that content/posts/al.md has become."""
    rows = map(json.loads, (site / ".hugoconv" / "manifest.jsonl").read_text().splitlines())
    (path,) = (row["path"] for row in rows if row["source"] == "content/posts/al.md")
    return (site / str(path)).read_text()


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_front_matter(before: str, after: str, tmp_path: Path) -> None:
    site, _ = converted(tmp_path, {"content/posts/al.md": f"---\n{before}---\nwords\n"})
    assert the_post(site) == f"---\n{after}---\nwords\n"


@pytest.mark.parametrize(("before", "after"), BODIES.values(), ids=BODIES)
def test_bodies(before: str, after: str, tmp_path: Path) -> None:
    site, _ = converted(tmp_path, {"content/posts/al.md": f"---\ntitle: A\n---\n{before}"})
    assert the_post(site) == f"---\ntitle: A\n---\n{after}"


@needs_jekyll
def test_what_the_real_jekyll_makes_of_them(tmp_path: Path) -> None:
    names = {label: re.sub(r"\W+", "-", label) for label in (*CASES, *BODIES)}
    files = {f"content/posts/{names[label]}.md": f"---\n{before}---\nwords\n" for label, (before, _) in CASES.items()}
    files |= {f"content/{names[label]}.md": f"---\ntitle: A\n---\n{before}" for label, (before, _) in BODIES.items()}
    site, _ = converted(tmp_path, files)
    pages = published(site, tmp_path / "public")
    assert not any(page.startswith(("posts/case-51", "posts/case-52")) for page in pages)
    assert pages >= {"posts/123/index.html", "foo/index.html", "posts/rel1/index.html", "a:b/index.html"}
    for label, words in SHOWN.items():
        html = (tmp_path / "public" / names[label] / "index.html").read_text()
        assert words in html or words in unescape(re.sub(r"<[^>]*>", "", html)), label


@needs_jekyll
def test_case_53_files_of_a_bundle_stand_at_the_page_s_address(tmp_path: Path) -> None:
    body = "![x](a.png) [y](sub/b.txt)\n"
    files = {
        "content/posts/b/index.md": f"---\ntitle: B\ndate: 2020-01-02\n---\n{body}",
        "content/posts/b/a.png": "a",
        "content/posts/b/sub/b.txt": "b",
    }
    site, _ = converted(tmp_path, files)
    assert (site / "_posts/2020-01-02-b.md").read_text().endswith(f"---\n{body}")
    pages = published(site, tmp_path / "public")
    assert pages >= {"posts/b/index.html", "posts/b/a.png", "posts/b/sub/b.txt"}


def test_case_55_toml_becomes_yaml_with_types_and_comments(tmp_path: Path) -> None:
    values = 'weight = 3\nratio = 1.50\non = true\nwhen = 2020-01-02\nword = "no"\n'
    toml = f'+++\n# above\ntitle = "A" # beside\n{values}+++\nx\n'
    site, _ = converted(tmp_path, {"content/posts/al.md": toml})
    text = the_post(site)
    assert text.startswith("---\n# above\ntitle: A # beside\n")
    front_matter = hc.read(site, "jekyll").posts
    (post,) = [post for post in front_matter if post.title == "A"]
    read = dict(post.front_matter)
    assert (read["weight"], read["ratio"], read["on"], read["word"]) == (3, 1.5, True, "no")
    assert str(read["when"]) == "2020-01-02"


def test_case_62_every_case_comes_back_byte_for_byte(tmp_path: Path) -> None:
    files = {f"content/posts/c{number}.md": f"---\n{before}---\n" for number, (before, _) in enumerate(CASES.values())}
    files |= {
        f"content/d{number}.md": f"---\ntitle: D\n---\n{before}" for number, (before, _) in enumerate(BODIES.values())
    }
    site, _ = converted(tmp_path, files)
    hc.convert(site, tmp_path / "back", to="hugo")
    for name, text in files.items():
        assert (tmp_path / "back" / name).read_text() == text, name


def test_case_63_a_section_s_page(tmp_path: Path) -> None:
    site, _ = converted(tmp_path, {"content/docs/_index.md": "---\ntitle: Docs\n---\nAll of them.\n"})
    assert (site / "docs/index.md").read_text() == "---\ntitle: Docs\n---\nAll of them.\n"


def test_case_65_a_key_that_stands_twice(tmp_path: Path) -> None:
    twice = "---\ntitle: A\ntitle: B\n---\nx\n"
    site, report = converted(tmp_path, {"content/posts/al.md": twice, "content/b.md": "---\ntitle: B\n---\n"})
    assert [(finding.code, finding.file) for finding in report.errors] == [
        ("HC201", "content/posts/al.md"),
        ("HC607", "content/posts/al.md"),
    ]
    assert (site / "_original/content/posts/al.md").read_text() == twice
    assert report.exit_code == 1
