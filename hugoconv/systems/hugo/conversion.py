"""Posts of other systems as Hugo content: their place, their front matter and their body."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from hugoconv.fields import FieldError, KeyTable, carry, read_moment
from hugoconv.frontmatter.conversion import fenced, matter_in
from hugoconv.frontmatter.dialects import HUGO as HUGO_FRONT_MATTER
from hugoconv.frontmatter.document import FrontMatter, syntax_named
from hugoconv.frontmatter.yaml.crossing import Remark, crossed
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Place
from hugoconv.model import Post, SiteInfo
from hugoconv.report.findings import Findings, PlacedFindings
from hugoconv.systems.hugo.dialect import HUGO
from hugoconv.systems.hugo.keys import DATE_KEYS, REFUSED_KEYS, STEERING_KEYS, table
from hugoconv.systems.hugo.permalinks import UrlError
from hugoconv.systems.hugo.urls import escape_url, page_address

_OWN_FIELDS = frozenset({"url", "slug", "aliases", "language", "status"})
"""The fields that this module decides itself; the others are carried by the two key tables."""
_ENDINGS = {"html": ".html", "org": ".org", "asciidoc": ".adoc", "rst": ".rst"}
"""How a content file ends when its body is not Markdown."""


# Places -------------------------------------------------------------------------------------------------------------


def place_page(post: Post, posts_section: str) -> Place:
    """Return where a post of another system goes below `content/`, and its URL: the one it has."""
    ending = ".md" if post.translate else _ENDINGS.get(post.body.dialect.markup, ".md")
    address = post.address
    if post.kind == "home":
        return Place(PurePosixPath("content", f"_index{ending}"), address or "/")
    if post.type == "post":
        folder, name = posts_section, post.path.stem
    else:
        folder, name = _page_name(post)
    path = PurePosixPath("content", folder, (_safe_name(name) or "page") + ending)
    also = (PurePosixPath("data", "comments", f"{path.stem}.json"),) if post.comments else ()
    return Place(path, address or f"/{folder}/{path.stem}/", also)


def place_medium(address: str, owner: Place | None, layout: str) -> Place:
    """Return where a medium goes by the exporter's option `media`; beside a page only when that has a folder."""
    name = PurePosixPath(address).name
    if layout == "bundles" and owner is not None and owner.path.name.startswith("index."):
        return Place(owner.path.with_name(name), f"{owner.url.rstrip('/')}/{name}")
    if layout == "flat":
        return Place(PurePosixPath("static", "media", name), f"/media/{name}")
    return Place(PurePosixPath("static", address.lstrip("/")), address)


def _page_name(post: Post) -> tuple[str, str]:
    """Return folder and name of a page: as its address says, else as its file is called."""
    segments = [_safe_name(part) for part in unquote(post.address).split("?")[0].split("/")] if post.address else []
    segments = [part for part in segments if part]
    if not segments:
        segments = [_safe_name(part) for part in post.path.with_suffix("").parts]
    name = segments[-1] if segments else "page"
    for ending in (".html", ".htm"):
        name = name.removesuffix(ending)
    folder = "/".join(segments[:-1])
    if name in ("index", "_index") and folder:
        folder, _, name = folder.rpartition("/")
    return folder, name


def _safe_name(name: str) -> str:
    r"""Return a file name without what leaves its folder or cannot stand in a name; "." and ".." become nothing."""
    cleaned = "".join(character for character in name if character.isprintable() and character not in '/\\:*?"<>|')
    return cleaned.strip(" .")[:120]


# Front matter -------------------------------------------------------------------------------------------------------


def convert_front_matter(
    post: Post, place: Place, site: SiteInfo, links: LinkMap, syntax: str, log: PlacedFindings
) -> str:
    """Return the post's front matter as Hugo reads it, in `syntax`, with its fences.

    The source's own text is edited where it must change and kept where it need not. EditError or FrontMatterError when
    it cannot be done.
    """
    target = table(site.taxonomies)
    front_matter = _crossed(post, log)
    status = post.status or "published"
    derived = {"title": "", "status": "published"}

    def unreadable(key: str, reason: str) -> None:
        if key.lower() not in DATE_KEYS:  # which are looked at again below
            log.add("HC211", key=key, detail=reason.partition(": ")[2] or reason)

    with front_matter.together():
        _rename_plain_data(front_matter, post.keys, post.source.system, log)
        carry(front_matter, post.front_matter, post.keys, target, post.inherited, derived, unreadable, _OWN_FIELDS)
        _set_status(front_matter, post.keys, status, log)
        _set_addresses(front_matter, post, place, log)
        _move_refused_keys(front_matter, post.source.system, log)
        image = post.image
        if image and (moved := links.resolve(image)) and moved != image:
            target.write(front_matter, "image", moved)
        if "date" not in front_matter and post.inherited.get("date"):
            target.write(front_matter, "date", post.inherited["date"])
    if not front_matter.syntax:
        return fenced(syntax_named(syntax).write(_new_values(front_matter)), syntax)
    if syntax != front_matter.syntax:
        return fenced(
            matter_in(front_matter, syntax, log, DATE_KEYS, site_zone=site.time_zone), syntax, front_matter.newline
        )
    return fenced(front_matter.matter, syntax, front_matter.newline)


