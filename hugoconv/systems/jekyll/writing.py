"""Posts of other systems as Jekyll's: their front matter and their body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hugoconv.carrying import carry, equal
from hugoconv.fields import STRINGS, Context, FieldError, KeyTable, Row
from hugoconv.frontmatter.conversion import fenced, matter_in
from hugoconv.frontmatter.dates import Moment
from hugoconv.frontmatter.dialects import JEKYLL as JEKYLL_FRONT_MATTER
from hugoconv.frontmatter.document import FrontMatter, syntax_named
from hugoconv.markup.constructs import TargetDialect
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Place
from hugoconv.model import Post
from hugoconv.report.findings import Findings, PlacedFindings
from hugoconv.systems.addresses import served
from hugoconv.systems.crossing import crossed_yaml, name_given_meanings, read_as
from hugoconv.systems.jekyll.keys import table
from hugoconv.systems.jekyll.places import DRAFTS, Places
from hugoconv.systems.jekyll.symbols import with_symbols_quoted
from hugoconv.visibility import instant, shown_as

_DATES = ("date", "updated")
_OWN_FIELDS = frozenset({"url", "aliases", "status", *_DATES})
"""The fields that this module decides itself; the others are carried by the two key tables."""
_ALWAYS_ACTING = frozenset({"permalink", "published", "category", "tag"})
"""Keys that move, hide or sort a page in Jekyll even when the field has no value of its own."""
_TERMS = frozenset({"category", "tag"})
"""Those of them that do nothing when they are empty."""
_MARKUPS = {".md": "markdown", ".html": "html"}


def convert_front_matter(post: Post, place: Place, places: Places, links: LinkMap, log: PlacedFindings) -> str:
    """Return the post's front matter as YAML that Jekyll reads, with its fences.

    The source's own text is edited where it must change and kept where it need not. EditError or FrontMatterError when
    it cannot be done.
    """
    target = _target_keys(places)
    front_matter = _crossed(post, log)

    def unreadable(key: str, reason: str) -> None:
        log.add("HC211", key=key, detail=reason.partition(": ")[2] or reason)

    with front_matter.together():
        _rename_acting_keys(front_matter, post, target, log)
        derived = {"language": places.site.language}
        carry(front_matter, post.front_matter, post.keys, target, post.inherited, derived, unreadable, _OWN_FIELDS)
        name_given_meanings(front_matter, post, target, _OWN_FIELDS, log)
        _set_defaults(front_matter, post, target)
        if "tag" in front_matter and not {"tag", "tags"} & set(post.front_matter):
            front_matter.rename("tag", "tags")
        for name in _DATES:
            _set_date(front_matter, post, name, target, log)
        _set_title_and_slug(front_matter, post, places.is_document(place.path))
        _set_status(front_matter, post, place, places, log)
        _set_addresses(front_matter, post, place, places, log)
        _set_image(front_matter, post, target, links)
    if not front_matter.syntax:
        return fenced(with_symbols_quoted(syntax_named("yaml").write(_new_values(front_matter))), "yaml")
    return fenced(with_symbols_quoted(front_matter.matter), "yaml", front_matter.newline)


def _target_keys(places: Places) -> KeyTable:
    """Return Jekyll's key table, with the site's further taxonomies as plain lists."""
    keys = table(Context(places.zone))
    further = {plural: Row((plural,), STRINGS) for plural in places.site.taxonomies.values()}
    return replace(keys, taxonomies={**further, **keys.taxonomies})


def _crossed(post: Post, log: PlacedFindings) -> FrontMatter:
    """Return a copy of the front matter, as YAML that Jekyll reads as the source system reads the original."""
    source = post.front_matter
    if not source.syntax:
        return FrontMatter(values=dict(source), dialect=JEKYLL_FRONT_MATTER)
    if source.syntax == "yaml":
        return crossed_yaml(post, JEKYLL_FRONT_MATTER, log)
    rows = (post.keys.row(name) for name in (*_DATES, "publish_date", "expiry_date"))
    date_keys = {key.lower() for row in rows if row for key in row.keys}
    matter = matter_in(source, "yaml", log, date_keys, reader=JEKYLL_FRONT_MATTER)
    return read_as(matter, JEKYLL_FRONT_MATTER, source.newline)


def _rename_acting_keys(front_matter: FrontMatter, post: Post, target: KeyTable, log: PlacedFindings) -> None:
    """Rename the keys that mean nothing, or something else, to the source but would act in Jekyll."""
    for name in target.names():
        row, same = target.row(name), post.keys.row(name)
        has_value = same is not None and bool(post.keys.written_keys(post.front_matter, same))
        for key in row.keys if row else ():
            known = same is not None and key.lower() in {own.lower() for own in same.keys}
            if key not in front_matter or known or not (has_value or key in _ALWAYS_ACTING):
                continue
            if key in _TERMS and not front_matter[key]:
                continue
            other = (post.keys.row(field) for field in post.keys.names())
            meant = next((row.keys[0] for row in other if row and key in row.keys), "")
            if meant and meant != key and meant not in front_matter:
                front_matter.rename(key, meant)
                continue
            renamed = f"{post.source.system}_{key}"
            log.add("HC208", key=key, renamed=renamed)
            front_matter.rename(key, renamed)


def _set_defaults(front_matter: FrontMatter, post: Post, target: KeyTable) -> None:
    """Write what the page had from above it, for its templates, where it says nothing of that itself."""
    fields = {key for name in target.names() if (row := target.row(name)) for key in row.keys}
    defaults: dict[str, Any] = post.extra.get("defaults", {})
    for key, value in defaults.items():
        if key not in fields and front_matter.find(key) is None and value is not None:
            front_matter.set(key, value)


def _set_date(front_matter: FrontMatter, post: Post, name: str, target: KeyTable, log: PlacedFindings) -> None:
    """Write a date so that Jekyll reads the same instant; its text stays where it does, and a day stays a day."""
    source, row = post.keys.row(name), target.row(name)
    keys = post.keys.written_keys(post.front_matter, source) if source else []
    if row is None or source is None:
        return
    try:
        moment: Moment | None = post.keys.read(post.front_matter, name)
    except FieldError:
        kept = f"{post.source.system}_{keys[0]}"
        log.add("HC203", key=keys[0], text=str(front_matter[keys[0]]), system="Jekyll", kept=kept)
        front_matter.rename(keys[0], kept)
        return
    if moment is None:
        for key in keys:
            front_matter.delete(key)
        inherited = post.inherited.get(name)
        if isinstance(inherited, Moment):
            target.write(front_matter, name, _zoned(inherited, target))
        return
    first = keys[0]
    if first != row.keys[0] and row.keys[0] not in front_matter:
        front_matter.rename(first, row.keys[0])
        keys = [row.keys[0], *keys[1:]]
    for key in keys[1:]:
        front_matter.delete(key)
    wanted = _zoned(moment, target)
    if isinstance(front_matter[row.keys[0]], int) or not equal(target.read(front_matter, name), wanted):
        front_matter.set(row.keys[0], wanted.rfc3339())


def _zoned(moment: Moment, target: KeyTable) -> Moment:
    """Return a moment that names its zone: a local time is in the site's."""
    if moment.has_zone or moment.precision == "day":
        return moment
    return Moment(moment.text, moment.value.replace(tzinfo=target.context.zone), moment.precision)


