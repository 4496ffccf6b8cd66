"""What all systems of Markdown files have in common: each is written from its table and read back by it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from target_site import SECRET, sites, write_site
from wordpress_export import SITE as OLD
from wordpress_export import comment, export
from wordpress_export import item as exported

import hugoconv
from hugoconv.fields import FIELDS
from hugoconv.frontmatter.dates import Moment
from hugoconv.model import Comment, Post, SiteInfo, Term
from hugoconv.report.findings import Findings
from hugoconv.report.report import Report
from hugoconv.systems import exporters, importers, losses
from hugoconv.systems.markdown_site.exporter import MarkdownSiteExporter
from hugoconv.systems.markdown_site.target import Target
from hugoconv.visibility import shown_as

TARGETS = [name for name in exporters if isinstance(exporters.get(name), MarkdownSiteExporter)]


def target_of(name: str) -> Target:
    exporter = exporters.get(name)
    assert isinstance(exporter, MarkdownSiteExporter)
    return exporter.table


def converted(source: Path, folder: Path, name: str, **options: Any) -> Report:
    report = hugoconv.convert(source, folder, to=exporters.get(name, **options))
    assert not [finding for finding in report.findings if finding.severity == "error"], list(report.findings)
    return report


# Written and read back ----------------------------------------------------------------------------------------------


def spelt(name: str, lost: set[str]) -> str:
    """A name as the target spells it."""
    return name.replace(";", ",") if "names with semicolons" in lost else name


def fields_of(post: Post, info: SiteInfo, target: Target) -> Iterator[tuple[str, Any]]:
    """Yield what a reader of the post must find again, as plain values."""
    lost = {loss.field for loss in target.losses if not loss.kept}
    for name in FIELDS:
        if name in ("slug", "url", "aliases", "status") or name in lost:
            continue
        value = getattr(post, name)
        if isinstance(value, Moment):
            aware = value if value.has_zone else Moment(value.text, value.value.replace(tzinfo=info.zone), "second")
            value = value.value.date() if value.precision == "day" else aware.value.astimezone(UTC)
        if name == "image" and value and post.resolve:
            value = post.resolve(value, "front matter").address
        if name == "authors" and value:
            value = tuple(spelt(author, lost) for author in value)
        if name == "language" and value == "en":
            value = None
        yield name, value
    yield "status", shown_as(post, info.zone, future=info.build_future) == "published"
    yield "address", post.address
    yield "old", tuple(sorted(set(post.old_addresses)))
    for taxonomy in ("tags", "categories"):
        names = [str(term) for term in post.terms.get(taxonomy, ())]
        if taxonomy == "tags" and "tags with blanks" in lost:
            names = ["-".join(name.split()) for name in names]
        if taxonomy == "tags":
            names = [spelt(name, lost) for name in names]
        if taxonomy == "categories" and "further categories" in declared(target):
            names = names[:1]
        yield taxonomy, names
    mood = post.front_matter.get("mood")
    is_text = "types of values" in declared(target) and mood is not None and not isinstance(mood, str)
    yield "mood", json.dumps(mood, ensure_ascii=False) if is_text else mood
    yield "body", post.body.text.strip()


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=15, deadline=None)
@given(files=sites())
def test_case_26_what_is_written_reads_the_same(name: str, files: dict[str, str | bytes]) -> None:
    target = target_of(name)
    with tempfile.TemporaryDirectory() as folder:
        source = write_site(Path(folder, "source"), files)
        converted(source, Path(folder, "made"), name)
        before = hugoconv.read(source, from_="hugo")
        after = hugoconv.read(Path(folder, "made"), from_=name)
        wanted = {post.address: dict(fields_of(post, before.info, target)) for post in before.posts}
        found = {post.address: dict(fields_of(post, before.info, target)) for post in after.posts}
        assert found == wanted


@pytest.mark.parametrize("name", TARGETS)
def test_a_site_of_its_own_stays_as_it_is(name: str, tmp_path: Path) -> None:
    source = write_site(tmp_path / "source")
    converted(source, tmp_path / "made", name)
    hugoconv.convert(tmp_path / "made", tmp_path / "again", from_=name, to=name)
    made = {
        path.relative_to(tmp_path / "made"): path.read_bytes()
        for path in (tmp_path / "made").rglob("*")
        if path.is_file() and ".hugoconv" not in path.parts
    }
    for path, data in made.items():
        assert (tmp_path / "again" / path).read_bytes() == data, path


# What is not carried ------------------------------------------------------------------------------------------------

EVERYTHING = {
    "title": "T",
    "date": "2014-03-05",
    "updated": "2014-03-06",
    "publish_date": "2014-03-05",
    "expiry_date": "2999-01-01",
    "slug": "t",
    "authors": ["A", "B"],
    "description": "d",
    "excerpt": "e",
    "image": "/x.png",
    "weight": 3,
    "language": "de",
    "translation_key": "k",
    "layout": "special",
    "tags": ["two words", "semi;colon"],
    "categories": ["One", "Two"],
    "aliases": ["/old/"],
    "params": {"a": {"b": 1}},
    "video": {"ids": [18904912048160766]},
}
BODY = "## Heading {.cls}\n\n```go {linenos=true}\nx\n```\n"


@pytest.mark.parametrize("name", TARGETS)
def test_losses_named_are_the_losses_declared(name: str, tmp_path: Path) -> None:
    """A post that has everything names each loss of the table, a plain one names none."""
    from hugoconv.fields import neutral
    from hugoconv.systems.hugo.importer import HugoImporter

    target = target_of(name)
    everything = HugoImporter.post_from_text(f"---\ntitle: x\n---\n{BODY}")
    everything.keys = neutral({"tag": "tags", "category": "categories"})
    everything.front_matter = hugoconv.FrontMatter(values=EVERYTHING)
    everything.comments = (Comment("1", "A", "2014-03-05T00:00:00Z", "text"),)
    everything.known_terms = {"categories": {"Two": Term("Two", parent="One")}}
    log = Findings()
    losses.report(everything, target.label, target.losses, {"heading attributes", "marked lines"}, log.at("post"))
    named = {word for finding in log for word in declared(target) if f"{word} (" in finding.message}
    assert named == declared(target)
    assert {finding.code for finding in log} <= {"HC680", "HC681"}
    plain = HugoImporter.post_from_text("---\ntitle: x\ndate: 2014-03-05\ntags: [a]\n---\nText.\n")
    log = Findings()
    losses.report(plain, target.label, target.losses, (), log.at("post"))
    assert not list(log)


def declared(target: Target) -> set[str]:
    return {loss.field for loss in target.losses}


@pytest.mark.parametrize("name", TARGETS)
def test_every_field_is_a_key_or_a_declared_loss(name: str) -> None:
    target = target_of(name)
    unsaid = {field for field in FIELDS if target.keys.row(field) is None} - declared(target)
    assert unsaid <= {"slug"}, "the address says it"


# Privacy ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_not_public_is_written_as_a_draft(name: str, tmp_path: Path) -> None:
    source = write_site(tmp_path / "source")
    converted(source, tmp_path / "made", name, scaffold=True)
    hidden = [post for post in hugoconv.read(tmp_path / "made", from_=name).posts if SECRET in post.body.text]
    assert len(hidden) == 5
    assert all(post.status != "published" for post in hidden)


def test_importers_and_exporters_are_pairs() -> None:
    assert set(TARGETS) <= set(importers)


# What configurations say --------------------------------------------------------------------------------------------

ASTRO_CONFIG = """import { defineConfig } from 'astro/config';
// site: 'https://not.example',
export default defineConfig({
  site: "https://example.org",
  base: '/blog/',
  integrations: [mdx({ site: 'https://other.example' }), sitemap()],
  i18n: { defaultLocale: 'fr', locales: ['fr', 'en'] },
});
"""
PELICAN_CONFIG = """import os
AUTHOR = os.environ["USER"]
SITENAME = "A 'site'"
SITEURL = ""
DEFAULT_LANG = "it"
TIMEZONE = "Europe/Rome"
"""
PUBLISH_CONFIG = "from pelicanconf import *\nSITEURL = 'https://example.org/blog'\nRELATIVE_URLS = False\n"
CONFIGURED: dict[str, tuple[dict[str, str | bytes], dict[str, str], list[str]]] = {
    "astro": (
        {
            "astro.config.mjs": ASTRO_CONFIG,
            "src/consts.ts": "export const SITE_TITLE = 'A site';\nexport const SITE_DESCRIPTION: string = `About`;\n",
            "src/content/blog/a.md": "---\ntitle: A\n---\nWords\n",
        },
        {"title": "A site", "description": "About", "base_url": "https://example.org/blog/", "language": "fr"},
        ["astro.config.mjs: 2 settings not carried: integrations, i18n"],
    ),
    "pelican": (
        {
            "pelicanconf.py": PELICAN_CONFIG,
            "publishconf.py": PUBLISH_CONFIG,
            "content/posts/a.md": "title: A\ndate: 2020-01-02\n\nWords\n",
        },
        {
            "title": "A 'site'",
            "base_url": "https://example.org/blog",
            "language": "it",
            "time_zone": "Europe/Rome",
        },
        ["pelicanconf.py: 1 setting not carried: AUTHOR", "publishconf.py: 1 setting not carried: RELATIVE_URLS"],
    ),
}


@pytest.mark.parametrize(("name", "files", "said", "named"), [(name, *row) for name, row in CONFIGURED.items()])
def test_what_a_configuration_writes_out_is_read(
    name: str, files: dict[str, str | bytes], said: dict[str, str], named: list[str], tmp_path: Path
) -> None:
    source = write_site(tmp_path / "source", files)
    info = hugoconv.read(source).info
    assert {field: getattr(info, field) for field in said} == said
    report = converted(source, tmp_path / "made", "eleventy")
    assert [f"{each.file}: {each.message}" for each in report.findings if each.code == "HC129"] == named
    report = hugoconv.convert(source, tmp_path / "same", to=name)
    assert not [each for each in report.findings if each.code == "HC129"], "a copy carries the whole configuration"


@pytest.mark.parametrize(
    "program", ["", "SITENAME = (", "\0", "A = B = 1", "export default {", "}})", "site: 'a' site: \"b"]
)
@pytest.mark.parametrize("name", ["astro", "pelican"])
def test_any_configuration_is_read(name: str, program: str, tmp_path: Path) -> None:
    for file in ("astro.config.mjs", "pelicanconf.py", "src/consts.ts"):
        write_site(tmp_path, {file: program})
    target_of(name).settings(tmp_path)


@pytest.mark.parametrize("name", TARGETS)
def test_a_page_that_only_a_query_told_apart_is_called_by_its_name(name: str, tmp_path: Path) -> None:
    """Also where each page is the index of a folder, which is not the page's name."""
    pages = [
        exported(3, "Words.", post_type="page", post_name="about-us", link=f"{OLD}/?page_id=3", inner=comment(1)),
        exported(4, "Words.", post_type="page", post_name="%c3%bcber", link=f"{OLD}/?page_id=4", inner=comment(2)),
    ]
    (tmp_path / "old.xml").write_text(export(*pages))
    converted(tmp_path / "old.xml", tmp_path / "new", name)
    posts = hugoconv.read(tmp_path / "new", from_=name).posts
    assert {post.address for post in posts} == {"/about-us/", "/%C3%BCber/"}
    assert {path.name for path in (tmp_path / "new").rglob("comments/*.json")} == {"about-us.json", "über.json"}
