"""The front matter of a post of another system, in the words of the target."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import tzinfo
from typing import Any

from hugoconv.carrying import carry
from hugoconv.fields import Context, FieldError, KeyTable, Row
from hugoconv.frontmatter.conversion import fenced, matter_in
from hugoconv.frontmatter.dates import Moment
from hugoconv.frontmatter.document import FrontMatter, syntax_named
from hugoconv.migrate.plan import Place
from hugoconv.model import Post, SiteInfo
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.addresses import as_url, served
from hugoconv.systems.crossing import crossed_yaml, read_as
from hugoconv.systems.losses import PLAIN_LAYOUTS
from hugoconv.systems.markdown_site import lines, tables
from hugoconv.systems.markdown_site.keys import with_taxonomies
from hugoconv.systems.markdown_site.places import name_of
from hugoconv.systems.markdown_site.target import Target
from hugoconv.visibility import shown_as
from hugoconv.zones import zone_named

_DATES = ("date", "updated", "publish_date", "expiry_date")
_OWN_FIELDS = frozenset({"url", "slug", "aliases", "status", "image", "layout", *_DATES})
"""The fields that this module decides itself; the others are carried by the two key tables."""
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2}))?")


def convert_front_matter(
    post: Post,
    place: Place,
    site: SiteInfo,
    target: Target,
    *,
    image: str,
    is_run: bool,
    log: PlacedFindings,
) -> str:
    """Return the post's front matter as the target reads it, with its fences.

    `image` is how the target names the post's picture, `is_run` says that the body has what the target would run. The
    source's own text is edited where it must change and kept where it need not. EditError or FrontMatterError when it
    cannot be done.
    """
    zone = zone_named(site.time_zone) or site.zone
    keys = replace(target.keys, taxonomies=with_taxonomies(target.keys, site.taxonomies), context=Context(zone))
    front_matter = _crossed(post, target, log)
    own = served(as_url(post.address))

    def unreadable(key: str, reason: str) -> None:
        log.add("HC211", key=key, detail=reason.partition(": ")[2] or reason)

    with front_matter.together():
        _free_own_keys(front_matter, post, keys, target, log)
        derived = {"language": site.language, "title": ""}
        carry(front_matter, post.front_matter, post.keys, keys, post.inherited, derived, unreadable, _OWN_FIELDS)
        _set_defaults(front_matter, post)
        for name in _DATES:
            _set_date(front_matter, post, name, keys, log)
        _set_status(front_matter, post, site, keys, log)
        url = post.address if target.links == "file" else place.url
        _put(front_matter, post, keys, "url", url)
        if target.needs_title and not post.title:
            keys.write(front_matter, "title", name_of(post))
            log.add("HC685", system=target.label, title=name_of(post))
        for key, value in target.further_keys(post, url).items():
            front_matter.set(key, value)
        is_others = url not in (post.address, target.address(own))  # another page has that address
        known = post.old_addresses if is_others and post.address else (post.address, *post.old_addresses)
        old = [old for old in known if (old == post.address or "?" not in old) and served(as_url(old)) != served(url)]
        _put(front_matter, post, keys, "aliases", tuple(filter(None, dict.fromkeys(old))))
        _put(front_matter, post, keys, "image", image)
        if shown_as(post, site.zone, future=site.build_future) != "published":
            _hide(front_matter, keys, target)
        if is_run and target.inert_key is not None:
            front_matter.set(*target.inert_key)
    if post.address and own != place.url and target.links != "file":
        log.add("HC502", url=post.address, new=place.url)
    return written(front_matter, keys, target, log)


def written(front_matter: FrontMatter, keys: KeyTable, target: Target, log: PlacedFindings) -> str:
    """Return front matter in the target's syntax, with fences; without text of its own in the order of the table."""
    if not front_matter.syntax:
        order = {row.keys[0]: place for place, name in enumerate(keys.names()) if (row := keys.row(name))}
        said = {key: value for key, value in front_matter.items() if key == "title" or value not in _NOTHING}
        values = {key: said[key] for key in sorted(said, key=lambda key: order.get(key, len(order)))}
        front_matter = FrontMatter(syntax_named("yaml").write(values), "yaml", dialect=target.reader)
    if target.syntax == "toml":
        return tables.written(front_matter, keys, target, log)
    if target.syntax == "lines":
        return lines.written(front_matter, keys, log)
    return fenced(front_matter.matter, "yaml", front_matter.newline)


