"""Addresses, dates and PHP values of WordPress items."""

from __future__ import annotations

import re
from typing import Any

import phpserialize
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hugoconv.systems.addresses import decoded_path, path_of, split_web, url_path
from hugoconv.systems.wordpress.comments import safe_html
from hugoconv.systems.wordpress.dates import local_date, modified_date
from hugoconv.systems.wordpress.php import is_serialized, number, serialize, unserialize
from hugoconv.systems.wordpress.urls import old_addresses, original_media, upload_path
from hugoconv.systems.wordpress.wxr.items import Item

BASE = "https://blog.example"

# Dates

DATES = {
    "west, the day is kept": ("2024-01-31 23:30:00", "2024-02-01 04:30:00", "2024-01-31T23:30:00-05:00"),
    "summer": ("2024-07-01 12:00:00", "2024-07-01 10:00:00", "2024-07-01T12:00:00+02:00"),
    "winter": ("2024-01-01 12:00:00", "2024-01-01 11:00:00", "2024-01-01T12:00:00+01:00"),
    "quarter of an hour": ("2024-01-01 12:00:00", "2024-01-01 06:15:00", "2024-01-01T12:00:00+05:45"),
    "seconds apart": ("2024-01-01 12:00:00", "2024-01-01 10:59:58", "2024-01-01T12:00:00+01:00"),
    "UTC": ("2024-01-01 12:00:00", "2024-01-01 12:00:00", "2024-01-01T12:00:00+00:00"),
    "a draft": ("2024-01-01 12:00:00", "0000-00-00 00:00:00", "2024-01-01T12:00:00"),
    "no UTC date": ("2024-01-01 12:00:00", "", "2024-01-01T12:00:00"),
    "no local date": ("0000-00-00 00:00:00", "2024-01-01 12:00:00", "2024-01-01T12:00:00+00:00"),
    "offset of days": ("2024-01-05 12:00:00", "2024-01-01 12:00:00", "2024-01-05T12:00:00"),
    "no date": ("0000-00-00 00:00:00", "0000-00-00 00:00:00", None),
    "nonsense": ("soon", "-0001-11-30 00:00:00", None),
    "nothing": ("", "", None),
}


@pytest.mark.parametrize(("local", "utc", "expected"), DATES.values(), ids=DATES)
def test_dates(local: str, utc: str, expected: str | None) -> None:
    pub_date = "Mon, 30 Nov -0001 00:00:00 +0000"
    assert local_date(Item(post_date=local, post_date_gmt=utc, pub_date=pub_date)) == expected
    assert modified_date(Item(post_modified=local, post_modified_gmt=utc)) == expected


PUB_DATES = {
    "used": ("Sun, 28 Feb 2010 21:00:00 +0000", "2010-02-28T21:00:00+00:00"),
    "zone": ("Sun, 28 Feb 2010 21:00:00 -0500", "2010-02-28T21:00:00-05:00"),
    "before the calendar": ("Mon, 30 Nov -0001 00:00:00 +0000", None),
    "zero date": ("Tue, 30 Nov 1999 00:00:00 +0000", None),
    "nonsense": ("yesterday", None),
    "missing": ("", None),
}


@pytest.mark.parametrize(("text", "expected"), PUB_DATES.values(), ids=PUB_DATES)
def test_the_feed_date_counts_when_there_is_no_other(text: str, expected: str | None) -> None:
    assert local_date(Item(pub_date=text)) == expected
    assert local_date(Item(pub_date=text, post_date="0000-00-00 00:00:00")) is None


# PHP values

PHP = {
    "list": ('a:2:{i:0;s:1:"a";i:1;s:1:"b";}', ["a", "b"]),
    "map": ('a:1:{s:5:"width";i:5;}', {"width": 5}),
    "bytes, not characters": ('a:1:{s:5:"café";s:4:"🧀";}', {"café": "🧀"}),
    "nested": ('a:1:{s:1:"a";a:1:{i:0;a:0:{}}}', {"a": [[]]}),
    "numbered from 1": ("a:1:{i:1;i:2;}", {1: 2}),
    "not in order": ("a:2:{i:1;i:2;i:0;i:3;}", {1: 2, 0: 3}),
    "bool": ("b:1;", True),
    "float": ("d:0.5;", 0.5),
    "null": ("N;", None),
    "negative": ("i:-7;", -7),
    "string": ('s:3:"a;b";', "a;b"),
    "quotes inside": ('s:5:"a";"b";', 'a";"b'),
    "object": ('O:8:"stdClass":2:{s:1:"a";i:1;s:4:"\0*\0b";i:2;}', {"a": 1, "b": 2}),
    "white space around": (" i:1;\n", 1),
    "line ends of Windows, changed by XML": (
        'a:1:{i:0;s:4:"a\nbc";}'.replace('s:4:"a\nbc"', 's:5:"a\nbc"'),
        ["a\r\nbc"],
    ),
}


