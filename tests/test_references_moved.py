"""What a page mentions is there after the move: each kind of reference, in each direction, as the new program shows it.

Every file says its own name, and every page says its own in its text. A row is what a page mentions and the names that
a reader finds there; the new site is built by its own program, and what stands at each address of the page is read.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from folders import write
from lxml import html
from programs import HUGO, JEKYLL, needs_jekyll
from wordpress_export import UPLOADS, attachment, item, write_export

import hugoconv
from hugoconv.report.findings import Findings
from hugoconv.systems.wordpress.wxr.index import index, read_items

HOST = "https://old.example"
START, END = "Here it begins.", "Here it ends."
NAME = re.compile(r"«(.+?)»")


def page(name: str, matter: str = "", text: str = "") -> str:
    return f"---\ntitle: {name}\n{matter}---\nThis is «{name}».\n\n## Part two\n\n{text}\n"


def mentioning(name: str, text: str, matter: str = "") -> str:
    return f"---\ntitle: {json.dumps(name)}\n{matter}---\n{START}\n\n{text}\n\n{END}\n"


def files(*names: str) -> dict[str, str]:
    return {name: f"«{name.rpartition('/')[2]}»" for name in names}


HUGO_SITE = {
    "hugo.toml": f'baseURL = "{HOST}/"\ntitle = "Old"\n[markup.goldmark.renderer]\nunsafe = true\n'
    '[[module.mounts]]\nsource = "static"\ntarget = "static"\n'
    '[[module.mounts]]\nsource = "pictures"\ntarget = "static/shared"\n'
    '[[module.mounts]]\nsource = "content"\ntarget = "content"\n'
    '[[module.mounts]]\nsource = "notes"\ntarget = "content/deep/notes"\n',
    "notes/mounted.md": page("mounted page"),
    **files(
        "static/img/sea.png", "static/img/my photo.png", "static/img/été.png", "static/doc/plan.pdf",
        "static/film.mp4", "pictures/mounted.png", "content/posts/bundle/own.png", "notes/aside.png",
        "assets/icons/star.svg",
    ),
    "content/posts/plain.md": page("plain", "date: 2024-01-01\ntags: [Sea]\naliases: [/old/plain/]\n"),
    "content/posts/bundle/index.md": page("bundle", "date: 2024-01-02\n"),
    "content/docs/guide.md": page("guide", "slug: handbook\n"),
    "content/docs/_index.md": page("docs"),
}  # fmt: skip
HUGO_BODIES: dict[str, tuple[str, list[str]]] = {
    "a picture": ("![](/img/sea.png)", ["sea.png"]),
    "a picture of the old host": (f"![]({HOST}/img/sea.png)", ["sea.png"]),
    "a picture of the old host with www": ("![](http://www.old.example/img/sea.png)", ["sea.png"]),
    "a picture without the scheme": ("![](//old.example/img/sea.png)", ["sea.png"]),
    "a picture relative to the page": ("![](../../img/sea.png)", ["sea.png"]),
    "percent-encoding": ("![](/img/my%20photo.png)", ["my photo.png"]),
    "blanks in angle brackets": ("![](</img/my photo.png>)", ["my photo.png"]),
    "other letters": ("![](/img/été.png) ![](/img/%C3%A9t%C3%A9.png)", ["été.png", "été.png"]),
    "a query": ("![](/img/sea.png?v=2)", ["sea.png"]),
    "a page's own file": ("![](mine.png)", ["mine.png"]),
    "a page's own file, dotted": ("![](./mine.png)", ["mine.png"]),
    "the file of another page": ("![](/posts/bundle/own.png)", ["own.png"]),
    "a mount": ("![](/shared/mounted.png)", ["mounted.png"]),
    "a mounted page and its file": (
        "[x](/deep/notes/mounted/) ![](/deep/notes/aside.png)",
        ["mounted page", "aside.png"],
    ),
    "a definition": ("![x][p]\n\n[p]: /img/sea.png", ["sea.png"]),
    "HTML": ('<img src="/img/sea.png">', ["sea.png"]),
    "HTML of the page's own file": ('<img src="mine.png">', ["mine.png"]),
    "a set of sources": (
        f'<img src="/img/sea.png" srcset="/img/sea.png 1x, {HOST}/img/my%20photo.png 2x">',
        ["sea.png", "sea.png", "my photo.png"],
    ),
    "a film and its poster": ('<video src="/film.mp4" poster="/img/sea.png"></video>', ["film.mp4", "sea.png"]),
    "a style": ("<p style=\"background: url('/img/sea.png')\">x</p>", ["sea.png"]),
    "a document": ("[plan](/doc/plan.pdf)", ["plan.pdf"]),
    "a figure": ('{{< figure src="/img/sea.png" alt="x" >}}', ["sea.png"]),
    "a figure of the page's own file": ('{{< figure src="mine.png" link="/posts/plain/" >}}', ["plain", "mine.png"]),
    "a page": ("[x](/posts/plain/)", ["plain"]),
    "a page's anchor": ("[x](/posts/plain/#part-two)", ["plain#part-two"]),
    "a page of the old host": (f"[x]({HOST}/posts/plain/)", ["plain"]),
    "a page relative to this one": ("[x](../plain/)", ["plain"]),
    "an old address of a page": ("[x](/old/plain/)", ["plain"]),
    "ref": ('[x]({{< ref "plain" >}})', ["plain"]),
    "ref with an anchor": ('[x]({{< ref "plain#part-two" >}})', ["plain#part-two"]),
    "relref by path": ('[x]({{< relref "/posts/plain.md" >}})', ["plain"]),
    "relref to a bundle": ('[x]({{% relref "posts/bundle" %}})', ["bundle"]),
    "a page with a slug": ('[x]({{< ref "/docs/guide" >}}) [y](/docs/handbook/)', ["guide", "guide"]),
    "a page of a section": ("[x](/docs/)", ["docs"]),
}
IN_JEKYLL = {"images": ("", ["sea.png", "sea.png", "my photo.png"])}
"""Jekyll reads one picture, `image`, which is the first of `images` again."""
HUGO_MATTERS: dict[str, tuple[str, list[str]]] = {
    "image": ("image: /img/sea.png\n", ["sea.png"]),
    "images": ("images: [/img/sea.png, /img/my photo.png]\n", ["sea.png", "my photo.png"]),
    "cover.image": ("cover:\n  image: mine.png\n", ["mine.png"]),
    "featured_image": (f"featured_image: {HOST}/img/sea.png\n", ["sea.png"]),
    "header.image": ("header: {image: img/sea.png}\n", ["sea.png"]),
    "resources[].src": ("resources:\n- src: mine.png\n  title: Mine\n", ["mine.png"]),
    "a gallery": ("gallery:\n- /img/sea.png\n- mine.png\n", ["sea.png", "mine.png"]),
    "a picture that templates publish": ("icon: icons/star.svg\n", ["star.svg"]),
    "a mount in front matter": ("thumbnail: /shared/mounted.png\n", ["mounted.png"]),
}

JEKYLL_SITE = {
    "_config.yml": f"title: Old\nurl: {HOST}\nbaseurl: /blog\npermalink: /:year/:title/\n"
    "collections:\n  notes:\n    output: true\n",
    **files(
        "assets/sea.png", "assets/my photo.png", "assets/été.png", "doc/plan.pdf", "film.mp4", "about/me.png",
    ),
    "_posts/2024-01-01-plain.md": page("plain", "redirect_from: /old/plain/\ntags: [Sea]\n"),
    "_notes/one.md": page("note"),
    "about/index.md": page("about"),
    "_includes/figure.html": '<img src="{{ include.src | relative_url }}">',
}  # fmt: skip
JEKYLL_BODIES: dict[str, tuple[str, list[str]]] = {
    "a picture": ("![](/blog/assets/sea.png)", ["sea.png"]),
    "a picture below site.baseurl": ("![]({{ site.baseurl }}/assets/sea.png)", ["sea.png"]),
    "a picture below site.url": ("![]({{ site.url }}{{ site.baseurl }}/assets/sea.png)", ["sea.png"]),
    "relative_url": ("![]({{ '/assets/sea.png' | relative_url }})", ["sea.png"]),
    "absolute_url": ('<img src="{{ "/assets/sea.png" | absolute_url }}">', ["sea.png"]),
    "prepend": ('<img src="{{ "/assets/sea.png" | prepend: site.baseurl }}">', ["sea.png"]),
    "a picture of the old host": (f"![]({HOST}/blog/assets/sea.png)", ["sea.png"]),
    "a picture relative to the page": ("![](../../assets/sea.png)", ["sea.png"]),
    "percent-encoding": ("![](/blog/assets/my%20photo.png)", ["my photo.png"]),
    "other letters": ("![](/blog/assets/été.png)", ["été.png"]),
    "the file of a page": ("![](/blog/about/me.png)", ["me.png"]),
    "a set of sources": (
        '<img src="/blog/assets/sea.png" '
        'srcset="/blog/assets/sea.png 1x, {{ site.baseurl }}/assets/my%20photo.png 2x">',
        ["sea.png", "sea.png", "my photo.png"],
    ),
    "a film and its poster": (
        '<video src="/blog/film.mp4" poster="{{ site.baseurl }}/assets/sea.png"></video>',
        ["film.mp4", "sea.png"],
    ),
    "a style": ("<p style=\"background: url('{{ site.baseurl }}/assets/sea.png')\">x</p>", ["sea.png"]),
    "a document": ("[plan]({{ site.baseurl }}/doc/plan.pdf)", ["plan.pdf"]),
    "a definition": ("![x][p]\n\n[p]: {{ site.baseurl }}/assets/sea.png", ["sea.png"]),
    "an include": ('{% include figure.html src="/assets/sea.png" %}', ["sea.png"]),
    "post_url": ("[x]({{ site.baseurl }}{% post_url 2024-01-01-plain %})", ["plain"]),
    "post_url alone": ("[x]({% post_url 2024-01-01-plain %})", ["plain"]),
    "post_url with an anchor": ("[x]({% post_url 2024-01-01-plain %}#part-two)", ["plain#part-two"]),
    "link": ("[x]({% link about/index.md %})", ["about"]),
    "link to a file": ("[x]({% link doc/plan.pdf %})", ["plan.pdf"]),
    "link to a document": ("[x]({% link _notes/one.md %})", ["note"]),
    "a page": ("[x](/blog/2024/plain/)", ["plain"]),
    "a page of the old host": (f"[x]({HOST}/blog/2024/plain/#part-two)", ["plain#part-two"]),
    "a page relative to this one": ("[x](../plain/)", ["plain"]),
    "an old address of a page": ("[x](/blog/old/plain/)", ["plain"]),
    "a page in a folder": ("[x](/blog/about/)", ["about"]),
}
JEKYLL_MATTERS: dict[str, tuple[str, list[str]]] = {
    "image": ("image: /assets/sea.png\n", ["sea.png"]),
    "image.path": ("image:\n  path: /assets/sea.png\n  alt: x\n", ["sea.png"]),
    "cover.image": ("cover:\n  image: assets/sea.png\n", ["sea.png"]),
    "header.overlay_image": ("header: {overlay_image: /assets/my photo.png}\n", ["my photo.png"]),
    "a gallery": (
        "gallery:\n- image_path: /assets/sea.png\n- url: /assets/my photo.png\n",
        ["sea.png", "my photo.png"],
    ),
}

EXPORT_FILES = ("2024/05/sea.png", "2024/05/my photo.png", "2024/05/été.png", "2024/05/plan.pdf", "2024/05/film.mp4")
EXPORT_ITEMS = (
    item(2, "This is «plain».\n\n<h2>Part two</h2>", post_name="plain", link=f"{HOST}/2024/05/plain/"),
    item(3, "This is «about».", post_type="page", post_name="about", link=f"{HOST}/about/"),
    *(attachment(10 + number, path) for number, path in enumerate(EXPORT_FILES)),
)
EXPORT_BODIES: dict[str, tuple[str, list[str]]] = {
    "a picture": (f'<img src="{UPLOADS}/2024/05/sea.png" />', ["sea.png"]),
    "a picture without the host": ('<img src="/wp-content/uploads/2024/05/sea.png" />', ["sea.png"]),
    "a picture of the host with www": (
        '<img src="http://www.old.example/wp-content/uploads/2024/05/sea.png" />',
        ["sea.png"],
    ),
    "a picture without the scheme": ('<img src="//old.example/wp-content/uploads/2024/05/sea.png" />', ["sea.png"]),
    "a smaller copy": (f'<img src="{UPLOADS}/2024/05/sea-300x200.png" />', ["sea.png"]),
    "percent-encoding": (f'<img src="{UPLOADS}/2024/05/my%20photo.png" />', ["my photo.png"]),
    "other letters": (f'<img src="{UPLOADS}/2024/05/%C3%A9t%C3%A9.png" />', ["été.png"]),
    "a query": (f'<img src="{UPLOADS}/2024/05/sea.png?w=300" />', ["sea.png"]),
    "a set of sources": (
        f'<figure><img src="{UPLOADS}/2024/05/sea.png" srcset="{UPLOADS}/2024/05/sea-300x200.png 300w, '
        f'{UPLOADS}/2024/05/my%20photo.png 600w" /></figure>',
        ["sea.png"],
    ),
    "a film and its poster": (
        f'<video src="{UPLOADS}/2024/05/film.mp4" poster="{UPLOADS}/2024/05/sea.png" controls></video>',
        ["film.mp4", "sea.png"],
    ),
    "a document": (f'<a href="{UPLOADS}/2024/05/plan.pdf">plan</a>', ["plan.pdf"]),
    "a caption": (
        f'[caption id="attachment_10" width="300"]<a href="{UPLOADS}/2024/05/sea.png">'
        f'<img src="{UPLOADS}/2024/05/sea-300x200.png" /></a> Sea[/caption]',
        ["sea.png", "sea.png"],
    ),
    "a gallery": ('[gallery ids="10,11" link="none"]', ["sea.png", "my photo.png"]),
    "a block of a picture": (
        f'<!-- wp:image {{"id":10}} -->\n<figure class="wp-block-image"><img src="{UPLOADS}/2024/05/sea.png" alt="" '
        'class="wp-image-10"/></figure>\n<!-- /wp:image -->',
        ["sea.png"],
    ),
    "a cover": (
        f'<!-- wp:cover {{"url":"{UPLOADS}/2024/05/sea.png","id":10}} -->\n<div class="wp-block-cover">'
        f'<img class="wp-block-cover__image-background" alt="" src="{UPLOADS}/2024/05/sea.png"/>'
        '<div class="wp-block-cover__inner-container"><!-- wp:paragraph --><p>x</p><!-- /wp:paragraph --></div></div>\n'
        "<!-- /wp:cover -->",
        ["sea.png"],
    ),
    "a page": (f'<a href="{HOST}/2024/05/plain/">x</a>', ["plain"]),
    "a page without the host": ('<a href="/2024/05/plain/">x</a>', ["plain"]),
    "a page of the host with www": ('<a href="https://www.old.example/about/">x</a>', ["about"]),
    "a page by its number": (f'<a href="{HOST}/?p=2">x</a>', ["plain"]),
    "a page's anchor": (f'<a href="{HOST}/2024/05/plain/#part-two">x</a>', ["plain#part-two"]),
}

# The programs that show it -------------------------------------------------------------------------------------------


def build_hugo(site: Path) -> Path:
    run = subprocess.run([HUGO, "--quiet", "-D"], cwd=site, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return site / "public"


def build_jekyll(site: Path) -> Path:
    assert JEKYLL
    run = subprocess.run([JEKYLL, "build", "--quiet"], cwd=site, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return site / "_site"


PROGRAMS = {"hugo": build_hugo, "jekyll": build_jekyll}
_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]*)")


def mentioned(text: str) -> list[str]:
    """Return the addresses in a piece of a page, in order, read by lxml and not by the project."""
    found: list[str] = []
    for element in html.fragment_fromstring(text, create_parent="div").iter():
        if not isinstance(element.tag, str) or "anchor" in (element.get("class") or ""):
            continue
        found += (element.get(name) for name in ("href", "src") if element.get(name))
        found += (each.split()[0] for each in (element.get("srcset") or "").split(", ") if each)
        found += filter(None, (element.get("poster"),))
        found += _STYLE.findall(element.get("style") or "")
    return found


def between(text: str) -> str:
    return text.partition(START)[2].partition(END)[0].partition("</p>")[2].rpartition("<p>")[0]


def found_at(built: Path, base: str, address: str, of: str) -> str:
    """Return the name that a reader finds at an address mentioned on a page, "" when nothing is there."""
    parts = urlsplit(urljoin(f"{HOST}{base}{of}", address))
    if parts.netloc.removeprefix("www.") != urlsplit(HOST).netloc:
        return address
    path = unquote(parts.path).removeprefix(base).strip("/")
    places = (built / path, built / path / "index.html", built / f"{path}.html")
    file = next((place for place in places if place.is_file()), None)
    if file is None:
        return ""
    text = file.read_text(encoding="utf-8")
    if moved := re.search(r'http-equiv="?refresh"? content="0; ?url=([^"]+)"', text):
        return found_at(built, base, moved[1], of)
    name = NAME.search(text)
    anchor = unquote(parts.fragment)
    if anchor and f"id={anchor}" not in text.replace('"', ""):
        return f"no {anchor} on {path}"
    return (name[1] if name else "") + (f"#{anchor}" if anchor else "")


class Moved:
    """One old site on the new program: what stands on each of its rows."""

    def __init__(self, source: Path, folder: Path, to: str, base: str) -> None:
        self.report = hugoconv.convert(source, folder, to=to)
        assert self.report.exit_code == 0, [str(finding) for finding in self.report.errors]
        self.site = hugoconv.read(folder)
        self.built = PROGRAMS[to](folder)
        self.base = base

    def shows(self, name: str) -> list[str]:
        """Return what a reader finds at the addresses on the page of a row."""
        post = next(post for post in self.site.posts if post.title == name)
        address = post.address.removeprefix(self.base)
        file = self.built / unquote(address).strip("/") / "index.html"
        text = between(file.read_text(encoding="utf-8"))
        return [found_at(self.built, self.base, each, address) for each in mentioned(text)]

    def names(self, name: str) -> list[str]:
        """Return what a theme finds for what the front matter of a row names."""
        post = next(post for post in self.site.posts if post.title == name)
        leads = [reference.lead.address for reference in post.references if reference.kind == "front matter"]
        return [found_at(self.built, self.base, self.base + lead, post.address) for lead in leads]


# The moves -----------------------------------------------------------------------------------------------------------


def slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-")


def hugo_site(folder: Path) -> Path:
    site = dict(HUGO_SITE)
    for name, (text, _) in HUGO_BODIES.items():
        site[f"content/posts/{slug(name)}/index.md"] = mentioning(name, text)
    for name, (matter, _) in HUGO_MATTERS.items():
        site[f"content/posts/{slug(name)}/index.md"] = mentioning(name, "", matter)
    own = {f"{PurePosixPath(path).parent}/mine.png": "«mine.png»" for path in site if path.endswith("/index.md")}
    return write(folder, site | own)


def jekyll_site(folder: Path) -> Path:
    site = dict(JEKYLL_SITE)
    for name, (text, _) in JEKYLL_BODIES.items():
        site[f"_posts/2024-02-01-{slug(name)}.md"] = mentioning(name, text)
    for name, (matter, _) in JEKYLL_MATTERS.items():
        site[f"_posts/2024-02-01-{slug(name)}.md"] = mentioning(name, "", matter)
    return write(folder, site)


def wordpress_export(folder: Path) -> Path:
    rows = (
        item(100 + number, f"<p>{START}</p>\n\n{text}\n\n<p>{END}</p>", title=name, post_name=slug(name))
        for number, (name, (text, _)) in enumerate(EXPORT_BODIES.items())
    )
    uploads = {path: f"«{path.rpartition('/')[2]}»".encode() for path in EXPORT_FILES}
    return write_export(folder, *EXPORT_ITEMS, *rows, files=uploads)


@pytest.fixture(scope="module")
def moved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Moved:
    source, to = request.param
    folder = tmp_path_factory.mktemp(f"{source}-{to}")
    make = {"hugo": hugo_site, "jekyll": jekyll_site, "wordpress": wordpress_export}[source]
    base = "/blog" if source == "jekyll" else ""
    return Moved(make(folder / "old"), folder / "new", to, base)


def rows(source: str, to: str, table: Mapping[str, tuple[str, list[str]]]) -> list[object]:
    """Return the rows of a table as the parameters of a test: the move, the row's name, and what is found there."""
    marks = [needs_jekyll] if to == "jekyll" else []
    return [
        pytest.param((source, to), name, wanted, id=f"{source} to {to}: {name}", marks=marks)
        for name, (_, wanted) in table.items()
    ]


