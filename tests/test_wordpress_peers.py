"""Every fault that was found in other WordPress converters, a row each: what hugoconv makes of the same export.

The rows go by the tables of features in the specification: what is read (a), how bodies are converted (b), and media,
output and operations (c).
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from programs import HUGO
from wordpress_export import SITE, UPLOADS, attachment, cdata, comment, export, item, meta, terms, write_export

import hugoconv as hc
from hugoconv.__main__ import main


@dataclass
class Made:
    """A site made of an export, what was reported of it, and the exit code of the command."""

    folder: Path
    exit_code: int
    findings: list[dict[str, Any]]

    @property
    def codes(self) -> set[str]:
        return {finding["code"] for finding in self.findings}

    def values(self, name: str = "posts/item-1") -> dict[str, Any]:
        return dict(hc.load_post(self.folder / f"content/{name}.md").front_matter)

    def body(self, name: str = "posts/item-1") -> str:
        return hc.load_post(self.folder / f"content/{name}.md").body.text.strip()

    def page(self, address: str) -> str:
        return (self.folder / "public" / address.strip("/") / "index.html").read_text(encoding="utf-8")

    def is_published(self, address: str) -> bool:
        return (self.folder / "public" / address.strip("/") / "index.html").is_file()

    @property
    def text(self) -> str:
        """All that was written, the report's own folder included."""
        files = (path for path in sorted(self.folder.rglob("*")) if path.is_file() and "public" not in path.parts)
        return "".join(path.read_text("utf-8", "replace") for path in files)


@dataclass
class Row:
    """One cell: the items, and what must be true of the site that they become."""

    items: tuple[str, ...]
    check: Callable[[Made], object]
    channel: str = ""
    files: Mapping[str, bytes] | None = None
    exit_code: int | None = 0
    """None where it is another test's business."""


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Made]:
    def make(source: Path, *, build: bool = True) -> Made:
        target = tmp_path / "new"
        exit_code = main(["convert", str(source), str(target), "--from", "wordpress", "--to", "hugo", "--quiet"])
        report = target / ".hugoconv" / "findings.jsonl"
        lines = report.read_text(encoding="utf-8").splitlines() if report.is_file() else []
        if build:
            run = subprocess.run(
                [HUGO, "--quiet", "--source", str(target)], capture_output=True, text=True, check=False
            )
            assert run.returncode == 0, run.stdout + run.stderr
        return Made(target, exit_code, [json.loads(line) for line in lines])

    return make


def _term(taxonomy: str, slug: str, name: str, parent: str = "", description: str = "") -> str:
    return (
        f"<wp:term><wp:term_id>9</wp:term_id><wp:term_taxonomy>{taxonomy}</wp:term_taxonomy>"
        f"<wp:term_slug>{slug}</wp:term_slug><wp:term_parent>{parent}</wp:term_parent>"
        f"<wp:term_name>{cdata(name)}</wp:term_name><wp:term_description>{cdata(description)}</wp:term_description>"
        "</wp:term>"
    )


def _category(slug: str, name: str, parent: str = "", description: str = "") -> str:
    return (
        f"<wp:category><wp:category_nicename>{slug}</wp:category_nicename>"
        f"<wp:category_parent>{parent}</wp:category_parent><wp:cat_name>{cdata(name)}</wp:cat_name>"
        f"<wp:category_description>{cdata(description)}</wp:category_description></wp:category>"
    )


def _menu_item(number: int, title: str, url: str, parent: int = 0, menu: str = "main") -> str:
    fields = {
        "_menu_item_type": "custom",
        "_menu_item_url": url,
        "_menu_item_menu_item_parent": str(parent),
        "_menu_item_object_id": str(number),
        "_menu_item_object": "custom",
    }
    inner = terms(("nav_menu", menu, menu.title())) + meta(fields)
    return item(number, title=title, post_type="nav_menu_item", menu_order=number, inner=inner)


AUTHOR = (
    "<wp:author><wp:author_login>mara</wp:author_login><wp:author_email>mara@old.example</wp:author_email>"
    "<wp:author_display_name>Mara Q</wp:author_display_name></wp:author>"
)
SECRET = "hunter2-secret"