@pytest.mark.parametrize(("text", "value"), PHP.values(), ids=PHP)
def test_php_values(text: str, value: object) -> None:
    assert is_serialized(text)
    assert unserialize(text) == value


RAW = {
    "text": "hello",
    "empty": "",
    "JSON": '{"a": 1}',
    "a time": "a:10 o'clock",
    "truncated": 'a:2:{s:5:"width";i:5;',
    "wrong length": 's:9:"abc";',
    "wrong count": "a:2:{i:0;i:1;}",
    "more behind it": "i:1;i:2;",
    "array as a key": "a:1:{a:0:{}i:1;}",
    "reference": 'a:2:{i:0;s:1:"a";i:1;R:2;}',
    "custom": 'C:1:"X":2:{ab}',
    "huge length": 's:99999999999999999999:"a";',
    "huge count": "a:99999999999:{i:0;i:1;}",
    "character cut in two": 's:1:"é";',
    "no number": "i:x;",
    "very deep": "a:1:{i:0;" * 100_000 + "i:1;" + "}" * 100_000,
}


@pytest.mark.parametrize("text", RAW.values(), ids=RAW)
def test_what_is_not_php_stays_text(text: str) -> None:
    assert unserialize(text) is text


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abé☃", min_size=1), inner, min_size=1),
)


@given(VALUES)
def test_php_round_trip(value: Any) -> None:
    def as_php(part: Any) -> Any:
        return dict(enumerate(map(as_php, part))) if isinstance(part, list) else part

    def deep(part: Any) -> Any:
        return {key: deep(inner) for key, inner in part.items()} if isinstance(part, dict) else as_php_list(part)

    def as_php_list(part: Any) -> Any:
        return {number: deep(inner) for number, inner in enumerate(part)} if isinstance(part, list) else part

    assert unserialize(phpserialize.dumps(deep(value)).decode()) == value


@given(st.text() | st.text('aOisbdN:;{}"0123456789'))
def test_unserialize_never_fails(text: str) -> None:
    unserialize(text)


# The address of a page

PATHS = {
    "post": ("https://blog.example/2024/05/title/", BASE, "/2024/05/title/"),
    "other scheme": ("http://blog.example/a/", BASE, "/a/"),
    "www": ("https://www.blog.example/a/", BASE, "/a/"),
    "www in the base": ("https://blog.example/a/", "http://www.blog.example/", "/a/"),
    "capitals": ("https://Blog.Example/A/", BASE, "/A/"),
    "folder": ("https://ex.example/blog/a/", "https://ex.example/blog", "/a/"),
    "the folder itself": ("https://ex.example/blog", "https://ex.example/blog/", "/"),
    "beside the folder": ("https://ex.example/blogger/a/", "https://ex.example/blog", None),
    "home": ("https://blog.example", BASE, "/"),
    "plain": ("https://blog.example/?p=7", BASE, None),
    "query beside a path": ("https://blog.example/a/?lang=de", BASE, "/a/"),
    "only a path": ("/blog/a.html", BASE, "/blog/a.html"),
    "two slashes after the host": ("https://blog.example//greek/two/", BASE, "/greek/two/"),
    "two slashes after the folder": ("https://ex.example/blog//a/", "https://ex.example/blog", "/a/"),
    "encoded": ("https://blog.example/%e5%a4%a7/", BASE, "/大/"),
    "encoded in capitals": ("https://blog.example/%E5%A4%A7/", BASE, "/大/"),
    "a bare percent sign": ("https://blog.example/100%-off/", BASE, "/100%-off/"),
    "an encoded percent sign": ("https://blog.example/100%25-off/", BASE, "/100%-off/"),
    "not UTF-8": ("https://blog.example/caf%e9/", BASE, "/caf%e9/"),
    "encoded slash": ("https://blog.example/a%2Fb/", BASE, "/a%2Fb/"),
    "another site": ("https://other.example/a/", BASE, None),
    "no base": ("https://blog.example/a/", "", "/a/"),
    "not an address": ("http://[broken/", BASE, None),
    "bad port": ("http://blog.example:port/a/", BASE, "/a/"),
    "not of the web": ("mailto:me@blog.example", BASE, None),
}


@pytest.mark.parametrize(("link", "base", "path"), PATHS.values(), ids=PATHS)
def test_url_path(link: str, base: str, path: str | None) -> None:
    assert url_path(link, base) == path


