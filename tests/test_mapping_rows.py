"""What Jekyll and Hugo have for the same thing: a small site for each row of the mapping, what becomes of it, or the
finding that names what is lost, with its remedy.

The rows without a loss are also built by the real programs, all of one direction in one site where they can be.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from built_sites import build_made_jekyll
from folders import write
from programs import needs_jekyll

import hugoconv as hc
from hugoconv.report.codes import CODES

Build = Callable[..., "subprocess.CompletedProcess[str]"]
HUGO, JEKYLL = 'baseURL = "https://example.org/"\n', "permalink: pretty\n"


@dataclass(frozen=True)
class Row:
    """A site, what the new files hold (behind "not:" what they must not hold, None for one that must not be there)."""

    old: dict[str, str]
    new: dict[str, str | None] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    """The codes of all findings."""


def to_jekyll(old: dict[str, str], new: dict[str, str | None], *codes: str) -> Row:
    return Row({"hugo.toml": HUGO, **old}, new, frozenset(codes))


def to_hugo(old: dict[str, str], new: dict[str, str | None], *codes: str) -> Row:
    return Row({"_config.yml": JEKYLL, **old}, new, frozenset(codes))


def page(matter: str, body: str = "") -> str:
    return f"---\ntitle: T\n{matter}---\n{body}"


def hugo_key(matter: str, wanted: str, *codes: str) -> Row:
    """A dated post of Hugo's with a line of front matter."""
    return to_jekyll(
        {"content/posts/a.md": page(f"date: 2020-01-02\n{matter}")}, {"_posts/2020-01-02-a.md": wanted}, *codes
    )


def jekyll_key(matter: str, wanted: str, *codes: str) -> Row:
    return to_hugo({"_posts/2020-01-02-a.md": page(matter)}, {"content/posts/2020-01-02-a.md": wanted}, *codes)


def hugo_body(body: str, wanted: str, *codes: str) -> Row:
    return to_jekyll({"content/a.md": page("", body)}, {"a.md": wanted}, *codes)


def jekyll_body(body: str, wanted: str, *codes: str) -> Row:
    return to_hugo({"a.md": page("", body)}, {"content/a.md": wanted}, *codes)


def setting(config: str, wanted: str, *codes: str) -> Row:
    """A setting of Jekyll's beside a post and a page."""
    files = {"_posts/2020-01-02-a.md": page(""), "b.md": page("")}
    return Row({"_config.yml": config, **files}, {"hugo.toml": wanted}, frozenset(codes))