@pytest.mark.parametrize(
    ("moved", "name", "wanted"),
    [
        *rows("hugo", "jekyll", HUGO_BODIES),
        *rows("jekyll", "hugo", JEKYLL_BODIES),
        *rows("wordpress", "hugo", EXPORT_BODIES),
        *rows("wordpress", "jekyll", EXPORT_BODIES),
    ],
    indirect=["moved"],
)
def test_a_reader_finds_what_a_body_mentions(moved: Moved, name: str, wanted: list[str]) -> None:
    assert moved.shows(name) == wanted


@pytest.mark.parametrize(
    ("moved", "name", "wanted"),
    [*rows("hugo", "jekyll", HUGO_MATTERS | IN_JEKYLL), *rows("jekyll", "hugo", JEKYLL_MATTERS)],
    indirect=["moved"],
)
def test_a_theme_finds_what_front_matter_names(moved: Moved, name: str, wanted: list[str]) -> None:
    assert moved.names(name) == wanted


def test_a_picture_in_a_style_that_markdown_cannot_say_is_carried_and_named(tmp_path: Path) -> None:
    text = f'<div style="background-image:url({UPLOADS}/2024/05/sea.png)">x</div>'
    source = write_export(tmp_path / "old", item(1, text), EXPORT_ITEMS[2], files={EXPORT_FILES[0]: b"sea"})
    report = hugoconv.convert(source, tmp_path / "new", to="hugo")
    assert "HC310" in [finding.code for finding in report.findings]
    assert (tmp_path / "new/static/wp-content/uploads/2024/05/sea.png").read_bytes() == b"sea"


