"""What is true of the whole site: its names, languages, authors, terms and menus."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hugoconv.migrate.media import some_of
from hugoconv.model import Author, SiteInfo, Term
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.wordpress.library import Library
from hugoconv.systems.wordpress.terms import AUTHORS
from hugoconv.systems.wordpress.wxr.items import Channel, plain_text

AUTHORS_KEY = "authors"


def site_info(channels: Sequence[Channel], library: Library, log: PlacedFindings) -> SiteInfo:
    """Return what the channels and the index pass say of the site; menu entries that cannot be kept are findings."""
    channel = channels[0]
    authors = _authors(channels, library)
    names = _author_names(authors)
    menus = library.menus()
    for code, entries in (("HC231", menus.hidden), ("HC232", menus.lost)):
        if entries:
            log.add(code, count=len(entries), names=some_of(entries))
    if menus.page_lists:
        log.add("HC352", names=some_of(menus.page_lists))
    language = channel.language.replace("_", "-")
    author_pages = {
        names[login]: Term(names[login], nicename(login), title=author.name, address=f"/author/{nicename(login)}/")
        for login, author in authors.items()
        if library.writers[login]
    }
    return SiteInfo(
        system="wordpress",
        title=plain_text(channel.title),
        description=plain_text(channel.description),
        base_url=channel.base_blog_url or channel.link,
        language=language,
        languages=library.languages.table(),
        taxonomies=library.terms.keys | ({AUTHORS: AUTHORS_KEY} if author_pages else {}),
        terms=library.terms.pages | ({AUTHORS_KEY: author_pages} if author_pages else {}),
        authors=authors,
        menus=menus.by_name,
        menu_names=menus.labels,
        settings={
            "secrets": {name: count for name, count in library.secrets.items() if count},
            "author names": names,
            "galleries": library.galleries,
            "comments": library.comments,
            "media library": True,
        },
    )


def nicename(login: str) -> str:
    """Return the part of an address that WordPress makes of a login."""
    return re.sub(r"[^a-z0-9_-]+", "-", login.lower()).strip("-") or "author"


def _authors(channels: Sequence[Channel], library: Library) -> dict[str, Author]:
    """Return the authors that the channels name, and those that only items do."""
    found = {
        author.login: Author(author.login, plain_text(author.display_name), author.email)
        for channel in channels
        for author in channel.authors
        if author.login
    }
    return found | {login: Author(login) for login in library.writers if login not in found}


def _author_names(authors: dict[str, Author]) -> dict[str, str]:
    """Return a name for each login; two authors of one name are told apart by their logins."""
    names: dict[str, str] = {}
    seen: set[str] = set()
    for login, author in authors.items():
        name = author.name.strip() or login
        if name.casefold() in seen:
            name = f"{name} ({login})"
        seen.add(name.casefold())
        names[login] = name
    return names