def _all(*values: object) -> bool:
    return all(values)


def _comments(made: Made) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((made.folder / "data/comments/posts/item-1.md.json").read_text())
    return rows


def _hidden(made: Made) -> bool:
    return not made.is_published("/item-1/") and made.is_published("/item-2/") and made.values()["draft"] is True


READ = {
    "a page called sample-page (silently dropped)": Row(
        (item(1, "kept", post_type="page", post_name="sample-page"),),
        lambda made: "kept" in made.page("/sample-page/"),
    ),
    "custom post types (dropped)": Row(
        (item(1, "a film", post_type="film"),), lambda made: "a film" in made.page("/item-1/")
    ),
    "reusable blocks (written out as articles, never expanded)": Row(
        (
            item(1, '<!-- wp:block {"ref":9} /-->', link=f"{SITE}/item-1/"),
            item(9, "<!-- wp:paragraph --><p>shared words</p><!-- /wp:paragraph -->", post_type="wp_block"),
        ),
        lambda made: _all("shared words" in made.page("/item-1/"), not made.is_published("/item-9/")),
    ),
    "menus (dropped, flattened, overwritten, or pages)": Row(
        (
            item(1),
            _menu_item(11, "Top", "https://a.example/"),
            _menu_item(12, "Below", "/item-1/", parent=11),
            _menu_item(13, "Small print", "/item-1/", menu="footer"),
        ),
        lambda made: (
            {
                name: [(entry["name"], entry.get("parent", "")) for entry in entries]
                for name, entries in tomllib.loads((made.folder / "hugo.toml").read_text())["menus"].items()
            }
            == {"main": [("Top", ""), ("Below", "11")], "footer": [("Small print", "")]}
        ),
    ),
    "texts of attachments (alt unused)": Row(
        (
            item(1, f'<p><img src="{UPLOADS}/2024/05/a.jpg"></p>'),
            attachment(5, "2024/05/a.jpg", title="The title", fields={"_wp_attachment_image_alt": "A cat"}),
        ),
        lambda made: (
            json.loads((made.folder / "data/media.json").read_text())["/wp-content/uploads/2024/05/a.jpg"]["alt"]
            == "A cat"
        ),
        files={"2024/05/a.jpg": b"picture"},
    ),
    "display names of authors (login only)": Row(
        (item(1),), lambda made: made.values()["authors"] == ["Mara Q"], channel=AUTHOR
    ),
    "names of categories and tags (lowercased, not decoded, C++ becomes c)": Row(
        (item(1, inner=terms(("category", "r-d", "R &amp; D"), ("post_tag", "c", "C++"))),),
        lambda made: (made.values()["categories"], made.values()["tags"]) == (["R & D"], ["C++"]),
    ),
    "trees of categories (ignored)": Row(
        (item(1, inner=terms(("category", "cats", "Cats"))),),
        lambda made: made.is_published("/category/animals/cats/"),
        channel=_category("animals", "Animals") + _category("cats", "Cats", "animals"),
    ),
    "custom taxonomies (BUG: the first term of all, not the post's)": Row(
        (item(1, inner=terms(("genre", "jazz", "Jazz"))),),
        lambda made: made.values()["genre"] == ["Jazz"],
        channel=_term("genre", "rock", "Rock") + _term("genre", "jazz", "Jazz"),
    ),
    "descriptions of terms (dropped)": Row(
        (item(1, inner=terms(("category", "cats", "Cats"))),),
        lambda made: "All about cats" in made.text,
        channel=_category("cats", "Cats", description="All about cats"),
    ),
    "custom fields called title, date, url (overwrite the post's own)": Row(
        (item(1, inner=meta({"title": "fake", "date": "fake", "url": "/fake/", "mood": "glad"})),),
        lambda made: (made.values()["title"], made.values()["meta"]["mood"]) == ("Item 1", "glad"),
    ),
    "serialised values (raw)": Row(
        (item(1, inner=meta({"list": 'a:2:{i:0;s:5:"café";i:1;b:1;}', "map": 'a:1:{s:1:"k";d:1.5;}'})),),
        lambda made: (made.values()["meta"]["list"], made.values()["meta"]["map"]) == (["café", True], {"k": 1.5}),
    ),
    "comments (dropped, flat, or with e-mail addresses)": Row(
        (
            item(
                1,
                inner=comment(7, "First", author_email="reader@mail.example", date_gmt="2024-05-07 00:00:00")
                + comment(8, "An answer", parent=7, date_gmt="2024-05-08 00:00:00"),
            ),
        ),
        lambda made: _all(
            [(row["id"], row.get("parent", "")) for row in _comments(made)] == [("7", ""), ("8", "7")],
            "reader@mail.example" not in made.text,
            "An answer" in made.page("/item-1/"),
        ),
    ),
    "a draft": Row((item(1, status="draft"), item(2)), _hidden),
    "pending (published, or dropped in silence)": Row((item(1, status="pending"), item(2)), _hidden),
    "private (published, or dropped in silence)": Row((item(1, status="private"), item(2)), _hidden),
    "scheduled (published, or its date is lost)": Row(
        (item(1, status="future", post_date="2999-01-02 03:04:05", post_date_gmt="2999-01-02 03:04:05"), item(2)),
        lambda made: _hidden(made) and str(made.values()["date"]).startswith("2999-01-02"),
    ),
    "protected by a password (published, with the password in clear)": Row(
        (item(1, "inside", post_password=SECRET), item(2)),
        lambda made: _all(_hidden(made), SECRET not in made.text, "HC209" in made.codes),
    ),
    "trash, auto-drafts and revisions (imported)": Row(
        (
            item(1, status="trash"),
            item(2),
            item(3, status="auto-draft"),
            item(4, post_type="revision", status="inherit"),
        ),
        lambda made: _all(
            [path.name for path in made.folder.glob("content/*/*.md")] == ["item-2.md"],
            {"HC108", "HC109"} <= made.codes,
        ),
    ),
    "sticky, menu order (dropped)": Row(
        (item(1, is_sticky=1, menu_order=4),),
        lambda made: (made.values()["sticky"], made.values()["weight"]) == (True, 4),
    ),
    "post formats (changes the layout)": Row(
        (item(1, inner=terms(("post_format", "post-format-aside", "Aside"))),),
        lambda made: made.values()["format"] == "aside" and "type" not in made.values(),
    ),
    "the featured image (dropped, no path, a bare id)": Row(
        (
            item(1, inner=meta({"_thumbnail_id": "5"})),
            attachment(5, "2024/05/a.jpg"),
        ),
        lambda made: (made.folder / "static" / made.values()["image"].lstrip("/")).read_bytes() == b"picture",
        files={"2024/05/a.jpg": b"picture"},
    ),
    "the excerpt (never written, or swapped with the content)": Row(
        (item(1, "the content", excerpt="the excerpt"),),
        lambda made: _all(made.values()["summary"] == "the excerpt", made.body() == "the content"),
    ),
    "the label of more (lost)": Row(
        (item(1, "one\n\n<!--more Read on-->\n\ntwo"),),
        lambda made: _all(
            "<!--more-->" in made.body(), "Read on" in str(made.values()), "two" in made.page("/item-1/")
        ),
    ),
    "nextpage (vanishes)": Row(
        (item(1, "one\n\n<!--nextpage-->\n\ntwo"),),
        lambda made: _all("two" in made.page("/item-1/"), "nextpage" in made.body() or "HC307" in made.codes),
    ),
    "pages below pages (flattened, of one slug overwritten)": Row(
        (
            item(1, "one", post_type="page", post_name="a", link=f"{SITE}/a/"),
            item(2, "two", post_type="page", post_name="b", post_parent=1, link=f"{SITE}/a/b/"),
            item(3, "three", post_type="page", post_name="b", link=f"{SITE}/b/"),
        ),
        lambda made: _all("two" in made.page("/a/b/"), "three" in made.page("/b/")),
    ),
    "permalinks (not kept; a lone percent sign crashes)": Row(
        (item(1, "sale", post_name="100%-off", link=f"{SITE}/2024/05/100%-off/"),),
        lambda made: _all(
            (made.folder / "public/2024/05/100%-off/index.html").is_file(),
            any("sale" in path.read_text() for path in made.folder.glob("public/**/*.html")),
        ),
        exit_code=None,
    ),
    "old slugs (dropped)": Row(
        (item(1, inner=meta([("_wp_old_slug", "older"), ("_wp_old_slug", "oldest")])),),
        lambda made: _all(made.is_published("/older/"), made.is_published("/oldest/")),
    ),
    "the date of the last change (never written)": Row(
        (item(1, post_modified="2024-06-07 08:09:10", post_modified_gmt="2024-06-07 06:09:10"),),
        lambda made: str(made.values()["lastmod"]) == "2024-06-07T08:09:10+02:00",
    ),
    "local time (always +00:00, or the feed's date)": Row(
        (item(1, post_date="2024-05-06 23:30:00", post_date_gmt="2024-05-07 04:30:00"),),
        lambda made: str(made.values()["date"]) == "2024-05-06T23:30:00-05:00",
    ),
}

