"""Posts of other systems as Hugo content: their front matter and their body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hugoconv.carrying import carry
from hugoconv.fields import FieldError, KeyTable, read_moment
from hugoconv.frontmatter.conversion import fenced, matter_in
from hugoconv.frontmatter.dialects import HUGO as HUGO_FRONT_MATTER
from hugoconv.frontmatter.document import FrontMatter, syntax_named
from hugoconv.markup.constructs import TargetDialect
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Place, Write
from hugoconv.model import Post, SiteInfo
from hugoconv.report.findings import Findings, PlacedFindings
from hugoconv.systems.crossing import crossed_yaml, name_given_meanings
from hugoconv.systems.hugo import addressing, cascades, stand_ins
from hugoconv.systems.hugo.dialect import HUGO
from hugoconv.systems.hugo.keys import DATE_KEYS, PRIVATE, REFUSED_KEYS, STEERING_KEYS, is_private, table
from hugoconv.systems.hugo.permalinks import UrlError
from hugoconv.systems.hugo.places import kind_of, language_of
from hugoconv.systems.hugo.urls import escape_url

_OWN_FIELDS = frozenset({"url", "slug", "aliases", "language", "status"})
"""The fields that this module decides itself; the others are carried by the two key tables."""

# Front matter -------------------------------------------------------------------------------------------------------


def convert_front_matter(
    post: Post, place: Place, site: SiteInfo, links: LinkMap, syntax: str, log: PlacedFindings
) -> str:
    """Return the post's front matter as Hugo reads it, in `syntax`, with its fences.

    The source's own text is edited where it must change and kept where it need not. EditError or FrontMatterError when
    it cannot be done.
    """
    target = table(site.taxonomies)
    is_yaml = post.front_matter.syntax == "yaml"
    front_matter = crossed_yaml(post, HUGO_FRONT_MATTER, log) if is_yaml else post.front_matter.copy()
    if not front_matter.syntax:
        front_matter.dialect = HUGO_FRONT_MATTER
    status = post.status or "published"
    derived = _derived(post, place, links)

    def unreadable(key: str, reason: str) -> None:
        if key.lower() not in DATE_KEYS:  # which are looked at again below
            log.add("HC211", key=key, detail=reason.partition(": ")[2] or reason)

    with front_matter.together():
        _rename_plain_data(front_matter, post, status, log)
        carry(front_matter, post.front_matter, post.keys, target, post.inherited, derived, unreadable, _OWN_FIELDS)
        name_given_meanings(front_matter, post, target, _OWN_FIELDS, log)
        _set_status(front_matter, post.keys, status, log)
        _set_defaults(front_matter, post, place, links)
        _set_addresses(front_matter, post, place, site, links, log)
        _move_refused_keys(front_matter, post.source.system, log)
        image = post.image
        if image and (moved := links.resolve(image)) and moved != image:
            target.write(front_matter, "image", moved)
        if "date" not in front_matter and post.inherited.get("date") and "date" not in derived:
            target.write(front_matter, "date", post.inherited["date"])
    if not front_matter.syntax:
        return fenced(syntax_named(syntax).write(_new_values(front_matter)), syntax)
    if syntax != front_matter.syntax:
        return fenced(
            matter_in(front_matter, syntax, log, DATE_KEYS, site_zone=site.time_zone), syntax, front_matter.newline
        )
    return fenced(front_matter.matter, syntax, front_matter.newline)


def _set_status(front_matter: FrontMatter, source: KeyTable, status: str, log: PlacedFindings) -> None:
    """Write `draft: true` for whatever is not public, keep the status by name, and drop the source's own key.

    A page that was Hugo's, and says itself that nobody is to see it, needs no more.
    """
    row = source.row("status")
    keys = source.written_keys(front_matter, row) if row else []
    if source.foreign and front_matter.get("status") == PRIVATE and is_private(front_matter, {}):
        keys.append("status")
        status = "published"
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


def _derived(post: Post, place: Place, links: LinkMap) -> dict[str, Any]:
    """Return the fields that need no line on the page, or get it from `_set_defaults`."""
    derived: dict[str, Any] = {"title": "", "status": "published"}
    if addressing.takes_date_from_name(post, place.path):
        derived["date"] = post.inherited["date"]
    return derived | {name: value for name, value in post.inherited.items() if name in cascades.FIELDS}


def _set_defaults(front_matter: FrontMatter, post: Post, place: Place, links: LinkMap) -> None:
    """Write what the source's configuration says of the page and no cascade does."""
    given = cascades.given(post)
    cascade = cascades.cascade_of(links, place.path) if given else {}
    for key, value in given.items():
        own = front_matter.get(key)
        if isinstance(own, dict) and isinstance(value, dict):
            front_matter.set(key, value | own)
        elif not cascades.says(post, key) and cascade.get(key, cascades.NOTHING) != value:
            front_matter.set(key, value)


