"""What is true of the whole site: names, authors, tags, menus, and the addresses that Ghost gives its pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import yaml

from hugoconv.model import Author, MenuItem, SiteInfo, Term
from hugoconv.report.findings import Findings
from hugoconv.systems.exports.site import local_date, zone_named
from hugoconv.systems.ghost.tables import Row, Tables, moment, text

GHOST_URL = "__GHOST_URL__"
"""What Ghost writes for its own address (since 4.0)."""
TAGS, AUTHORS = "tags", "authors"
_PARAMS = ("logo", "cover_image", "icon", "accent_color", "facebook", "twitter", "meta_title", "meta_description")
_TOKEN = re.compile(r"\{(\w+)\}|:(\w+)")


@dataclass(frozen=True)
class Addresses:
    """How the site's addresses are made, and what stands for its own address in texts."""

    base_url: str
    posts: str = "/{slug}/"
    tags: str = "/tag/{slug}/"
    authors: str = "/author/{slug}/"

    def own(self, written: str) -> str:
        """Return text with the site's own address where Ghost writes a name for it."""
        return written.replace(GHOST_URL, self.base_url.rstrip("/"))

    def post(self, row: Row, zone: tzinfo, primary_tag: str, primary_author: str) -> str:
        """Return the URL path of a post; of one without a date, what is left of the pattern."""
        date = local_date(moment(row, "published_at"), zone)
        day = datetime.fromisoformat(str(date).replace("Z", "+00:00")) if date else None
        values = {
            "slug": text(row, "slug"),
            "id": text(row, "id"),
            "year": f"{day:%Y}" if day else "",
            "month": f"{day:%m}" if day else "",
            "day": f"{day:%d}" if day else "",
            "primary_tag": primary_tag or "all",
            "primary_author": primary_author,
            "author": primary_author,
        }
        path = _TOKEN.sub(lambda match: values.get(match[1] or match[2], match[0]), self.posts)
        return re.sub(r"/{2,}", "/", path)


def addresses(base_url: str, settings: dict[str, str], routes: str, permalinks: str, log: Findings) -> Addresses:
    """Return the addresses as the option, the file routes.yaml, or the settings of old versions say."""
    pattern = permalinks or settings.get("permalinks", "")
    found = {"posts": pattern} if pattern.startswith("/") else {}
    if not permalinks and routes:
        found |= _routes(routes, log)
    return Addresses(base_url, **found)


def _routes(routes: str, log: Findings) -> dict[str, str]:
    """Return what routes.yaml says of permalinks; several collections are a finding, for the first counts for all."""
    try:
        values: Any = yaml.load(routes, Loader=yaml.CSafeLoader)
        collections = values.get("collections") or {}
        patterns = [each["permalink"] for each in collections.values() if isinstance(each, dict)]
        taxonomies = values.get("taxonomies") or {}
        found = {f"{name}s": str(taxonomies[name]) for name in ("tag", "author") if taxonomies.get(name)}
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, RecursionError) as error:
        log.add("HC126", file="routes.yaml", detail=str(error).partition("\n")[0])
        return {}
    if len(set(map(str, patterns))) > 1:
        log.add("HC126", file="routes.yaml", detail=f"{len(patterns)} collections; the first counts for all posts")
    return found | ({"posts": str(patterns[0])} if patterns else {})


def site_info(tables: Tables, where: Addresses, time_zone: str, log: Findings, file: str) -> SiteInfo:
    """Return what the settings, tags and users say; what cannot be carried is a finding in `log`."""
    settings = tables.settings()
    name = time_zone or settings.get("timezone", "") or settings.get("activeTimezone", "")
    users = _users(tables)
    params: dict[str, Any] = {key: where.own(settings[key]) for key in _PARAMS if settings.get(key)}
    if any(settings.get(key, "").strip() for key in ("codeinjection_head", "codeinjection_foot", "ghost_head")):
        log.add("HC127", file=file, what="the whole site")
    return SiteInfo(
        system="ghost",
        title=settings.get("title", ""),
        description=settings.get("description", ""),
        base_url=where.base_url,
        language=settings.get("locale", "") or settings.get("lang", "") or settings.get("default_locale", ""),
        time_zone=name if name not in ("UTC", "Etc/UTC") else "",
        zone=zone_named(name),
        taxonomies={"tag": TAGS} | ({"author": AUTHORS} if users else {}),
        terms=_terms(tables, where, users),
        authors=users,
        menus={
            menu: items
            for menu, key in (("main", "navigation"), ("secondary", "secondary_navigation"))
            if (items := _menu(settings.get(key, ""), menu, where))
        },
        params=params,
        page_size=int(settings.get("posts_per_page", "0")) if settings.get("posts_per_page", "").isdecimal() else 0,
        settings={"secrets": {"e-mail addresses of authors": sum(bool(each.email) for each in users.values())}},
    )


def author_name(row: Row) -> str:
    """Return what an author is called."""
    return text(row, "name").strip() or text(row, "slug")


def _users(tables: Tables) -> dict[str, Author]:
    """Return those who wrote something, by their slugs."""
    writers = Counter(text(row, "author_id") for row in tables.table("posts_authors"))
    writers.update(text(row, "author_id") for row in tables.table("posts"))
    return {
        text(row, "slug"): Author(text(row, "slug"), author_name(row), text(row, "email"))
        for row in tables.table("users")
        if text(row, "slug") and writers[text(row, "id")]
    }


def _terms(tables: Tables, where: Addresses, users: dict[str, Author]) -> dict[str, dict[str, Term]]:
    used = {text(row, "tag_id") for row in tables.table("posts_tags")}
    tags = {
        text(row, "name"): Term(
            text(row, "name"),
            text(row, "slug"),
            description=text(row, "description"),
            address=where.tags.replace("{slug}", text(row, "slug")),
        )
        for row in tables.table("tags")
        if text(row, "name") and not is_internal(row) and text(row, "id") in used
    }
    by_slug = {text(row, "slug"): row for row in tables.table("users")}
    authors = {
        user.name: Term(
            user.name, slug, description=text(by_slug[slug], "bio"), address=where.authors.replace("{slug}", slug)
        )
        for slug, user in users.items()
    }
    return {TAGS: tags} | ({AUTHORS: authors} if authors else {})


def is_internal(tag: Row) -> bool:
    """Return whether a tag is one that only the site's makers see."""
    return text(tag, "visibility") == "internal" or text(tag, "name").startswith("#")


def _menu(setting: str, menu: str, where: Addresses) -> tuple[MenuItem, ...]:
    try:
        rows = json.loads(setting) if setting else []
    except (ValueError, RecursionError):
        rows = []
    named = [row for row in rows if isinstance(row, dict) and text(row, "label")] if isinstance(rows, list) else []
    return tuple(
        MenuItem(f"{menu}-{number}", text(row, "label"), where.own(text(row, "url")), weight=number)
        for number, row in enumerate(named, 1)
    )