@given(st.text(), st.text())
@example("https://[", "https://]")
def test_addresses_never_fail(link: str, base: str) -> None:
    url_path(link, base)
    original_media(link)
    upload_path(link)
    old_addresses(Item(link=link, guid=base, post_id=1, meta=(("_wp_old_slug", link),)), base)


BASES = (
    "https://a.example",
    "http://www.a.example/",
    "https://a.example/b",
    "https://a.example/?b",
    "/b",
    "a",
    "x:",
    "",
)


@given(st.sampled_from(BASES), st.sampled_from(BASES), st.text("/ab.?#%~ -:@;=5&_[\\\n"))
def test_an_address_written_as_the_site_s_is_read_as_any_other(base: str, beginning: str, rest: str) -> None:
    link = beginning + rest
    page = split_web(link)
    assert url_path(link, base) == (path_of(page, base) if page is not None and link.strip() else None)
    in_capitals = base.replace("a.example", "A.EXAMPLE")
    assert old_addresses(Item(guid=link), base) == old_addresses(Item(guid=link), in_capitals)


@given(st.text(st.characters(codec="utf-8")))
def test_decoding_once_is_enough_for_what_holds_no_percent_sign(text: str) -> None:
    plain = text.replace("%", "")
    assert decoded_path(plain) == plain


OLD = {
    "post": (Item(link=BASE + "/2024/a/", post_id=7, guid=BASE + "/?p=7"), ("/?p=7",)),
    "page": (Item(link=BASE + "/a/", post_id=7, post_type="page", guid=BASE + "/?page_id=7"), ("/?page_id=7",)),
    "attachment": (Item(post_id=7, post_type="attachment", guid=BASE + "/a.jpg"), ("/?attachment_id=7",)),
    "own type": (
        Item(link=BASE + "/book/a/", post_id=7, post_type="book", guid=BASE + "/?post_type=book&p=7"),
        ("/?p=7", "/?post_type=book&p=7"),
    ),
    "guid with a path": (Item(link=BASE + "/b/", post_id=7, guid="http://blog.example/a/"), ("/?p=7", "/a/")),
    "guid elsewhere": (Item(link=BASE + "/b/", post_id=7, guid="tag:other.example,2004:7"), ("/?p=7",)),
    "guid like the link": (Item(link=BASE + "/b/", post_id=7, guid=BASE + "/b/"), ("/?p=7",)),
    "old slugs": (
        Item(link=BASE + "/2024/05/new/", post_id=7, meta=(("_wp_old_slug", "old"), ("_wp_old_slug", "%e5%a4%a7"))),
        ("/?p=7", "/2024/05/old/", "/2024/05/大/"),
    ),
    "old slug of a page that is a file": (
        Item(link=BASE + "/new.html", post_id=7, meta=(("_wp_old_slug", "old"),)),
        ("/?p=7", "/old.html"),
    ),
    "old date": (
        Item(link=BASE + "/2024/05/02/a/", post_id=7, meta=(("_wp_old_date", "2023-12-31"),)),
        ("/?p=7", "/2023/12/31/a/"),
    ),
    "old date by month": (
        Item(link=BASE + "/2024/05/a/", post_id=7, meta=(("_wp_old_date", "2023-12-31"),)),
        ("/?p=7", "/2023/12/a/"),
    ),
    "old date, no date in the path": (
        Item(link=BASE + "/a/", post_id=7, meta=(("_wp_old_date", "2023-12-31"),)),
        ("/?p=7",),
    ),
    "draft": (Item(link=BASE + "/?p=7", post_id=7, guid=BASE + "/?p=7", meta=(("_wp_old_slug", "x"),)), ("/?p=7",)),
    "nothing known": (Item(), ()),
}


@pytest.mark.parametrize(("item", "addresses"), OLD.values(), ids=OLD)
def test_old_addresses(item: Item, addresses: tuple[str, ...]) -> None:
    assert old_addresses(item, BASE) == addresses


# The address of a media file

U = "https://blog.example/wp-content/uploads/2024/05/"
MEDIA = {
    "original": (U + "a.jpg", [U + "a.jpg"]),
    "resized": (
        U + "a-300x200.jpg",
        [U + "a-300x200.jpg", U + "a.jpg", U + "a-scaled.jpg", U + "a-rotated.jpg", U + "a.JPG"],
    ),
    "scaled": (U + "a-scaled.jpg", [U + "a-scaled.jpg", U + "a.jpg", U + "a-rotated.jpg", U + "a.JPG"]),
    "edited and resized": (
        U + "a-e1600000000-300x200.jpg",
        [
            U + "a-e1600000000-300x200.jpg",
            U + "a-e1600000000.jpg",
            U + "a.jpg",
            U + "a-scaled.jpg",
            U + "a-rotated.jpg",
            U + "a-e1600000000.JPG",
            U + "a.JPG",
        ],
    ),
    "query": (U + "a.jpg?w=300&h=200", [U + "a.jpg"]),
    "proxy": (
        "https://i0.wp.com/blog.example/wp-content/uploads/2024/05/a.jpg?resize=300%2C200&#038;ssl=1",
        [U + "a.jpg"],
    ),
    "proxy without TLS": ("//i2.wp.com/blog.example/a.jpg?w=9", ["http://blog.example/a.jpg"]),
    "only a size": (U + "300x200.jpg", [U + "300x200.jpg"]),
    "no extension": (U + "a", [U + "a"]),
    "a year is not a size": (U + "trip-2024.jpg", [U + "trip-2024.jpg"]),
    "brackets": (U + "Picture(2)-1x1.jpg", None),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("url", "candidates"), MEDIA.values(), ids=MEDIA)
