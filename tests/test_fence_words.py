"""The words behind a fence, where Hugo would read attributes; the real Hugo is asked about every row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from built_sites import build_hugo

import hugoconv
from hugoconv.markup.fence_words import highlighted, without_false_attributes

KEPT = (
    "", "js", "js title=a", "{.ruby}", "{#x .y}", "js {.x .y}", 'js {title="a b"}', 'js{title="a", n=1}',
    "js {a=[1,2]}", "{}", 'js {hl_lines=[1,"2-3"],linenos=true}', "js {a = b}", "js {a:b=-1.5} more",
)  # fmt: skip
CHANGED = {
    "{r}": "r",
    "{yaml}": "yaml",
    "{r, echo=FALSE}": "r echo=FALSE",
    "{r cars, fig.width=7}": "r cars, fig.width=7",
    "{code-cell} ipython3": "code-cell ipython3",
    "{python": "python",
    "ruby{x}": "ruby &#123;x}",
    "js {a}": "js &#123;a}",
    "js {a='b'}": "js &#123;a='b'}",
    "js {a=null}": "js &#123;a=null}",
    'js {a="b" c}': 'js &#123;a="b" c}',
    "js {{ x }}": "js &#123;&#123; x }}",
    "js {é=1}": "js &#123;é=1}",
    '{ "name": 1 }': '&#123; "name": 1 }',
}
LINES = {
    "js {1}": "js {hl_lines=[1]}",
    "js{1,3-5}": 'js {hl_lines=[1, "3-5"]}',
    'js { 2 } title="a"': 'js {hl_lines=[2]} title="a"',
    "{2}": "text {hl_lines=[2]}",
    "js {1} {x}": "js {hl_lines=[1]} &#123;x}",
}


def _fence(words: str) -> str:
    return f"a\n\n```{words}\ncode {{x}}\n```\n\n> ~~~ {words}\n> b\n> ~~~\n"


@pytest.mark.parametrize("words", KEPT)
def test_attributes_and_plain_words_stay(words: str) -> None:
    assert without_false_attributes(_fence(words), highlighted) == _fence(words)


@pytest.mark.parametrize("text", ["`{a}`\n", "````\n```{r}\nx\n```\n````\n", "    ```{r}\n", "a ``` {b} c\n", "{r}\n"])
def test_what_begins_no_fence_stays(text: str) -> None:
    assert without_false_attributes(text, highlighted) == text


@pytest.mark.parametrize(("words", "expected"), [*CHANGED.items(), *LINES.items()])
def test_braces_that_hold_no_attributes(words: str, expected: str) -> None:
    changed = without_false_attributes(_fence(words), highlighted)
    assert changed == _fence(expected)
    assert without_false_attributes(changed, highlighted) == changed


def test_lines_are_text_where_nothing_makes_them_stand_out() -> None:
    assert without_false_attributes("```js {1,3}\nx\n```\n") == "```js &#123;1,3}\nx\n```\n"


@pytest.mark.parametrize(("system", "folder"), [("markdown", "posts"), ("hexo", "source/_posts"), ("jekyll", "_posts")])
def test_hugo_builds_a_site_with_every_such_fence(system: str, folder: str, tmp_path: Path) -> None:
    site = tmp_path / "old"
    (site / folder).mkdir(parents=True)
    (site / "_config.yml").write_text("title: a\n")
    for number, words in enumerate((*KEPT, *CHANGED, *LINES)):
        path = site / folder / f"2020-01-01-a{number}.md"
        path.write_text(f"---\ntitle: a{number}\n---\n\n{{% raw %}}\n{_fence(words)}\n{{% endraw %}}\n")
    hugoconv.convert(site, tmp_path / "new", to="hugo", from_=system)
    build_hugo(tmp_path / "new", tmp_path / "built")
    pages = [
        file.read_text() for file in (tmp_path / "built").rglob("*.html") if re.search(r"[/-]a\d+(/|\.html)", str(file))
    ]
    assert len(pages) == len((*KEPT, *CHANGED, *LINES))
    assert all("code" in page for page in pages)