VALUES_READ = "values read"
"""Where a post whose front matter is read into values, and no text, keeps them as they were."""


def is_edited(post: Post) -> bool:
    """Whether a post differs from what was read."""
    before = post.extra.get(VALUES_READ)
    return post.edited or (before is not None and before != dict(post.front_matter))


def rewritten(post: Post, target: Target, log: PlacedFindings) -> str:
    """Return an edited post of the target's own whose front matter has no text, "" for one that has."""
    if VALUES_READ not in post.extra:
        return ""
    return written(post.front_matter, target.keys, target, log) + post.body.text


_NOTHING: tuple[Any, ...] = (None, "", [], {}, ())


def _crossed(post: Post, target: Target, log: PlacedFindings) -> FrontMatter:
    """Return a copy of the front matter, as YAML that the target reads as the source system reads the original."""
    source = post.front_matter
    if not source.syntax:
        return FrontMatter(values=dict(source), dialect=target.reader)
    if source.syntax == "yaml":
        return crossed_yaml(post, target.reader, log)
    rows = (post.keys.row(name) for name in _DATES)
    date_keys = {key.lower() for row in rows if row for key in row.keys}
    return read_as(matter_in(source, "yaml", log, date_keys, reader=target.reader), target.reader, source.newline)


_SWITCHES = frozenset({"comments"})
"""Keys that mean the same wherever they are true or false."""


def _free_own_keys(front_matter: FrontMatter, post: Post, keys: KeyTable, target: Target, log: PlacedFindings) -> None:
    """Take away what the new address says, and rename what would act in the target though it did not in the source."""
    slug = post.keys.row("slug")
    own = _keys_of(post.keys)
    if keys.row("slug") is None and slug is not None:
        for key in post.keys.written_keys(front_matter, slug):
            front_matter.delete(key)
    layout = post.keys.row("layout")
    for key in post.keys.written_keys(front_matter, layout) if layout else ():
        if front_matter[key] in PLAIN_LAYOUTS or not front_matter[key]:
            front_matter.delete(key)
        elif key in target.reserved:
            front_matter.rename(key, f"{post.source.system}_{key}")
    acting = _keys_of(keys)
    for key in list(front_matter):
        row = acting.get(key)
        known = own.get(key.lower() if post.keys.ignore_case else key)
        if (row is None and key not in target.reserved) or (known is not None and known == row):
            continue
        if key in _SWITCHES and isinstance(front_matter[key], bool):
            continue
        home = keys.row(known) if known is not None else None
        if home is not None and home.keys[0] not in front_matter:
            front_matter.rename(key, home.keys[0])  # before another field takes its name
            continue
        renamed = f"{post.source.system}_{key}"
        log.add("HC208", key=key, renamed=renamed)
        front_matter.rename(key, renamed)


def _keys_of(keys: KeyTable) -> dict[str, str]:
    """Return the field of each key of a table."""
    rows = ((name, keys.row(name)) for name in keys.names())
    return {(key.lower() if keys.ignore_case else key): name for name, row in rows if row for key in row.keys}


def _written_keys(front_matter: FrontMatter, post: Post, name: str, target: Row | None) -> list[str]:
    """Return the keys under which the source wrote a field, or the one that it got before others took its name."""
    source = post.keys.row(name)
    own = post.keys.written_keys(post.front_matter, source) if source else []
    moved = [target.keys[0]] if target and own and target.keys[0] in front_matter else []
    return [*dict.fromkeys((*moved, *(key for key in own if key in front_matter)))]