BODIES = {
    "lines of a poem (joined)": Row((item(1, "Rose\nBlue\n\nEnd"),), lambda made: made.body() == "Rose  \nBlue\n\nEnd"),
    "paragraphs of classic posts (joined, or wrapped in whole documents)": Row(
        (item(1, "One\n\nTwo"),),
        lambda made: made.page("/item-1/").count("<html") == 1 and "<p>Two" in made.page("/item-1/"),
    ),
    "comments of blocks (left as noise)": Row(
        (item(1, "<!-- wp:paragraph --><p>Text</p><!-- /wp:paragraph -->"),), lambda made: made.body() == "Text"
    ),
    "the caption of an image block (lost)": Row(
        (
            item(
                1,
                f'<!-- wp:image --><figure class="wp-block-image"><img src="{UPLOADS}/a.jpg" alt="alt text"/>'
                '<figcaption class="wp-element-caption">The caption</figcaption></figure><!-- /wp:image -->',
            ),
        ),
        lambda made: _all("The caption" in made.page("/item-1/"), "alt text" in made.page("/item-1/")),
    ),
    "[caption] (replaced by the alt text, escaped, or a heading)": Row(
        (
            item(
                1,
                f'[caption width="300" id="x"]<img alt="alt text" src="{UPLOADS}/a.jpg"> '
                "The <em>caption</em>[/caption]",
            ),
        ),
        lambda made: _all(
            "<em>caption</em>" in made.page("/item-1/"),
            'alt="alt text"' in made.page("/item-1/"),
            "[caption" not in made.page("/item-1/"),
        ),
    ),
    "[gallery] without ids (dropped)": Row(
        (
            item(1, "[gallery]"),
            attachment(5, "2024/05/a.jpg", post_parent=1),
            attachment(6, "2024/05/b.jpg", post_parent=1),
        ),
        lambda made: (
            re.findall(r"(\w)\.jpg", "".join(re.findall(r"<img[^>]*>", made.page("/item-1/"))))[:2] == ["a", "b"]
        ),
        files={"2024/05/a.jpg": b"a", "2024/05/b.jpg": b"b"},
    ),
    "[audio] and [video] (delete the rest of the line)": Row(
        (item(1, f'[audio mp3="{UPLOADS}/a.mp3"]tail\n\n[audio {UPLOADS}/b.mp3]'),),
        lambda made: _all("tail" in made.page("/item-1/"), made.page("/item-1/").count("<audio") == 2),
    ),
    "[playlist] (left as text)": Row(
        (item(1, '[playlist ids="5"]'), attachment(5, "2024/05/a.mp3")),
        lambda made: _all("a.mp3" in made.page("/item-1/"), "[playlist" not in made.page("/item-1/")),
        files={"2024/05/a.mp3": b"sound"},
    ),
    "addresses of films on a line (escaped, or YouTube's longest form only)": Row(
        (item(1, "https://youtu.be/dQw4w9WgXcQ\n\n[embed]https://vimeo.com/146022717[/embed]"),),
        lambda made: _all("{{< youtube dQw4w9WgXcQ >}}" in made.body(), "{{< vimeo 146022717 >}}" in made.body()),
    ),
    "unknown shortcodes (escaped)": Row(
        (item(1, '[my_plugin id="3"]'),),
        lambda made: _all('[my_plugin id="3"]' in made.body(), any("my_plugin" in str(each) for each in made.findings)),
    ),
    "tables (to text; the break in a cell is lost)": Row(
        (item(1, "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>one<br>two</td></tr></tbody></table>"),),
        lambda made: _all("<th>A</th>" in made.page("/item-1/"), re.search(r"one<br\s*/?>two", made.page("/item-1/"))),
    ),
    "languages of code (lost or wrong)": Row(
        (
            item(
                1,
                '<!-- wp:code {"className":"language-php"} -->'
                '<pre class="wp-block-code language-php"><code>a</code></pre>'
                '<!-- /wp:code -->\n<pre class="brush: js; title: ;">b</pre>\n<pre lang="ruby">c</pre>',
            ),
        ),
        lambda made: re.findall(r"^```(\w+)", made.body(), re.MULTILINE) == ["php", "js", "ruby"],
    ),
    "two [sourcecode] in a post (BUG: the first is emptied)": Row(
        (
            item(
                1,
                '[sourcecode language="php"]\nfirst();\n[/sourcecode]\n\n'
                '[sourcecode language="js"]\nsecond();\n[/sourcecode]',
            ),
        ),
        lambda made: _all("first();" in made.body(), "second();" in made.body()),
    ),
    "numbers and blank lines in code (changed)": Row(
        (item(1, "<pre>2. two\n\n\n3. three</pre>"),), lambda made: "2. two\n\n\n3. three" in made.body()
    ),
    "footnotes of blocks (lost)": Row(
        (
            item(
                1,
                '<!-- wp:paragraph --><p>Text<sup data-fn="f1" class="fn"><a href="#f1" id="f1-link">1</a></sup></p>'
                "<!-- /wp:paragraph --><!-- wp:footnotes /-->",
                inner=meta({"footnotes": '[{"id":"f1","content":"The <em>note<\\/em>"}]'}),
            ),
        ),
        lambda made: "[^1]: The *note*" in made.body(),
    ),
    "frames of other sites (dropped)": Row(
        (item(1, '<iframe src="https://open.spotify.com/embed/track/1"></iframe>'),),
        lambda made: "open.spotify.com/embed/track/1" in made.page("/item-1/"),
    ),
    "details, columns, files, buttons (text only)": Row(
        (
            item(
                1,
                '<!-- wp:details --><details class="wp-block-details"><summary>Sum</summary><p>Inside</p></details>'
                '<!-- /wp:details --><!-- wp:columns --><div class="wp-block-columns"><!-- wp:column -->'
                '<div class="wp-block-column"><!-- wp:paragraph --><p>Left</p><!-- /wp:paragraph --></div>'
                '<!-- /wp:column --></div><!-- /wp:columns --><!-- wp:buttons --><div class="wp-block-buttons">'
                '<!-- wp:button --><div class="wp-block-button"><a class="wp-block-button__link" '
                'href="https://b.example/">Go</a></div><!-- /wp:button --></div><!-- /wp:buttons -->',
            ),
        ),
        lambda made: _all(
            "<summary>Sum</summary>" in made.page("/item-1/"),
            "Left" in made.page("/item-1/"),
            'href="https://b.example/"' in made.page("/item-1/"),
        ),
    ),
    "calls of templates in the text (break Hugo, or are executed)": Row(
        (item(1, "<p>Write {{&lt; figure &gt;}} and {{% x %}} and {{ .Site }} and {% raw %}</p>"),),
        lambda made: "{{&lt; figure &gt;}} and {{% x %}} and {{ .Site }} and {% raw %}" in made.page("/item-1/"),
    ),
    "titles with backslashes and entities (a new line; entities kept)": Row(
        (item(1, title="C:\\new &amp; old"),), lambda made: made.values()["title"] == "C:\\new & old"
    ),
    "signs that Markdown would read (escaped too often)": Row(
        (item(1, "<p>snake_case_name costs [1] and 3 * 4</p>"),),
        lambda made: made.body().startswith("snake_case_name costs [1] and 3 "),
    ),
}