def _set_addresses(
    front_matter: FrontMatter, post: Post, place: Place, site: SiteInfo, links: LinkMap, log: PlacedFindings
) -> None:
    """Write a slug or `url` where Hugo would derive another address than the page had, its other ones as aliases."""
    rules = addressing.site_rules(links)
    page = addressing.page_to_address(post, place.path, kind_of(place.path, site))
    row = post.keys.row("url")
    keys = post.keys.written_keys(front_matter, row) if row else []
    key, value = "", ""
    language = language_of(place.path, site)
    if page is not None and page.kind != "home":
        try:
            key, value = _wanted(page, rules, "slug" not in front_matter, may_follow=not language)
        except UrlError:
            old, new = f"/{page.wanted.removesuffix('index.html')}", _derived_url(page, rules)
            if stand_ins.claimed(place):
                log.add("HC503", old=old, new=new)
            else:
                log.add("HC502", url=old, new=new)
    if key == "url" and keys:
        if keys[0] != "url":
            front_matter.rename(keys[0], "url")
        keys = keys[1:]
    if key:
        front_matter.set(key, value)
    for other in keys:
        front_matter.delete(other)
    alias_row = post.keys.row("aliases")
    alias_keys = post.keys.written_keys(front_matter, alias_row) if alias_row else []
    aliases = tuple(address for address in post.old_addresses if "?" not in address and address != post.address)
    if language:
        # Hugo puts the aliases of another language below the language's folder.
        aliases = tuple(address.removeprefix(f"/{language}") for address in aliases)
    elif page is not None:
        aliases = tuple(page.aliases(aliases, rules.of(page.section).ugly))
    if aliases:
        if alias_keys and alias_keys[0] != "aliases":
            front_matter.rename(alias_keys[0], "aliases")
        front_matter.set("aliases", list(aliases))
        alias_keys = alias_keys[1:]
    for other in alias_keys:
        front_matter.delete(other)


def _wanted(
    page: addressing.PageToAddress,
    rules: addressing.SiteRules,
    may_say_slug: bool,
    *,
    may_follow: bool,
) -> tuple[str, str]:
    """Return the key and value by which the page keeps its address, empty when Hugo derives it.

    `may_follow` says whether the rules hold for the page, as they do not for other languages. UrlError when Hugo cannot
    write a page there.
    """
    rule = rules.of(page.section)
    if may_follow and page.fits(rule, rules.keep_case):
        return "", ""
    if may_follow and page.kind == "page" and may_say_slug and page.fits(rule, rules.keep_case, page.last):
        return "slug", page.last
    return "url", escape_url("/" + page.wanted.removesuffix("index.html"))


def _derived_url(page: addressing.PageToAddress, rules: addressing.SiteRules) -> str:
    return page.derived(rules.of(page.section), rules.keep_case)


def stand_in(post: Post, place: Place, site: SiteInfo, links: LinkMap) -> Iterator[Write]:
    """Yield the file that answers at the post's address and leads to its page, when Hugo writes no page there."""
    path = stand_ins.claimed(place)
    page = addressing.page_to_address(post, place.path, kind_of(place.path, site)) if path is not None else None
    if path is None or page is None:
        return
    rules = addressing.site_rules(links)
    try:
        _wanted(page, rules, "slug" not in post.front_matter, may_follow=not language_of(place.path, site))
    except UrlError:
        yield stand_ins.leading_on(path, _derived_url(page, rules), post.source.label)


def _rename_plain_data(front_matter: FrontMatter, post: Post, status: str, log: PlacedFindings) -> None:
    """Rename keys that are plain data to the source system and would decide where, or whether, Hugo shows the page.

    What was Hugo's own before the site was converted stays, but where it hides a page that has become public since.
    """
    steering = [key for key in front_matter if key.lower() in STEERING_KEYS]
    if not steering:
        return
    stay = {key.lower() for row in post.keys.rows.values() for key in row.keys}
    if not (status == "published" and is_private(front_matter, {})):
        stay |= post.keys.foreign
    for key in steering:
        if key.lower() not in stay and front_matter[key]:
            renamed = f"{post.source.system}_{key}"
            front_matter.rename(key, renamed)
            log.add("HC208", key=key, renamed=renamed)


def _move_refused_keys(front_matter: FrontMatter, system: str, log: PlacedFindings) -> None:
    """Rename the keys that would stop Hugo's build: unreadable dates, names with another use, twins by case."""
    seen: set[str] = set()
    for key in list(front_matter):
        folded = key.lower()
        renamed = f"{system}_{key}"
        if folded in DATE_KEYS and not _is_date(front_matter, key):
            log.add("HC203", key=key, text=str(front_matter[key]), system="Hugo", kept=renamed)
        elif folded in seen or (folded in REFUSED_KEYS and not isinstance(front_matter[key], REFUSED_KEYS[folded])):
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
    return {key: value for key, value in front_matter.as_dict().items() if value not in (None, "", [], {}, ())}


# Bodies -------------------------------------------------------------------------------------------------------------


def convert_body(post: Post, links: LinkMap, log: Findings, dialect: TargetDialect = HUGO) -> str:
    """Return the body as Hugo shows it; links to the old site lead to the new one where it has the page."""
    placed = log.at(post.source.name, post.body.line)
    if post.translate is None:
        return HUGO.escape(post.body.text)
    return post.translate(post.body.text, dialect, lambda url: links.resolve(url) or url, placed)