def _set_defaults(front_matter: FrontMatter, post: Post) -> None:
    """Write what the page had from above it, for templates, where it says nothing of that itself."""
    for key, value in post.extra.get("defaults", {}).items():
        if front_matter.find(key) is None and value is not None and isinstance(value, (str, int, float, bool, list)):
            front_matter.set(key, value)


def _set_date(front_matter: FrontMatter, post: Post, name: str, keys: KeyTable, log: PlacedFindings) -> None:
    """Write a date in the ISO form with an offset, a day as a day."""
    row = keys.row(name)
    written = _written_keys(front_matter, post, name, row)
    if row is None:
        return
    moment: Moment | None = None
    try:
        moment = post.keys.read(post.front_matter, name) or post.inherited.get(name)
    except FieldError:
        moment = post.inherited.get(name)
        if written:
            unread = written.pop(0)
            kept = f"{post.source.system}_{unread}"
            log.add("HC203", key=unread, text=str(front_matter[unread]), system=keys.system.capitalize(), kept=kept)
            front_matter.rename(unread, kept)
    if moment is None:
        for key in written:
            front_matter.delete(key)
        return
    key = row.keys[0]
    if written and written[0] != key and key not in front_matter:
        front_matter.rename(written.pop(0), key)
    for other in written:
        if other != key and other in front_matter:
            front_matter.delete(other)
    wanted = _zoned(moment, keys.context.zone).rfc3339()
    scalar = front_matter.scalar(key) if key in front_matter else None
    if scalar is None or scalar.quoted or not _ISO.fullmatch(scalar.text) or scalar.text != wanted:
        front_matter.set(key, wanted)


def _zoned(moment: Moment, zone: tzinfo) -> Moment:
    if moment.has_zone or moment.precision == "day":
        return moment
    return Moment(moment.text, moment.value.replace(tzinfo=zone), moment.precision)


def _set_status(front_matter: FrontMatter, post: Post, site: SiteInfo, keys: KeyTable, log: PlacedFindings) -> None:
    """Write whatever is not public as a draft, with its status by name; drop the source's own key."""
    status = shown_as(post, site.zone, future=site.build_future)
    row = keys.row("status")
    own = row.keys[0] if row else ""
    written = _written_keys(front_matter, post, "status", row)
    if status == "published" or not own:
        for key in written:
            front_matter.delete(key)
    else:
        if written and own not in front_matter:
            front_matter.rename(written.pop(0), own)
        for key in written:
            if key != own and key in front_matter:
                front_matter.delete(key)
        keys.write(front_matter, "status", status)
    if status not in ("draft", "published"):
        log.add("HC210", status=status)
        front_matter.set("status" if own != "status" else "old_status", status)


def _hide(front_matter: FrontMatter, keys: KeyTable, target: Target) -> None:
    """Write what keeps a page from being published; its address goes to the second key where that takes the first."""
    row = keys.row("url")
    if row is not None and row.keys[0] in target.hidden and row.keys[0] in front_matter:
        front_matter.rename(row.keys[0], row.keys[1])
    for key, value in target.hidden.items():
        front_matter.set(key, value)


def _put(front_matter: FrontMatter, post: Post, keys: KeyTable, name: str, value: Any) -> None:
    """Give a field under the target's key, where the source's own stands if there is one; nothing for no value."""
    row = keys.row(name)
    written = _written_keys(front_matter, post, name, row)
    if row is None:
        return
    key = row.keys[0]
    if value and written and key not in front_matter:
        front_matter.rename(written.pop(0), key)
    for other in written:
        if other in front_matter and (other != key or not value):
            front_matter.delete(other)
    if value:
        keys.write(front_matter, name, value)