def test_original_media(url: str, candidates: list[str] | None) -> None:
    found = list(original_media(url))
    if candidates is None:
        assert re.sub("-1x1", "", url) in found
    else:
        assert found == candidates


UPLOADS = {
    "plain": (U + "a.jpg", "2024/05/a.jpg"),
    "folder install": ("http://ex.example/blog/wp-content/uploads/a.pdf", "a.pdf"),
    "no host": ("/wp-content/uploads/2024/05/a.jpg", "2024/05/a.jpg"),
    "protocol-relative": ("//blog.example/wp-content/uploads/a.jpg", "a.jpg"),
    "encoded": (U + "caf%C3%A9%20au%20lait.jpg", "2024/05/café au lait.jpg"),
    "proxy": ("https://i0.wp.com/blog.example/wp-content/uploads/2024/05/a.jpg?w=1", "2024/05/a.jpg"),
    "wordpress.com": ("https://me.files.wordpress.com/2012/05/a.jpg?w=300", "2012/05/a.jpg"),
    "network": ("https://ex.example/wp-content/uploads/sites/2/2024/a.jpg", "sites/2/2024/a.jpg"),
    "old network": ("https://ex.example/wp-content/blogs.dir/2/files/2012/a.jpg", "2012/a.jpg"),
    "a theme's file": ("https://ex.example/wp-content/themes/x/a.jpg", None),
    "the folder": ("https://ex.example/wp-content/uploads/", None),
    "elsewhere": ("https://other.example/a.jpg", None),
}


@pytest.mark.parametrize(("url", "path"), UPLOADS.values(), ids=UPLOADS)
def test_upload_path(url: str, path: str | None) -> None:
    assert upload_path(url) == path


def test_an_item_without_a_link_has_no_address() -> None:
    assert url_path("", "https://blog.example") is None
    assert url_path("https://blog.example/", "https://blog.example") == "/"


def test_dates_with_a_t_are_read() -> None:
    item = Item(post_date="2026-08-20T05:28:21", post_date_gmt="2026-08-20T03:28:21")
    assert local_date(item) == "2026-08-20T05:28:21+02:00"


@pytest.mark.parametrize(
    ("comment", "html"),
    [
        ("salt & butter", "<p>salt &amp; butter</p>"),
        ("salt &amp; butter", "<p>salt &amp; butter</p>"),
        ("R&D", "<p>R&amp;D</p>"),
        ("caf&eacute; &#38; tea &", "<p>café &amp; tea &amp;</p>"),
        ("<b>salt</b> & butter", "<p><b>salt</b> &amp; butter</p>"),
    ],
)
def test_an_ampersand_in_a_comment_is_text_or_begins_an_entity(comment: str, html: str) -> None:
    assert safe_html(comment) == html


@pytest.mark.parametrize(
    ("value", "written"),  # as PHP's own `serialize` writes them
    [
        (1.5, "1.5"),
        (-5.0, "-5"),
        (-0.0, "-0"),
        (100.0, "100"),
        (0.0001, "0.0001"),
        (1.7e-05, "1.7E-5"),
        (1e16, "10000000000000000"),
        (1e17, "1.0E+17"),
        (1.5e300, "1.5E+300"),
        (float("inf"), "INF"),
        (float("-inf"), "-INF"),
        (float("nan"), "NAN"),
    ],
)
def test_numbers_are_written_as_php_writes_them(value: float, written: str) -> None:
    assert number(value) == written
    assert serialize({"a": [value]}) == f'a:1:{{s:1:"a";a:1:{{i:0;d:{written};}}}}'


_SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
)
_STRUCTURES = st.recursive(
    _SCALARS | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("aé😀]>", min_size=1), inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


@given(_STRUCTURES.filter(lambda value: isinstance(value, (list, dict)) and bool(value)))
def test_any_structure_comes_back_from_its_serialisation(value: Any) -> None:
    assert unserialize(serialize(value)) == value