_TWO_PICTURES = (
    item(1, f'<p><img src="{UPLOADS}/2024/05/a.jpg"></p>'),
    item(2, f'<p><img src="{UPLOADS}/2024/06/a.jpg"></p>'),
    attachment(5, "2024/05/a.jpg"),
    attachment(6, "2024/06/a.jpg"),
)


def _copies(made: Made) -> set[bytes]:
    return {path.read_bytes() for path in made.folder.rglob("*.jpg") if "public" not in path.parts}


OUTPUT = {
    "an uploads folder beside the export (not used)": Row(
        (item(1, f'<p><a href="{UPLOADS}/2024/05/a.pdf">Paper</a></p>'), attachment(5, "2024/05/a.pdf")),
        lambda made: [path.read_bytes() for path in (made.folder / "public").rglob("a.pdf")] == [b"paper"],
        files={"2024/05/a.pdf": b"paper"},
    ),
    "sizes of a picture (downloaded each, or lost)": Row(
        (item(1, f'<p><img src="{UPLOADS}/2024/05/a-300x200.jpg"></p>'), attachment(5, "2024/05/a.jpg")),
        lambda made: _all("a-300x200" not in made.body(), _copies(made) == {b"whole"}),
        files={"2024/05/a.jpg": b"whole"},
    ),
    "hosts that deliver copies (skipped as external)": Row(
        (
            item(
                1,
                '<p><img src="https://i0.wp.com/old.example/wp-content/uploads/2024/05/a.jpg?resize=300%2C200&#038;ssl=1"></p>',
            ),
            attachment(5, "2024/05/a.jpg"),
        ),
        lambda made: _all("i0.wp.com" not in made.body(), _copies(made) == {b"whole"}),
        files={"2024/05/a.jpg": b"whole"},
    ),
    "two files of one name (collision: the wrong picture)": Row(
        _TWO_PICTURES,
        lambda made: _copies(made) == {b"may", b"june"},
        files={"2024/05/a.jpg": b"may", "2024/06/a.jpg": b"june"},
    ),
    "a link to the whole picture (stays on the old host)": Row(
        (
            item(1, f'<p><a href="{UPLOADS}/2024/05/a.jpg"><img src="{UPLOADS}/2024/05/a-150x150.jpg"></a></p>'),
            attachment(5, "2024/05/a.jpg"),
        ),
        lambda made: SITE not in made.body(),
        files={"2024/05/a.jpg": b"whole"},
    ),
    "missing media (no list; exit 0)": Row(
        (item(1, f'<p><img src="{UPLOADS}/2024/05/gone.jpg">text</p>'), attachment(5, "2024/05/gone.jpg")),
        lambda made: _all("text" in made.page("/item-1/"), any("gone.jpg" in str(each) for each in made.findings)),
        exit_code=1,
        files={"2024/05/other.jpg": b"x"},
    ),
    "two posts of one slug (one overwrites the other)": Row(
        (
            item(1, "one", post_name="dup", link=f"{SITE}/2023/dup/"),
            item(2, "two", post_name="dup", link=f"{SITE}/2024/dup/"),
        ),
        lambda made: _all("one" in made.page("/2023/dup/"), "two" in made.page("/2024/dup/")),
    ),
    "two drafts without slug and date (one overwrites the other)": Row(
        (
            item(
                1,
                "first draft",
                status="draft",
                post_name="",
                post_date="0000-00-00 00:00:00",
                post_date_gmt="0000-00-00 00:00:00",
            ),
            item(
                2,
                "second draft",
                status="draft",
                post_name="",
                post_date="0000-00-00 00:00:00",
                post_date_gmt="0000-00-00 00:00:00",
            ),
        ),
        lambda made: _all("first draft" in made.text, "second draft" in made.text),
    ),
    "draft as a text, not a boolean": Row((item(1, status="draft"),), lambda made: made.values()["draft"] is True),
    "redirects (none)": Row(
        (item(1, inner=meta({"_wp_old_slug": "older"})),), lambda made: made.is_published("/older/")
    ),
    "languages of plug-ins (only in links)": Row(
        (
            item(1, inner=terms(("language", "en", "English"), ("post_translations", "pll_1", "pll_1"))),
            item(
                2,
                link=f"{SITE}/de/item-2/",
                inner=terms(("language", "de", "Deutsch"), ("post_translations", "pll_1", "pll_1")),
            ),
        ),
        lambda made: '<html lang="de">' in made.page("/de/item-2/"),
    ),
    "descriptions for search engines (raw keys)": Row(
        (item(1, inner=meta({"_yoast_wpseo_metadesc": "Said to search engines"})),),
        lambda made: made.values()["description"] == "Said to search engines",
    ),
    "a control character in a body (the body is EMPTY, or its start is lost; exit 0)": Row(
        (item(1, "before \x01after"),),
        lambda made: _all("before after" in made.page("/item-1/"), "HC105" in made.codes),
    ),
    "a link that is no address (kills the run)": Row(
        (item(1, "still here", link="http://[broken"), item(2)),
        lambda made: _all("still here" in made.text, made.is_published("/item-2/")),
    ),
    "elements that are missing (panics)": Row(
        ("<item><title>Bare</title><content:encoded><![CDATA[still here]]></content:encoded></item>",),
        lambda made: "still here" in made.text,
    ),
}


