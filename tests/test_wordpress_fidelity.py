"""What WordPress shows of each case is what Hugo builds of it: words, links, pictures, headings, code, cells, items.

`NN-name.wordpress.html` is what a real WordPress showed (scripts/wordpress/render_cases.py writes it).
"""

from __future__ import annotations

import runpy
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from wordpress_cases import CASES, LESS, NAMES, context, convert, fixture

from hugoconv.systems.wordpress.wxr.items import Item

SCRIPT = runpy.run_path(str(Path(__file__).parent.parent / "scripts" / "prove_fidelity.py"))
KINDS: tuple[str, ...] = SCRIPT["KINDS"]
STRICT: tuple[str, ...] = SCRIPT["STRICT"]
WANTED: float = SCRIPT["WANTED"]
build: Callable[[Mapping[str, str], Path], dict[str, str]] = SCRIPT["build"]
compare: Callable[..., dict[str, Any]] = SCRIPT["compare"]
measure: Callable[[str], dict[str, Counter[str]]] = SCRIPT["measure"]


def shown(name: str) -> str:
    return (CASES / f"{name}.wordpress.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    pages = {name: convert(fixture(name), replace(context(name), link=str))[0] for name in NAMES}
    return build(pages, tmp_path_factory.mktemp("hugo"))


@pytest.mark.parametrize("name", NAMES)
def test_hugo_shows_what_wordpress_showed(name: str, built: dict[str, str]) -> None:
    before, after = measure(shown(name)), measure(built[name])
    lost = {kind: before[kind] - after[kind] for kind in KINDS}
    assert {kind for kind in KINDS if lost[kind]} == LESS.get(name, set()), lost


def test_together_they_keep_what_is_promised(built: dict[str, str]) -> None:
    table = compare((name, shown(name), built[name]) for name in NAMES if name not in LESS)
    assert {kind: table[kind].part for kind in STRICT if table[kind].part < WANTED} == {}
    assert all(table[kind].there for kind in KINDS)


def test_every_numbered_case_is_there() -> None:
    numbers = {int(path.name[:2]) for path in CASES.iterdir() if path.name[:2].isdigit()}
    assert {*range(1, 62), *range(90, 97)} - numbers == set()


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("<p>one two</p>", "words"),
        ('<p><a href="/b">x</a> y</p>', "links"),
        ('<img src="b.png">', "images"),
        ('<audio src="b.mp3"></audio>', "media"),
        ("<h3>x</h3>", "headings"),
        ("<pre>x\n y</pre>", "code"),
        ("<table><tr><td>z</td></tr></table>", "cells"),
        ("<ul><li>a</li><li>b</li></ul>", "items"),
        ("<p><em>x</em></p>", "emphasis"),
        ("<p>x<br>y</p>", "breaks"),
    ],
)
def test_the_measure_sees_a_loss(page: str, kind: str) -> None:
    assert measure(page)[kind] - measure("<p>x y one z a</p>")[kind]


SAME = {
    "a paragraph ends where a line was broken": ("<p>a<br>b</p>", "<p>a</p><p>b</p>"),
    "breaks in a row end one line": ("<p>a<br><br>b</p>", "<p>a</p><p>b</p>"),
    "a line of a verse": ('<pre class="wp-block-verse">a\nb</pre>', '<pre class="wp-block-verse">a<br>b</pre>'),
    "code in code": ("<pre>\n<pre>x</pre></pre>", "<pre>x</pre>"),
    "a background": ('<div style="background: url(/a.jpg)">x</div>', '<p><img src="/a.jpg"></p><p>x</p>'),
    "one background twice": (
        '<p style="background: url(/a.jpg)">x</p>' * 2,
        '<p><img src="/a.jpg"></p><p>x</p><p>x</p>',
    ),
    "lines of code": ("<p>a<br>b<br>c</p>", "<pre>a\nb\nc</pre>"),
    "a player for a link": (
        '<a href="https://soundcloud.com/a/b">s</a>',
        's <iframe src="https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa%2Fb"></iframe>',
    ),
    "an odd space at the end of an address": ('<a href="/a\u2028">a</a>', '<a href="/a%E2%80%A8">a</a>'),
    "a smaller copy": ('<img src="/A-300x200.jpg">', '<img src="/A.JPG">'),
    "a button": (
        '<a href="/a">a</a><a class="wp-block-file__button" href="/a">b</a>',
        '<a href="/a">a</a> <a href="/a">b</a>',
    ),
}
DIFFERENT = {
    "a break between other words": ("<p>a<br>b c</p>", "<p>a b</p><p>c</p>", "breaks"),
    "a break that is gone": ("<p>a<br>b</p>", "<p>a b</p>", "breaks"),
    "another background": ('<div style="background: url(/a.jpg)">x</div>', '<img src="/b.jpg">x', "images"),
}


@pytest.mark.parametrize(("shown", "built"), SAME.values(), ids=SAME)
def test_what_shows_the_same_is_no_difference(shown: str, built: str) -> None:
    assert not {kind: lost for kind, _, lost, _ in SCRIPT["differences"](shown, built) if lost}


@pytest.mark.parametrize(("shown", "built", "kind"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_shows_otherwise_is_one(shown: str, built: str, kind: str) -> None:
    assert [name for name, _, lost, _ in SCRIPT["differences"](shown, built) if lost] == [kind]


def test_addresses_from_the_root_have_the_host_and_every_item_an_id() -> None:
    page = '<a href="/a"><img src="/b.png"></a><a href="//c/d"><pre>&lt;a href="/e"></pre>'
    shown = SCRIPT["absolute"](page, "https://old.example/blog")
    expected = '<a href="https://old.example/a"><img src="https://old.example/b.png"></a><a href="//c/d">'
    assert shown == f'{expected}<pre>&lt;a href="/e"></pre>'
    ids = SCRIPT["_ids"]([Item(post_id=number) for number in (0, 7, 7, 0)])
    assert ids[1] == 7
    assert len(set(ids)) == 4
    assert 0 not in ids