def _set_title_and_slug(front_matter: FrontMatter, post: Post, is_document: bool) -> None:
    """Keep an empty title empty, where Jekyll would make one of the file's name, and a slug a text."""
    if is_document and front_matter.get("title") is None and not post.inherited.get("title"):
        front_matter.set("title", "")
    slug = front_matter.get("slug")
    if "slug" in front_matter and not slug:
        front_matter.delete("slug")
    elif slug is not None and not isinstance(slug, str):
        front_matter.set("slug", post.slug or str(slug))


def _set_status(front_matter: FrontMatter, post: Post, place: Place, places: Places, log: PlacedFindings) -> None:
    """Write `published: false` for whatever is not public, keep the status by name, drop the source's own key."""
    row = post.keys.row("status")
    keys = post.keys.written_keys(front_matter, row) if row else []
    written = post.status or "published"
    status = _status_now(post, place, places, log) if written == "published" else written
    if status == "published" or (status == "draft" and place.path.parts[0] == str(DRAFTS)):
        for key in keys:
            front_matter.delete(key)
        return
    if keys and keys[0] != "published":
        front_matter.rename(keys[0], "published")
    front_matter.set("published", False)
    for key in keys[1:]:
        front_matter.delete(key)
    if status not in ("draft", "published"):
        log.add("HC210", status=status)
        if status == written:
            front_matter.set("status", status)


