"""Tables that spill to disk, and the link map over them, answer the same as when they are small."""

from __future__ import annotations

import pickle
import sqlite3
from pathlib import Path, PurePosixPath

import pytest

import hugoconv
from hugoconv.migrate import tables
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Place
from hugoconv.migrate.tables import Table


@pytest.mark.parametrize("limit", [1000, 3], ids=["in memory", "on disk"])
def test_a_table_is_a_dict_in_memory_and_on_disk(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "IN_MEMORY", limit)
    table = Table()
    for number in range(20):
        table[f"key {number:02}"] = f"välue {number}"
    table["key 03"] = "other"
    del table["key 04"]
    assert len(table) == 19
    assert table["key 03"] == "other"
    assert sorted(table)[:2] == ["key 00", "key 01"]
    assert list(table.in_order()) == sorted(table.items())
    assert table.get("key 04") is None
    assert table.setdefault("key 05", "no") == "välue 5"
    assert table.setdefault("key 99", "yes") == "yes" == table["key 99"]
    copy = pickle.loads(pickle.dumps(table))
    assert dict(copy) == dict(table)
    with pytest.raises(KeyError):
        del table["key 04"]


def test_what_another_process_reads_is_not_locked_by_the_one_that_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "IN_MEMORY", 1)
    table = Table()
    table["a"] = table["b"] = "c"
    copy = pickle.loads(pickle.dumps(table))  # as a worker gets it
    table["d"] = "e"
    assert (copy["a"], table["d"]) == ("c", "e")
    with pytest.raises(sqlite3.OperationalError):
        copy["f"] = "g"


def test_a_spilled_table_removes_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "IN_MEMORY", 1)
    table = Table()
    table["a"] = table["b"] = "c"
    path = Path(table._path)
    assert path.exists()
    assert path.stat().st_mode & 0o077 == 0
    del table
    assert not path.exists()


def numbered(number: int) -> hugoconv.Post:
    post = hugoconv.loads("---\ntitle: x\n---\n")
    post.number = (number, 0)
    return post


ADDRESSES = {
    "/2020/one/": "/new/",
    "https://example.org/2020/one": "/new/",
    "http://www.example.org/2020/one/#part": "/new/#part",
    "https://example.org/2020/one/index.html": "/new/",
    "/?p=7": "/new/",
    "https://example.org/?p=7": "/new/",
    "https://elsewhere.org/2020/one/": None,
    "mailto:a@example.org": None,
    "/unknown/": None,
    "#part": None,
    "/2020/%6fne/": "/new/",
}


@pytest.mark.parametrize(("url", "new"), ADDRESSES.items(), ids=ADDRESSES)
def test_old_addresses_lead_to_new_ones(url: str, new: str | None) -> None:
    links = LinkMap("https://example.org/")
    links.claim((0, 0), Place(PurePosixPath("content/a.md"), "/new/"), ("/2020/one/", "/?p=7"), "a")
    assert links.resolve(url) == new


def test_where_a_page_was_counts_before_what_led_to_another_one() -> None:
    links = LinkMap()
    links.claim((0, 0), Place(PurePosixPath("a.md"), "/0/"), ("/a/", "/日本/", "/alias/"), "a")
    links.claim((1, 0), Place(PurePosixPath("b.md"), "/1/"), ("/%E6%97%A5%E6%9C%AC/", "/alias/"), "b")
    links.add("/alias/", "/elsewhere/")
    found = [links.resolve(url) for url in ("/a/", "/日本/", "/%E6%97%A5%E6%9C%AC/", "/alias/")]
    assert found == ["/0/", "/1/", "/1/", "/0/"]


def test_a_taken_path_is_renamed_and_both_posts_keep_their_urls() -> None:
    links = LinkMap()
    paths = [PurePosixPath("content/a.md")] * 3 + [PurePosixPath("content/b/index.md")] * 2
    places = [links.claim((n, 0), Place(path, f"/{n}/"), [f"/{n}/"], str(n)) for n, path in enumerate(paths)]
    assert [str(place.path) for place, _ in places] == [
        "content/a.md",
        "content/a-2.md",
        "content/a-3.md",
        "content/b/index.md",
        "content/b-2/index.md",
    ]
    assert [taken_by for _, taken_by in places] == ["", "0", "0", "", "3"]
    assert links.place(numbered(2)).url == "/2/"
