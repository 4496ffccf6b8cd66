"""WXR -> Hugo -> WXR: the same posts, terms, comments, media and menus, and bodies that WordPress shows the same."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from wordpress_cases import CASES, LESS, NAMES, context, convert, fixture

import hugoconv

FIXTURES = Path(__file__).parent / "fixtures"
SCRIPTS = Path(__file__).parent.parent / "scripts"
FIDELITY = runpy.run_path(str(SCRIPTS / "prove_fidelity.py"))
measure = FIDELITY["measure"]
STRICT: tuple[str, ...] = FIDELITY["STRICT"]


@pytest.fixture(scope="module")
def prove() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        import prove_hugo_and_back as module

        yield module


def test_everything_that_is_written_with_a_post_comes_back(tmp_path: Path, prove: ModuleType) -> None:
    old = FIXTURES / "wxr" / "sample.xml"
    back, left_out, _codes = prove.there_and_back(old, tmp_path)
    assert list(prove.differences(prove.read(old), prove.read(back), left_out, {})) == []


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("<title><![CDATA[About", "<title><![CDATA[About us", "post title"),
        ("<wp:status><![CDATA[publish", "<wp:status><![CDATA[draft", "post status"),
        ("<wp:comment_content><![CDATA[", "<wp:comment_content><![CDATA[x", "post comments"),
        ("<wp:category_description><![CDATA[", "<wp:category_description><![CDATA[x", "term texts"),
        ("<wp:category_nicename><![CDATA[kitchen", "<wp:category_nicename><![CDATA[kitchens", "term"),
        ("<wp:post_type><![CDATA[page", "<wp:post_type><![CDATA[revision", "post post_type"),
    ],
)
def test_the_comparison_sees_a_difference(old: str, new: str, field: str, tmp_path: Path, prove: ModuleType) -> None:
    text = (FIXTURES / "wxr" / "sample.xml").read_text(encoding="utf-8")
    assert old in text
    spoiled = tmp_path / "spoiled.xml"
    spoiled.write_text(text.replace(old, new, 1), encoding="utf-8")
    whole, less = prove.read(FIXTURES / "wxr" / "sample.xml"), prove.read(spoiled)
    assert field in {kind for kind, _ in prove.differences(whole, less, frozenset(), {})}


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory, prove: ModuleType) -> dict[str, str]:
    """What WordPress shows of each case, after the way to Hugo and back."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "content" / "posts").mkdir(parents=True)
    (folder / "hugo.toml").write_text('baseURL = "https://old.example/"\n', encoding="utf-8")
    for name in NAMES:
        text, _ = convert(fixture(name), replace(context(name), link=str))
        page = f"---\ntitle: {name}\ndate: 2024-05-06\n---\n{text}\n"
        (folder / "content" / "posts" / f"{name}.md").write_text(page, encoding="utf-8")
    back = folder.with_name("back.xml")
    hugoconv.convert(folder, back, to="wordpress")
    found = prove.read(back)
    return {found.posts[each]["title"]: prove.shown(*body) for each, body in found.bodies.items()}


@pytest.mark.parametrize("name", NAMES)
def test_wordpress_shows_what_it_showed(name: str, bodies: dict[str, str]) -> None:
    before = measure((CASES / f"{name}.wordpress.html").read_text(encoding="utf-8"))
    after = measure(bodies[name])
    lost = {kind: before[kind] - after[kind] for kind in STRICT}
    assert {kind for kind in STRICT if lost[kind]} == LESS.get(name, set()) & {*STRICT}, lost


@pytest.mark.parametrize(
    ("difference", "codes", "explained"),
    [
        (("post meta", "9 'A': [('k', ['a', 'a'])] became [('k', ['a:2:{}'])]"), {"HC225"}, True),
        (("post meta", "9 'A': [('k', ['a', 'a'])] became []"), {"HC356"}, False),
        (("post terms", "1 'A': [('language', 'fr')] became []"), {"HC356"}, True),
        (("post terms", "1 'A': [('category', 'fr')] became []"), {"HC356"}, False),
        (("post path", "1 'A': '/product/a/' became '/product_variation/a-2/'"), {"HC624"}, True),
        (("post path", "1 'A': '/product/a/' became '/product/b/'"), {"HC624"}, False),
        (("post title", "1 'A': 'A' became 'B'"), {"HC225", "HC356", "HC624"}, False),
    ],
)
def test_a_difference_is_explained_by_findings_of_its_kind_only(
    prove: ModuleType, difference: tuple[str, str], codes: set[str], explained: bool
) -> None:
    assert prove.is_explained(difference, codes) is explained