# Into WordPress there is no program that shows it: an address must be that of an item, or of a file of the library.


class Exported:
    """One old site as an export: what its items mention, by the names of what they mention."""

    def __init__(self, source: Path, folder: Path) -> None:
        folder.mkdir()
        report = hugoconv.convert(source, folder / "new.xml", to="wordpress")
        assert report.exit_code == 0, [str(finding) for finding in report.errors]
        items = list(read_items(index(folder / "new.xml", Findings()), Findings()))
        self.items = {each.title: each for each in items}
        self.targets = {each.link: NAME.search(each.content) for each in items}
        self.files = {each.attachment_url: each for each in items if each.post_type == "attachment"}
        self.uploads = folder / "uploads"

    def name_at(self, address: str) -> str:
        """Return the name of what an item mentions, "" when the export holds nothing at that address."""
        parts = urlsplit(urljoin(HOST, address))
        bare = f"https://{parts.netloc.removeprefix('www.')}{parts.path}"
        if "/wp-content/uploads/" in bare:
            file = self.uploads / unquote(bare.partition("/wp-content/uploads/")[2])
            return file.name if file.is_file() and f"«{file.name}»" in file.read_text() else ""
        found = self.targets.get(bare)
        return (found[1] if found else "") + (f"#{parts.fragment}" if parts.fragment else "")

    def shows(self, name: str) -> list[str]:
        return [self.name_at(each) for each in mentioned(between(self.items[name].content))]

    def names(self, name: str) -> list[str]:
        """Return what the custom fields of an item name, the post's own picture first."""
        thumbnail = dict(self.items[name].meta).get("_thumbnail_id", "")
        own = [each.attachment_url for each in self.files.values() if str(each.post_id) == thumbnail]
        fields = [value for key, value in self.items[name].meta if key != "_thumbnail_id"]
        return [self.name_at(each) for each in (*own, *re.findall(r'https://[^"]+', " ".join(fields)))]


@pytest.fixture(scope="module")
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    folder = tmp_path_factory.mktemp(f"{request.param}-wordpress")
    return Exported({"hugo": hugo_site, "jekyll": jekyll_site}[request.param](folder / "old"), folder / "new")


def into_wordpress(source: str, table: Mapping[str, tuple[str, list[str]]]) -> list[object]:
    return [pytest.param(source, name, wanted, id=f"{source}: {name}") for name, (_, wanted) in table.items()]


@pytest.mark.parametrize(
    ("exported", "name", "wanted"),
    [*into_wordpress("hugo", HUGO_BODIES), *into_wordpress("jekyll", JEKYLL_BODIES)],
    indirect=["exported"],
)
def test_an_item_mentions_what_its_export_holds(exported: Exported, name: str, wanted: list[str]) -> None:
    assert exported.shows(name) == wanted


@pytest.mark.parametrize(
    ("exported", "name", "wanted"),
    [*into_wordpress("hugo", HUGO_MATTERS), *into_wordpress("jekyll", JEKYLL_MATTERS)],
    indirect=["exported"],
)
def test_an_item_names_files_that_its_export_holds(exported: Exported, name: str, wanted: list[str]) -> None:
    assert set(exported.names(name)) == set(wanted)
