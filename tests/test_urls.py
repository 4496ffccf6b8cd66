"""Addresses that are none: nothing stops at them, and they stay as somebody wrote them."""

from __future__ import annotations

from pathlib import Path
from urllib import parse

import pytest
from folders import write
from hypothesis import given
from hypothesis import strategies as st

import hugoconv
from hugoconv.urls import urljoin, urlsplit

BROKEN = ("http://[name](x", "//[x", "https://a]/b", "http://ex\u2100mple.org/")
"""What Python's own function refuses."""
BODY = 'A <img src="http://[z"> ![p](http://[y.png) [l](//[x) [r]\n\n[r]: http://[def\n'
SITES = {
    "hugo": {
        "hugo.toml": 'baseURL = "https://example.org/"\n',
        "content/posts/a.md": "---\ntitle: T\ndate: 2020-01-02\nimage: http://[i\naliases: ['//[a', 'http://[b/']\n---\n"
        + BODY
        + '\n{{< figure src="http://[f" link="//[l" >}}\n',
    },
    "jekyll": {
        "_config.yml": "url: https://example.org\n",
        "_posts/2020-01-02-a.md": "---\ntitle: T\nimage: http://[i\nredirect_from: ['//[a', 'http://[b/']\n---\n"
        + BODY,
    },
    "markdown": {"a.md": "---\ntitle: T\ncover: http://[i\nredirect_from: ['//[a']\n---\n[[http://[w]] " + BODY},
}
FILES = {"wordpress": "new.xml", "ghost": "new.zip", "jsonl": "new.jsonl"}


@pytest.mark.parametrize("url", BROKEN)
def test_what_is_no_address_is_one_elsewhere(url: str) -> None:
    with pytest.raises(ValueError, match=r"URL|netloc|IPv"):
        parse.urlsplit(url)
    assert urlsplit(url).netloc
    assert urljoin("https://example.org/a/", url) == url


@given(st.text(), st.text(alphabet="/:[]?#@.a\u2100 "))
def test_no_text_stops_them_and_addresses_are_as_ever(text: str, odd: str) -> None:
    for url in (text, odd, f"http://{odd}"):
        parts = urlsplit(url)
        urljoin(url, odd)
        try:
            assert parts == parse.urlsplit(url)
        except ValueError:
            assert parts.geturl()


@pytest.mark.parametrize(
    "to", ["hugo", "jekyll", "wordpress", "ghost", "jsonl", "astro", "eleventy", "hexo", "pelican", "zola", "markdown"]
)
@pytest.mark.parametrize("system", SITES)
def test_a_post_with_broken_addresses_is_moved_and_checked(system: str, to: str, tmp_path: Path) -> None:
    source = write(tmp_path / "old", SITES[system])
    new = tmp_path / FILES.get(to, "new")
    report = hugoconv.convert(source, new, from_=system, to=to)
    assert (report.posts, report.failed) == (1, 0)
    assert not [each for each in hugoconv.check(new, source).findings if each.code == "HC510"]
