"""What was not public stays so in every target, and a check finds it when somebody publishes it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

import hugoconv
from hugoconv.migrate.check import check
from hugoconv.migrate.manifest import FINDINGS, manifest_folder

LATER = f"{datetime.now(UTC) + timedelta(days=400):%Y-%m-%d}"
HIDDEN = {
    "draft": "date: 2020-01-02\ndraft: true",
    "expired": "date: 2020-01-02\nexpiryDate: 2021-01-01",
    "to come": f"date: 2020-01-02\npublishDate: {LATER}",
    "not rendered": "date: 2020-01-02\nbuild:\n  render: never",
}
"""Why Hugo does not show a post today."""
WAITING = f"date: {LATER}"
EXPORT = """<?xml version="1.0"?>
<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Old</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example</wp:base_blog_url>
<item><title>Secret</title><link>https://old.example/secret/</link><content:encoded>Hush hush.</content:encoded>
<wp:post_id>1</wp:post_id><wp:post_date>2020-01-02 03:04:05</wp:post_date><wp:post_name>secret</wp:post_name>
<wp:status>{status}</wp:status><wp:post_type>post</wp:post_type><wp:post_password>{password}</wp:post_password></item>
</channel></rss>
"""
STATUSES = {
    "private": ("private", ""),
    "pending": ("pending", ""),
    "a draft": ("draft", ""),
    "scheduled": ("future", ""),
    "with a password": ("publish", "sesame"),
}


def hugo_site(root: Path, matter: str) -> Path:
    """Write a Hugo site with one post."""
    (root / "content/posts").mkdir(parents=True)
    (root / "hugo.toml").write_text('baseURL = "https://old.example/"\n')
    (root / "content/posts/secret.md").write_text(f"---\ntitle: Secret\n{matter}\n---\nHush hush.\n")
    return root


SYSTEMS = ["hugo", "jekyll", "wordpress", "markdown", "astro", "eleventy", "hexo", "pelican", "zola", "ghost", "jsonl"]
ENDINGS = {"wordpress": ".xml", "ghost": ".zip", "jsonl": "/posts.jsonl"}
"""How the names of destinations end that are files."""
FLAGS = re.compile(
    r"(?m)^(?:draft|published|publishDate|expiryDate|status|old_status|eleventyExcludeFromCollections)\s?[:=] .*\n"
    r"|^permalink: false\n|^build:\n  render: never\n|^\[extra\.build\]\nrender = .*\n"
)
"""The lines of front matter that hide a post, in any of the systems."""


def destination(folder: Path, to: str) -> Path:
    """Return where a conversion to a system is written."""
    return folder / f"new{ENDINGS.get(to, '')}"


def publish(new: Path, to: str) -> None:
    """Let the post be seen, as somebody would who takes the flag for a mistake."""
    if to == "wordpress":
        changed(new, lambda text: re.sub(r"(<wp:status><!\[CDATA\[)[a-z]+", r"\1publish", text))
    elif to == "ghost":
        with ZipFile(new) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        text = files["ghost-import.json"].decode()
        assert '"status": "draft"' in text
        files["ghost-import.json"] = text.replace('"status": "draft"', '"status": "published"').encode()
        with ZipFile(new, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
    elif to == "jsonl":
        record = json.loads(new.read_text())
        matter, values = record["front_matter"], record["front_matter"]["values"]
        matter["text"] = FLAGS.sub("", matter["text"])
        matter["values"] = {key: values[key] for key in values if key in ("title", "date")}
        record["inherited"]["status"] = "published"
        record["inherited"].pop("hidden", None)
        new.write_text(json.dumps({key: record[key] for key in record if key not in ("status", "expiry_date")}))
    else:
        file = next(path for path in new.rglob("*secret*") if path.suffix == ".md")
        changed(file, lambda text: FLAGS.sub("", text))
        for drafts, posts in (("source/_drafts", "source/_posts"), ("src/drafts", "src/content/blog")):
            moved = Path(str(file).replace(drafts, posts))
            moved.parent.mkdir(parents=True, exist_ok=True)
            file.rename(moved)
            file = moved


def changed(file: Path, change: Callable[[str], str]) -> None:
    text = file.read_text()
    assert change(text) != text
    file.write_text(change(text))


def unnamed(new: Path, old: Path) -> list[str]:
    """Return what a check finds missing that the report of the move does not name."""
    return [finding.message for finding in check(new, old).findings if finding.code.startswith("HC51")]


def forget(new: Path) -> None:
    """Take away what the run said of its findings, so that nothing is known beforehand."""
    (manifest_folder(new) / FINDINGS).unlink(missing_ok=True)


@pytest.mark.parametrize("to", SYSTEMS)
@pytest.mark.parametrize("matter", HIDDEN.values(), ids=HIDDEN)
def test_what_hugo_hides_is_hidden_and_publishing_it_is_found(matter: str, to: str, tmp_path: Path) -> None:
    old = hugo_site(tmp_path / "old", matter)
    new = destination(tmp_path, to)
    hugoconv.convert(old, new, to=to)
    assert unnamed(new, old) == []
    if to == "hugo":
        return
    publish(new, to)
    forget(new)
    assert any("is now published" in message for message in unnamed(new, old))


@pytest.mark.parametrize("to", [system for system in SYSTEMS if system != "wordpress"])
@pytest.mark.parametrize(("status", "password"), STATUSES.values(), ids=STATUSES)
def test_what_wordpress_hides_is_hidden_and_publishing_it_is_found(
    status: str, password: str, to: str, tmp_path: Path
) -> None:
    old = tmp_path / "old.xml"
    old.write_text(EXPORT.format(status=status, password=password))
    new = destination(tmp_path, to)
    hugoconv.convert(old, new, to=to)
    assert unnamed(new, old) == []
    publish(new, to)
    forget(new)
    assert any("is now published" in message for message in unnamed(new, old))


@pytest.mark.parametrize("to", ["jekyll", "wordpress"])
def test_a_post_that_waits_for_its_day_still_waits(to: str, tmp_path: Path) -> None:
    old = hugo_site(tmp_path / "old", WAITING)
    new = destination(tmp_path, to)
    hugoconv.convert(old, new, to=to)
    assert unnamed(new, old) == []
    file = new if new.is_file() else next(path for path in new.rglob("*secret*") if path.suffix == ".md")
    file.write_text(file.read_text().replace(LATER, "2020-01-02"))
    assert any(message.startswith("date was") for message in unnamed(new, old))