BUNDLE = {"content/posts/b/index.md": page("date: 2020-01-02\n", "![x](a.png)\n"), "content/posts/b/a.png": "png"}
FRENCH = "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n"
FILES: dict[str, Row] = {
    "a post": hugo_key("", "date: 2020-01-02"),
    "a post with its date in its name": to_jekyll(
        {"content/posts/2020-01-02-x.md": page("date: 2020-01-02\n")},
        {"_posts/2020-01-02-x.md": "permalink: /posts/2020-01-02-x/"},
    ),
    "a leaf bundle": to_jekyll(BUNDLE, {"_posts/2020-01-02-b.md": "![x](a.png)", "posts/b/a.png": "png"}),
    "a text of a bundle": to_jekyll(
        {**BUNDLE, "content/posts/b/extra.md": page("date: 2020-01-02\n")},
        {"_posts/2020-01-02-extra.md": "published: false"},
        "HC210",
    ),
    "a branch bundle": to_jekyll(
        {"content/docs/_index.md": page(""), "content/docs/a.md": page("")},
        {"docs/index.md": "title: T", "docs/a.md": "title: T"},
    ),
    "a headless bundle": to_jekyll(
        {"content/h/index.md": page("headless: true\n")}, {"h/h.md": "published: false"}, "HC210"
    ),
    "a section that is never rendered": to_jekyll(
        {"content/_h/_index.md": page("build: {render: never}\n")}, {"h/index.md": "published: false"}, "HC210"
    ),
    "a page that is never rendered": to_jekyll(
        {"content/h.md": page("build: {render: never}\n")}, {"h.md": "published: false"}, "HC210"
    ),
    "translations": to_jekyll(
        {"hugo.toml": HUGO + FRENCH, "content/a.md": page(""), "content/a.fr.md": page("")},
        {"fr/a.md": "lang: fr\n", "_data/languages.yml": "fr"},
    ),
    "a draft with a date": hugo_key("draft: true\n", "published: false"),
    "a draft without a date": to_jekyll({"content/posts/a.md": page("draft: true\n")}, {"_drafts/a.md": "title: T"}),
    "static files": to_jekyll(
        {"static/a/x.txt": "x", "static/_b.txt": "b"}, {"a/x.txt": "x", "_config.yml": "- _b.txt"}
    ),
    "assets": to_jekyll({"assets/x.scss": "a {}"}, {"_original/assets/x.scss": "a {}"}, "HC406"),
    "data": to_jekyll({"data/a.toml": "x = 1\n", "data/b.json": "{}"}, {"_data/a.yml": "x: 1", "_data/b.json": "{}"}),
    "layouts": to_jekyll({"layouts/page.html": "x"}, {"_original/layouts/page.html": "x"}, "HC308"),
    "other markups": to_jekyll({"content/a.rst": page("", "x\n")}, {"a.md": None}, "HC309"),
    "pages made of templates": to_jekyll(
        {"content/a/_content.gotmpl": "x"}, {"_original/content/a/_content.gotmpl": "x"}, "HC308"
    ),
    "a feed that Liquid fills": to_hugo(
        {"feed.xml": "---\n---\n<rss/>"}, {"original/feed.xml": "<rss/>", "static/feed.xml": None}, "HC403"
    ),
    "a style sheet that Sass makes": to_hugo(
        {"assets/main.scss": "---\n---\na {}"}, {"original/assets/main.scss": "a {}"}, "HC403"
    ),
    "tables between tabs": to_hugo({"_data/a.tsv": "x\ty\n1\t2\n"}, {"data/a.csv": "x,y"}),
    "Jekyll's layouts and includes": to_hugo(
        {"_layouts/a.html": "x", "_includes/b.html": "x"},
        {"original/_layouts/a.html": "x", "original/_includes/b.html": "x"},
        "HC308",
    ),
    "a post in HTML": to_hugo(
        {"_posts/2020-01-02-a.html": page("", "<p>x</p>")}, {"hugo.toml": 'allowContent = [".*"]'}
    ),
    "a collection": to_hugo(
        {"_config.yml": "collections: {docs: {output: true}}\n", "_docs/a.md": page("")},
        {"content/docs/a.md": "url: /docs/a.html"},
    ),
}
KEYS: dict[str, Row] = {
    "title": hugo_key("", "title: T"),
    "lastmod": hugo_key("lastmod: 2020-03-04\n", "last_modified_at: 2020-03-04"),
    "publishDate": hugo_key("publishDate: 2020-03-04\n", "publishDate: 2020-03-04"),
    "expiryDate": hugo_key("expiryDate: 2020-03-04\n", "published: false", "HC210"),
    "slug": hugo_key("slug: b\n", "slug: b"),
    "url": hugo_key("url: /x/y/\n", "permalink: /x/y/"),
    "aliases": hugo_key("aliases: [/x]\n", "redirect_from: [/x/]"),
    "weight": hugo_key("weight: 3\n", "weight: 3"),
    "layout": hugo_key("layout: wide\n", "layout: wide"),
    "type": to_jekyll({"content/a.md": page("type: note\n")}, {"a.md": "type: note"}),
    "description": hugo_key("description: D\n", "description: D"),
    "summary": hugo_key("summary: S\n", "excerpt: S"),
    "categories": hugo_key("categories: [a b, c]\n", "categories: [a b, c]"),
    "tags": hugo_key("tags: [a b, c]\n", "tags: [a b, c]"),
    "other taxonomies": hugo_key("series: [s]\nkeywords: [k]\n", "series: [s]\nkeywords: [k]"),
    "authors": hugo_key("authors: [A]\n", "authors: [A]"),
    "a picture": hugo_key("images: [/a.png]\n", "image: /a.png"),
    "pictures": hugo_key("images: [/a.png, /b.png]\n", "image: /a.png\nimages:\n  - /a.png\n  - /b.png"),
    "params": hugo_key("params: {a: 1}\n", "params: {a: 1}"),
    "menus": hugo_key("menus: main\n", "menus: main"),
    "inert keys": hugo_key(
        "resources: []\noutputs: [html]\ntranslationKey: k\nlinkTitle: L\nisCJKLanguage: true\n",
        "resources: []\noutputs: [html]\ntranslationKey: k\nlinkTitle: L\nisCJKLanguage: true",
    ),
    "cascade": to_jekyll(
        {"content/docs/_index.md": page("cascade: {mood: calm}\n"), "content/docs/a.md": page("")},
        {"docs/a.md": "mood: calm"},
    ),
    "redirect_to": jekyll_key("redirect_to: /x/\n", "redirect_to: /x/"),
    "redirect_from": jekyll_key("redirect_from: /x/\n", "aliases:\n  - /x/"),
    "last_modified_at": jekyll_key("last_modified_at: 2020-03-04\n", "lastmod: 2020-03-04"),
    "excerpt": jekyll_key("excerpt: E\n", "summary: E"),
    "author": jekyll_key("author: A\n", "author: A"),
    "image": jekyll_key("image: /a.png\n", "image: /a.png"),
    "excerpt_separator": to_hugo(
        {"_posts/2020-01-02-a.md": page("excerpt_separator: <!--cut-->\n", "a\n\n<!--cut-->\n\nb\n")},
        {"content/posts/2020-01-02-a.md": "a\n\n<!--more-->\n\nb\n"},
    ),
    "render_with_liquid": to_hugo(
        {"_posts/2020-01-02-a.md": page("render_with_liquid: false\n", "{{ site.title }}\n")},
        {"content/posts/2020-01-02-a.md": "{{ site.title }}"},
    ),
    "keys of themes": jekyll_key("comments: true\ntoc: true\npin: true\n", "comments: true\ntoc: true\npin: true"),
}
SETTINGS: dict[str, Row] = {
    "title, description, author": setting("title: S\ndescription: D\nauthor: A\n", 'title = "S"'),
    "url and baseurl": setting("url: https://a.example\nbaseurl: /b\n", 'baseURL = "https://a.example/b/"'),
    "timezone": setting("timezone: Europe/Berlin\n", 'timeZone = "Europe/Berlin"'),
    "permalink": Row(
        {"_config.yml": "permalink: /:year/:title/\n", "_posts/2020-01-02-a.md": page("")},
        {"content/posts/2020-01-02-a.md": "url: /2020/a/"},
    ),
    "defaults": Row(
        {
            "_config.yml": "defaults: [{scope: {path: '', type: posts}, values: {mood: calm}}]\n",
            "_posts/2020-01-02-a.md": page(""),
        },
        {"content/posts/2020-01-02-a.md": "mood: calm"},
    ),
    "future": setting("future: true\n", "buildFuture = true"),
    "excerpt_separator": setting('excerpt_separator: "<!--x-->"\n', "not:<!--x-->"),
    "paginate": setting("paginate: 7\n", "pagerSize = 7"),
    "lang": setting("lang: de\n", '"de"'),
    "kramdown": setting("kramdown: {auto_ids: false}\n", "autoHeadingID = false"),
    "exclude": Row({"_config.yml": "exclude: [x.txt]\n", "x.txt": "x"}, {"static/x.txt": None, "original/x.txt": "x"}),
    "plugins": setting("plugins: [jekyll-seo-tag, jekyll-feed]\n", "[outputFormats.rss]"),
    "plugins that nobody knows": setting("plugins: [my-plugin]\n", "", "HC330"),
    "sass": setting("sass: {style: compressed}\n", "", "HC330"),
    "theme": setting("theme: minima\n", "", "HC330"),
}
BODIES: dict[str, Row] = {
    "highlight": jekyll_body(
        '{% highlight go linenos mark_lines="1 2" %}\nx\n{% endhighlight %}\n',
        "```go {linenos=true,hl_lines=[1,2]}\nx\n```",
    ),
    "highlight by another name": jekyll_body(
        "{% highlight html+php linenos %}\nx\n{% endhighlight %}\n", "```phtml {linenos=true}\nx\n```"
    ),
    "a fence with attributes": hugo_body(
        "```go {linenos=true,hl_lines=[1,2]}\nx\n```\n",
        '{% highlight go linenos mark_lines="1 2" %}\nx\n{% endhighlight %}',
    ),
    "raw": jekyll_body("{% raw %}{{ x }} {{< y >}}{% endraw %}\n", "{{ x }} {{</* y */>}}"),
    "escaped shortcodes": hugo_body("{{</* x */>}}\n", "{% raw %}{{< x >}}{% endraw %}"),
    "post_url": to_hugo(
        {"_posts/2020-01-02-x.md": page(""), "a.md": page("", "{% post_url 2020-01-02-x %}\n")},
        {"content/a.md": "/2020/01/02/x/"},
    ),
    "link": jekyll_body("{% link a.md %}\n", "/a/"),
    "ref": hugo_body('[x]({{< ref "a" >}}#h)\n', "absolute_url }}#h"),
    "relative_url": jekyll_body("{{ '/a' | relative_url }} {{ site.baseurl }}/b\n", "/a /b"),
    "absolute_url": Row(
        {"_config.yml": JEKYLL + "url: https://e.example\n", "a.md": page("", "{{ '/a' | absolute_url }}\n")},
        {"content/a.md": "https://e.example/a"},
    ),
    "values of the page": jekyll_body("{{ page.title }}\n", "T\n"),
    "a figure": jekyll_body(
        '{% include figure.html src="/a.png" caption="C" %}\n', '{{< figure src="/a.png" caption="C" >}}', "HC307"
    ),
    "an include of the site's own": to_hugo(
        {"_includes/x.html": "<b>{{ include.a }}</b>", "a.md": page("", '{% include x.html a="1" %}\n')},
        {"content/a.md": "<b>1</b>"},
        "HC308",
        "HC317",
    ),
    "a gist": jekyll_body("{% gist a/1 f.rb %}\n", '{{< gist "a/1" "f.rb" >}}'),
    "a comment": jekyll_body("a {% comment %}b{% endcomment %} c\n", "<!--b-->"),
    "programs": jekyll_body("{% if true %}yes{% endif %}\n", "yes", "HC317"),
    "a program that cannot run": jekyll_body("{{ site.time }}\n", "<!--", "HC302"),
    "a film": jekyll_body("{% youtube abcdefghijk %}\n", "{{< youtube abcdefghijk >}}"),
    "a shortcode of the site's own": hugo_body(
        '{{< note k="v" >}}\n', '{% include shortcodes/note.html k="v" %}', "HC340"
    ),
    "one that encloses": hugo_body(
        "{{< note >}}a{{< /note >}}\n",
        "{% capture inner1 %}a{% endcapture %}{% include shortcodes/note.html inner=inner1 %}",
        "HC340",
    ),
    "one of Markdown": hugo_body("{{% note %}}\n", "{% include shortcodes/note.html md=1 %}", "HC340"),
    "qr": hugo_body('{{< qr text="a" />}}\n', "shortcodes/qr.html", "HC340"),
    "param": hugo_body('{{< param "title" >}}\n', "T\n"),
    "an inline shortcode": hugo_body("{{< x.inline >}}a{{< /x.inline >}}\n", "x.inline", "HC301"),
    "literal braces": hugo_body("`{{ x }}` {% k %}\n", "{% raw %}{{ x }}` {% k %}{% endraw %}"),
    "attributes of a paragraph": jekyll_body("a\n{: .b #c}\n", "a\n{.b #c}"),
    "attributes of a heading": hugo_body("## H {#i .c k=v}\n", '## H\n{: #i .c k="v"}'),
    "attributes in a line": jekyll_body("[a](b){: .c}\n", '<a href="b" class="c">a</a>'),
    "a table of contents": jekyll_body("* TOC\n{:toc}\n\n## A\n", "{{< toc >}}"),
    "options": jekyll_body('{::options auto_ids="false" /}\nx\n', "not:{::options", "HC311"),
    "nomarkdown": jekyll_body("{::nomarkdown}<b>x</b>{:/}\n", "<b>x</b>"),
    "an address with a space": jekyll_body(
        "[x](/a b#c d) [y]({{ '/e' | relative_url }}#f g) [z]({{ '/h' | relative_url }} 'i j')\n",
        "[x](</a b#c d>) [y](</e#f g>) [z](/h 'i j')",
    ),
    "nomarkdown in a line": jekyll_body(
        "x {::nomarkdown}<ul>{:/}y{::nomarkdown}</ul>{:/} <p>\n", "x <ul>y</ul> &lt;p>"
    ),
    "kramdown's comment": jekyll_body("{::comment}\nx\n{:/comment}\n", "<!--"),
    "definitions of attributes": jekyll_body("{:x: .a}\n\nb\n{: x}\n", "b\n{.a}"),
    "formulas": jekyll_body("a $$x$$ b\n\n$$\ny\n$$\n", "a \\(x\\) b\n\n$$\ny\n$$"),
    "notes": hugo_body("a[^1]\n\n[^1]: b\n", "a[^1]\n\n[^1]: b"),
    "ids of headings": hugo_body("## A, B\n", "## A, B\n"),
    "ids of kramdown's own parser": Row(
        {"_config.yml": JEKYLL + "kramdown: {input: kramdown}\n", "a.md": page("", "## 1.2 V\n")},
        {"content/a.md": "## 1.2 V {#v}"},
    ),
    "abbreviations": jekyll_body("An HTML.\n\n*[HTML]: Words\n", '<abbr title="Words">HTML</abbr>'),
    "markdown=1": jekyll_body('<div markdown="1">\n*a*\n</div>\n', "<div>\n\n*a*\n"),
    "raw HTML": jekyll_body("<p>a</p>\n", "<p>a</p>"),
    "bare addresses": hugo_body("https://e.example/\n", "<https://e.example/>"),
    "the divider": hugo_body("a\n\n<!--more-->\n\nb\n", "a\n\n<!--more-->\n\nb\n"),
}
ROWS = {
    f"{table}: {name}": row
    for table, rows in {"files": FILES, "keys": KEYS, "settings": SETTINGS, "bodies": BODIES}.items()
    for name, row in rows.items()
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_row(row: Row, tmp_path: Path, build_hugo: Build) -> None:
    old = write(tmp_path / "old", row.old)
    target = "jekyll" if "hugo.toml" in row.old else "hugo"
    report = hc.convert(old, tmp_path / "new", to=target)
    said = {finding.code for finding in report.findings}
    assert said == row.codes
    assert all(CODES[code].remedy for code in said)
    for name, text in row.new.items():
        path = tmp_path / "new" / name
        made = path.read_text() if path.is_file() else None
        if text is None:
            assert made is None
        elif text.startswith("not:"):
            assert text.removeprefix("not:") not in (made or "")
        else:
            assert made is not None
            assert text in made
    if target == "hugo":
        built = build_hugo(tmp_path / "new")
        assert built.returncode == 0, built.stdout + built.stderr


@needs_jekyll
def test_jekyll_builds_what_was_written(tmp_path: Path) -> None:
    plain = [row.old for row in ROWS.values() if row.old.get("hugo.toml") == HUGO]
    pages = {
        f"content/row{number}/{name.removeprefix('content/')}": text
        for number, old in enumerate(plain)
        for name, text in old.items()
        if name.startswith("content/") and not name.endswith(".gotmpl")
    }
    old = write(tmp_path / "old", {"hugo.toml": HUGO, **pages})
    hc.convert(old, tmp_path / "new", to="jekyll")
    build_made_jekyll(tmp_path / "new", tmp_path / "built")
    for number, files in enumerate(plain):
        if "content/a.md" in files and "---" in files["content/a.md"]:
            assert (tmp_path / f"built/row{number}/a/index.html").is_file()