@pytest.mark.parametrize("row", [*READ.values(), *BODIES.values(), *OUTPUT.values()], ids=[*READ, *BODIES, *OUTPUT])
def test_what_others_lose_is_kept(row: Row, tmp_path: Path, make: Callable[..., Made]) -> None:
    made = make(write_export(tmp_path / "old", *row.items, channel=row.channel, files=row.files))
    assert row.check(made)
    assert row.exit_code in (made.exit_code, None)


def test_a_cut_export_gives_what_it_holds_and_never_exit_code_0(tmp_path: Path, make: Callable[..., Made]) -> None:
    text = export(item(1, "whole"), item(2, "cut in the middle"))
    (tmp_path / "export.xml").write_text(text[: text.index("in the middle")], encoding="utf-8")
    made = make(tmp_path / "export.xml")
    assert made.exit_code != 0
    assert "whole" in made.page("/item-1/")


def test_a_file_that_is_no_export_gives_an_error_and_writes_nothing(tmp_path: Path, make: Callable[..., Made]) -> None:
    (tmp_path / "export.xml").write_text("<html>no export</html>", encoding="utf-8")
    made = make(tmp_path / "export.xml", build=False)
    assert made.exit_code == 2
    assert not made.folder.exists()


def test_several_files_of_one_export_are_one_site(tmp_path: Path, make: Callable[..., Made]) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "1.xml").write_text(export(item(1, f'<p><img src="{UPLOADS}/2024/05/a.jpg"></p>')), encoding="utf-8")
    (folder / "2.xml.gz").write_bytes(gzip.compress(export(item(2, "second")).encode()))
    made = make(folder)
    assert made.is_published("/item-1/")
    assert "second" in made.page("/item-2/")


def test_a_second_run_keeps_what_was_edited_by_hand(tmp_path: Path, make: Callable[..., Made]) -> None:
    source = write_export(tmp_path / "old", item(1, "old words"))
    file = make(source).folder / "content/posts/item-1.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nby hand\n", encoding="utf-8")
    assert any("content/posts/item-1.md was changed" in each["message"] for each in make(source).findings)
    assert "by hand" in file.read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    source = write_export(tmp_path / "old", item(1))
    assert main(["convert", str(source), str(tmp_path / "new"), "--to", "hugo", "--dry-run"]) == 0
    assert not (tmp_path / "new").exists()


def test_the_way_back_is_an_export_again(tmp_path: Path, make: Callable[..., Made]) -> None:
    made = make(write_export(tmp_path / "old", item(1, "there and back")))
    report = hc.convert(made.folder, tmp_path / "back.xml", from_="hugo", to="wordpress")
    assert report.failed == 0
    assert "there and back" in (tmp_path / "back.xml").read_text(encoding="utf-8")