def _status_now(post: Post, place: Place, places: Places, log: PlacedFindings) -> str:
    """Return what a published page is today; the date of a document hides it in Jekyll by itself."""
    shown = shown_as(post, places.zone)
    dated = instant(post, "date", places.zone)
    if dated is None or dated <= datetime.now(UTC) or not places.is_document(place.path):
        return shown
    if shown == "published":
        log.add("HC214", system="Jekyll", date=dated.date().isoformat())
    return "published" if shown == "scheduled" and instant(post, "publish_date", places.zone) is None else shown


def _set_addresses(front_matter: FrontMatter, post: Post, place: Place, places: Places, log: PlacedFindings) -> None:
    """Write `permalink` where Jekyll would derive another address, and the page's old ones as `redirect_from`."""
    address = served(post.address)
    wanted = place.url or address
    permalink = ""
    if place.path.parts[0] == str(DRAFTS) and not post.keys.read(post.front_matter, "url"):
        wanted = ""  # a draft without a date is on no page, and no rule for dates can say where it will be
    if wanted and not places.derives(post, place.path, wanted):
        permalink = places.permalink_of(post, place.path, wanted)
    if address and address != place.url:
        log.add("HC502", url=post.address, new=place.url)
    _put(front_matter, post, "url", "permalink", permalink)
    # The plug-in would make foo.html of "/foo".
    olds = dict.fromkeys(served(old) for old in post.old_addresses if "?" not in old and old != post.address)
    _put(front_matter, post, "aliases", "redirect_from", [old for old in olds if old != wanted])


def _put(front_matter: FrontMatter, post: Post, name: str, key: str, value: Any) -> None:
    """Give a field under `key`, where the source's own key stands if there is one; nothing for an empty value."""
    row = post.keys.row(name)
    keys = [own for own in post.keys.written_keys(front_matter, row) if own != key] if row else []
    if value:
        if keys and key not in front_matter:
            front_matter.rename(keys.pop(0), key)
        front_matter.set(key, value)
    elif key in front_matter:
        keys.append(key)
    for own in keys:
        front_matter.delete(own)


def _set_image(front_matter: FrontMatter, post: Post, target: KeyTable, links: LinkMap) -> None:
    """Write one picture where Jekyll's plug-ins read one; of several the others stay under the source's own key."""
    image = post.image
    if not image:
        return
    pictures = front_matter.get("image")
    row = post.keys.row("image")
    if isinstance(pictures, list):
        own = post.keys.written_keys(post.front_matter, row)[0] if row and len(pictures) > 1 else ""
        if own and own not in front_matter:
            front_matter.set(own, pictures)
        front_matter.set("image", image)
    moved = links.resolve(image)
    if moved and moved != image:
        target.write(front_matter, "image", moved)


def _new_values(front_matter: FrontMatter) -> dict[str, Any]:
    """Return the values of front matter that has no text of its own, without what says nothing."""
    return {key: value for key, value in front_matter.items() if key == "title" or value not in (None, "", [], {}, ())}


# Bodies -------------------------------------------------------------------------------------------------------------


def convert_body(
    post: Post, place: Place, links: LinkMap, log: Findings, dialect: Callable[[str], TargetDialect]
) -> str:
    """Return the body as Jekyll shows it; links to the old site lead to the new one where it has the page.

    `dialect` gives the dialect of a markup.
    """
    placed = log.at(post.source.name, post.body.line)
    markup = _MARKUPS.get(place.path.suffix, post.body.dialect.markup)
    if place.path.suffix not in _MARKUPS:
        log.add("HC309", file=post.source.label, markup=markup)
    target = dialect(markup)
    if post.translate is None:
        return target.escape(post.body.text)
    return post.translate(post.body.text, target, lambda url: links.resolve(url) or url, placed)
