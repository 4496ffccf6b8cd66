"""The proof of the way back on the fixtures: with the manifest every byte, without it every post or a finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from programs import needs_jekyll
from prove_way_back import Rendered, Row, prove

SITES = Path(__file__).parent / "fixtures" / "sites"
NAMED = {
    # A section's cascade would act in Hugo, on pages that were written for Jekyll since: its key gets another name.
    "hugo-blog": {
        "HC208": {"content/posts/_index.md"},
        "HC343": {"content/posts/lighthouse/index.md"},
        "HC210": {"content/posts/expired.md", "content/posts/lighthouse/notes.md"},
    },
    "jekyll-blog": {},
}
"""The posts that come back otherwise without the manifest, by the finding that says so."""


@pytest.fixture(scope="module", params=NAMED)
def row(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Row:
    return prove(SITES / request.param, request.param.partition("-")[0], tmp_path_factory.mktemp("back"))


def test_every_byte_comes_back_with_the_manifest(row: Row) -> None:
    assert row.files > 30
    assert row.other_files == []


@needs_jekyll
def test_without_it_a_post_comes_back_equal_or_a_finding_names_it(row: Row) -> None:
    assert row.unnamed == []
    named = {code: {name.partition(": ")[0] for name in names} for code, names in row.named.items()}
    assert named == NAMED[row.name]
    assert row.equal + sum(map(len, row.named.values())) == row.posts > 15


def test_a_text_on_no_page_is_compared_as_hugo_shows_it(tmp_path: Path) -> None:
    hidden = "---\ncascade:\n  build: {render: never, list: never}\n---\nInner.\n"
    pages = {
        "hugo.toml": 'baseURL = "https://example.org/"\nenableEmoji = true\n',
        "content/_common/_index.md": hidden,
        "content/_common/sub/a.md": "---\n---\n## B\n\n:x: [c](/d/) {{< new 1.0 />}}\n",
    }
    for name, written in pages.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(written)
    rendered = Rendered(tmp_path / "site", "hugo", tmp_path / "pages")
    texts = {post.source.label: rendered.text(post) for post in rendered.site.posts}
    inner, text = texts["content/_common/_index.md"], texts["content/_common/sub/a.md"]
    assert inner
    assert inner.words == {"Inner": 1}
    assert text
    assert (text.ids, text.links, {*text.words}) == ({"b": 1}, {"/d/": 1}, {"B", "c", "new"})
    row = prove(tmp_path / "site", "hugo", tmp_path / "proof")
    assert (row.unnamed, row.posts) == ([], 2)