def _crossed(post: Post, log: PlacedFindings) -> FrontMatter:
    """Return a copy of the front matter that Hugo reads as the source system reads the original."""
    source = post.front_matter
    if source.syntax != "yaml":
        return source.copy()
    matter, remarks = crossed(source.matter, source.dialect.scalars, HUGO_FRONT_MATTER.scalars)
    for remark in remarks:
        _report(remark, post, log)
    matter = matter if not matter or matter.endswith("\n") else matter + source.newline
    front_matter = FrontMatter(matter, "yaml", dialect=HUGO_FRONT_MATTER, newline=source.newline)
    front_matter.check()
    return front_matter


def _report(remark: Remark, post: Post, log: PlacedFindings) -> None:
    line = post.opening.count("\n") + remark.line
    if remark.kind == "key dropped":
        log.add("HC202", line=line, key=remark.key, system=post.source.system.capitalize())
    else:
        log.add("HC204", line=line, key=remark.key, text=remark.text, value=remark.value)


def _set_status(front_matter: FrontMatter, source: KeyTable, status: str, log: PlacedFindings) -> None:
    """Write `draft: true` for whatever is not public, keep the status by name, and drop the source's own key."""
    row = source.row("status")
    keys = source.written_keys(front_matter, row) if row else []
    if status == "published":
        for key in keys:
            front_matter.delete(key)
        return
    if keys and keys[0] != "draft":
        front_matter.rename(keys[0], "draft")
    front_matter.set("draft", True)
    for key in keys[1:]:
        front_matter.delete(key)
    if status != "draft":
        front_matter.set("status", status)
        log.add("HC210", status=status)


def _set_addresses(front_matter: FrontMatter, post: Post, place: Place, log: PlacedFindings) -> None:
    """Write `url` where Hugo would derive another address than the page had, and its other addresses as aliases."""
    row = post.keys.row("url")
    keys = post.keys.written_keys(front_matter, row) if row else []
    wanted = _wanted_url(post, place, log)
    if keys and wanted:
        if keys[0] != "url":
            front_matter.rename(keys[0], "url")
        front_matter.set("url", wanted)
        keys = keys[1:]
    elif wanted:
        front_matter.set("url", wanted)
    for key in keys:
        front_matter.delete(key)
    alias_row = post.keys.row("aliases")
    alias_keys = post.keys.written_keys(front_matter, alias_row) if alias_row else []
    aliases = tuple(address for address in post.old_addresses if "?" not in address and address != post.address)
    if aliases:
        if alias_keys and alias_keys[0] != "aliases":
            front_matter.rename(alias_keys[0], "aliases")
        front_matter.set("aliases", list(aliases))
        alias_keys = alias_keys[1:]
    for key in alias_keys:
        front_matter.delete(key)


def _wanted_url(post: Post, place: Place, log: PlacedFindings) -> str | None:
    """Return what `url` must say for the page to keep its address, None when Hugo derives it, or cannot write it."""
    if not post.address or post.kind == "home":
        return None
    path = str(place.path.with_suffix("").relative_to("content"))
    derived = page_address(path, title=post.title or "", slug=str(post.front_matter.get("slug") or ""))
    if "/" + derived.file.removesuffix("index.html") == post.address:
        return None
    try:
        return escape_url(post.address)
    except UrlError:
        log.add("HC502", url=post.address, new=derived.url)
        return None


def _rename_plain_data(front_matter: FrontMatter, source: KeyTable, system: str, log: PlacedFindings) -> None:
    """Rename keys that are plain data to the source system and would decide where, or whether, Hugo shows the page."""
    known = {key.lower() for row in source.rows.values() for key in row.keys}
    for key in list(front_matter):
        if key.lower() in STEERING_KEYS and key.lower() not in known and front_matter[key]:
            renamed = f"{system}_{key}"
            front_matter.rename(key, renamed)
            log.add("HC208", key=key, renamed=renamed)


def _move_refused_keys(front_matter: FrontMatter, system: str, log: PlacedFindings) -> None:
    """Rename the keys that would stop Hugo's build: unreadable dates, names with another use, twins by case."""
    seen: set[str] = set()
    for key in list(front_matter):
        folded = key.lower()
        renamed = f"{system}_{key}"
        value = front_matter[key]
        if folded in DATE_KEYS and not _is_date(front_matter, key):
            log.add("HC203", key=key, text=str(value), system="Hugo", kept=renamed)
        elif folded in seen or (folded in REFUSED_KEYS and not isinstance(value, REFUSED_KEYS[folded])):
            log.add("HC208", key=key, renamed=renamed)
        else:
            seen.add(folded)
            continue
        front_matter.rename(key, renamed)


def _is_date(front_matter: FrontMatter, key: str) -> bool:
    try:
        read_moment(front_matter, key)
    except FieldError:
        return False
    return True


def _new_values(front_matter: FrontMatter) -> dict[str, Any]:
    """Return the values of front matter that has no text of its own, without what says nothing."""
    return {key: value for key, value in front_matter.items() if value not in (None, "", [], {}, ())}


# Bodies -------------------------------------------------------------------------------------------------------------


def convert_body(post: Post, links: LinkMap, log: Findings) -> str:
    """Return the body as Hugo shows it; links to the old site lead to the new one where it has the page."""
    placed = log.at(post.source.name, post.body.line)
    if post.translate is None:
        return HUGO.escape(post.body.text)
    return post.translate(post.body.text, HUGO, lambda url: links.resolve(url) or url, placed)
