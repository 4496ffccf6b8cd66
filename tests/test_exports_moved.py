"""Exports of each house: the same bytes from any number of processes, and the media they ask the old hosts for."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from exports import PNG, write

import hugoconv as hc
from hugoconv.migrate.fetch import Fetcher

COUNT = 60
"""Enough posts for two processes."""
PICTURES = {
    "ghost": "https://old.example/content/images/2024/{}.png",
    "blogger": "https://1.bp.blogspot.com/-x/{}/AAA/s1600/{}.png",
    "substack": "https://substack-post-media.s3.amazonaws.com/public/images/{}.png",
    "medium": "https://cdn-images-1.medium.com/max/800/1*x{}.png",
    "rss": "https://old.example/wp-content/uploads/{}.png",
}
"""Where each keeps its pictures."""


def body(system: str, number: int) -> str:
    return f'<p>Words {number}</p><p><img src="{PICTURES[system].format(number, number)}" alt="p"></p>'


def ghost(folder: Path) -> Path:
    rows = [
        {"id": str(number), "title": f"T{number}", "slug": f"t-{number}", "status": "published", "type": "post"}
        | {"published_at": f"2024-01-{number % 28 + 1:02}T00:00:00.000Z", "html": body("ghost", number)}
        for number in range(COUNT)
    ]
    text = json.dumps({"db": [{"meta": {"exported_on": 1, "version": "5.0.0"}, "data": {"posts": rows}}]})
    return write(folder, {"ghost.json": text}) / "ghost.json"


def blogger(folder: Path) -> Path:
    entries = "".join(
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><blogger:type>POST</blogger:type>"
        f"<blogger:status>LIVE</blogger:status><title>T{number}</title>"
        f"<published>2024-01-{number % 28 + 1:02}T00:00:00Z</published>"
        f'<content type="html">{body("blogger", number).replace("<", "&lt;").replace(">", "&gt;")}</content>'
        f"<blogger:filename>/2024/01/t-{number}.html</blogger:filename></entry>"
        for number in range(COUNT)
    )
    names = "xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'"
    return write(folder, {"feed.atom": f"<feed {names}><title>B</title>{entries}</feed>"}) / "feed.atom"


def substack(folder: Path) -> Path:
    table = io.StringIO()
    rows = csv.writer(table)
    columns = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url"
    rows.writerow(columns.split(","))
    files: dict[str, str | bytes] = {}
    for number in range(COUNT):
        name = f"{100 + number}.t-{number}"
        day = f"2024-01-{number % 28 + 1:02}T00:00:00.000Z"
        rows.writerow([name, day, "true", "", "newsletter", "everyone", f"T{number}", "", ""])
        files[f"posts/{name}.html"] = body("substack", number)
    return write(folder, {"posts.csv": table.getvalue(), **files})


def medium(folder: Path) -> Path:
    files: dict[str, str | bytes] = {
        f"posts/2024-01-{number % 28 + 1:02}_T{number}-{number:012x}.html": (
            f'<html><body><article class="h-entry"><header><h1 class="p-name">T{number}</h1></header>'
            f'<section data-field="body" class="e-content">{body("medium", number)}</section>'
            f'<footer><p>By <a class="p-author">Ann</a> on <time class="dt-published" '
            f'datetime="2024-01-{number % 28 + 1:02}T00:00:00.000Z">x</time></p>'
            f'<p><a href="https://old.example/t-{number}-{number:012x}" class="p-canonical">c</a></p></footer>'
            "</article></body></html>"
        )
        for number in range(COUNT)
    }
    return write(folder, files)


def rss(folder: Path) -> Path:
    items = "".join(
        f"<item><title>T{number}</title><link>https://old.example/t-{number}/</link>"
        f"<pubDate>Mon, {number % 28 + 1:02} Jan 2024 00:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[{body('rss', number)}]]></content:encoded></item>"
        for number in range(COUNT)
    )
    names = 'version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    text = f"<rss {names}><channel><title>R</title><link>https://old.example/</link>{items}</channel></rss>"
    return write(folder, {"feed.xml": text}) / "feed.xml"


MADE = {"ghost": ghost, "blogger": blogger, "substack": substack, "medium": medium, "rss": rss}


def written(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".hugoconv" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("system", MADE)
def test_processes_change_no_byte(system: str, tmp_path: Path) -> None:
    source = MADE[system](tmp_path / "old")
    reports = [hc.convert(source, tmp_path / str(jobs), from_=system, to="hugo", jobs=jobs) for jobs in (1, 2)]
    one, two = written(tmp_path / "1"), written(tmp_path / "2")
    assert one == two
    assert sum(name.startswith("content/") and "Words" in data.decode() for name, data in one.items()) == COUNT
    assert [str(finding) for finding in reports[0].findings] == [str(finding) for finding in reports[1].findings]


@pytest.mark.parametrize("system", MADE)
def test_media_are_fetched_from_where_each_keeps_them(
    system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetch(self: Fetcher, url: str) -> Path:
        asked.append(url)
        path = tmp_path / f"fetched-{len(asked)}"
        path.write_bytes(PNG + str(len(asked)).encode())
        return path

    monkeypatch.setattr(Fetcher, "fetch", fetch)
    source = MADE[system](tmp_path / "old")
    importer = hc.importers.get(system, **({"base_url": "https://old.example"} if system == "ghost" else {}))
    hc.convert(source, tmp_path / "new", from_=importer, to="hugo", media="download", media_cache=tmp_path / "cache")
    assert len(asked) == len(set(asked)) == COUNT
    found = [data for name, data in written(tmp_path / "new").items() if name.endswith(".png")]
    assert len(found) == COUNT
    text = "".join(data.decode() for name, data in written(tmp_path / "new").items() if name.endswith(".md"))
    assert not any(url in text for url in asked)
