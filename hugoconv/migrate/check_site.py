"""Is one site whole: mentions that lead nowhere, anchors, addresses that two pages want, values nobody can read."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from hugoconv.fields import FieldError
from hugoconv.markup.anchors import anchors, leads_to
from hugoconv.markup.files import is_file_name
from hugoconv.model import Post, Reference, Site
from hugoconv.report.findings import Findings
from hugoconv.urls import urlsplit

NAMES_SHOWN = 5
_MAKES_HEADINGS = re.compile(
    r"\{%-?\s*include|\{\{%|\{\{<\s*(?:include|readfile)|^#\+|\[toc\]", re.MULTILINE | re.IGNORECASE
)
"""What puts headings into a page that do not stand in its text."""


_READ_MARKUPS = frozenset({"markdown", "html", "org"})
"""What a text can be written in so that its links and pictures are known."""


class Place(NamedTuple):
    """Where a mention stands in the source; `line` 0 when it is not known."""

    file: str
    line: int


@dataclass
class Survey:
    """What one reading of all posts found, to be judged when all are known."""

    log: Findings
    posts: int = 0
    pages: dict[str, str] = field(default_factory=dict)
    """The page at each address, by the name of its source."""
    aliases: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The page (name and address) that each old address leads to."""
    used: set[str] = field(default_factory=set)
    anchored: defaultdict[str, list[tuple[Place, str, str]]] = field(default_factory=lambda: defaultdict(list))
    """The mentions with an anchor (place, target, anchor), by the address of the page that they lead to."""
    not_read: Counter[str] = field(default_factory=Counter)
    """How many posts there are in each markup whose mentions nobody knows."""


def check_site(site: Site, log: Findings) -> int:
    """Record what is broken in a site and return how many posts were looked at."""
    survey = Survey(log)
    for post in site.posts:
        survey.posts += 1
        if not post.unreadable:  # reading it said why
            _check_fields(post, log)
            _check_addresses(post, survey)
            _check_references(post, survey)
            survey.not_read[post.body.dialect.markup] += post.body.dialect.markup not in _READ_MARKUPS
    if unread := +survey.not_read:
        log.add("HC433", count=unread.total(), markups=", ".join(sorted(unread)))
    _check_aliases(survey)
    if survey.anchored:
        _check_anchors(site, survey)
    _check_unused(site, survey)
    return survey.posts


def check_old_host(site: Site, host: str, log: Findings) -> None:
    """Record the mentions that still lead to the host where the site was before."""
    for post in site.posts:
        for reference in post.references if not post.unreadable else ():
            if host_of(reference.target) == host and reference.lead.kind != "page":
                log.add("HC531", file=post.source.name, line=line_of(post, reference), url=reference.target)


def _check_fields(post: Post, log: Findings) -> None:
    for name in post.keys.names():
        try:
            post.keys.read(post.front_matter, name)
        except FieldError as error:
            key, _, detail = str(error).partition(": ")
            log.add("HC213", file=post.source.label, line=line_of_key(post, key), key=key, detail=detail)


def line_of_key(post: Post, *keys: str) -> int:
    """Return the line of the source file on which a front matter key (below others) stands, 0 when it is not found."""
    matter = post.front_matter.matter
    position = -1
    for key in keys:
        pattern = re.compile(rf"(?<![\w-])(?:{re.escape(key)})[\"']?\s*[:=\]]", re.IGNORECASE)
        found = pattern.search(matter, position + 1)
        if found is None:
            break
        position = found.start()
    return 1 + post.opening.count("\n") + matter.count("\n", 0, position) if position >= 0 else 0


def _check_addresses(post: Post, survey: Survey) -> None:
    """Note the page's addresses; what is not public has none."""
    if not post.address or (post.status or "published") != "published":
        return
    address = _bare(post.address)
    other = survey.pages.setdefault(address, post.source.label)
    if other != post.source.label:
        survey.log.add("HC532", file=post.source.label, url=post.address, other=other)
    for alias in post.old_addresses:
        if "?" in alias:
            continue
        known = survey.aliases.setdefault(_bare(alias), (post.source.label, address))
        if known[1] != address:
            survey.log.add("HC533", file=post.source.label, alias=alias, other=known[0])


def _check_aliases(survey: Survey) -> None:
    """Old addresses that are the address of another page: one of the two would overwrite the other."""
    for alias, (label, address) in survey.aliases.items():
        other = survey.pages.get(alias)
        if other is not None and alias != address:
            survey.log.add("HC533", file=label, alias=alias, other=other)


def _check_references(post: Post, survey: Survey) -> None:
    for reference in post.references:
        place = Place(post.source.name, line_of(post, reference))
        lead = reference.lead
        if not lead.found:
            _report_missing(post, reference.target, place, survey.log)
        survey.used.add(lead.address)
        if lead.kind == "page" and lead.anchor:
            survey.anchored[lead.address].append((place, reference.target, lead.anchor))


def _report_missing(post: Post, target: str, place: Place, log: Findings) -> None:
    near = post.resolve.near(target) if post.resolve else ""
    if not near:
        log.add("HC401", file=place.file, line=place.line, target=target)
        return
    is_case = near.casefold().endswith(unquote(urlsplit(target).path).casefold().lstrip("./"))
    is_case = is_case and near.rpartition("/")[2] != target.rpartition("/")[2]
    log.add("HC431" if is_case else "HC430", file=place.file, line=place.line, target=target, near=near)


def line_of(post: Post, reference: Reference) -> int:
    """Return the line of the source on which a mention stands, 0 when it is not known."""
    if reference.key:
        return line_of_key(post, *(part for part in reference.key if isinstance(part, str)))
    return post.body.line + post.body.text.count("\n", 0, reference.start)


def host_of(url: str) -> str:
    """Return the host of an address in one spelling, "" for none."""
    return (urlsplit(url.strip()).hostname or "").removeprefix("www.")


def _check_anchors(site: Site, survey: Survey) -> None:
    """Read the pages again that links with an anchor lead to, and look for each anchor."""
    for post in site.posts:
        address, label = _bare(post.address), post.source.label
        mentions = survey.anchored.get(address) if post.address and not post.unreadable else None
        if not mentions or survey.pages.get(address, label) != label or _MAKES_HEADINGS.search(post.body.text):
            continue
        known = anchors(post.body.text, post.body.dialect.markup, _opaque(post))
        for place, target, anchor in mentions:
            if not leads_to(anchor, known):
                survey.log.add("HC530", file=place.file, line=place.line, target=target, anchor=anchor, page=label)


def _opaque(post: Post) -> Sequence[tuple[int, int]]:
    return [(construct.start, construct.end) for construct in post.body.constructs if construct.inner_start < 0]


def _check_unused(site: Site, survey: Survey) -> None:
    """Name the pictures and other media that no page mentions; they are carried all the same."""
    media = (asset for asset in site.assets if asset.role in ("static", "media") and is_file_name(asset.path.name))
    unused = [str(asset.path) for asset in media if (asset.address or f"/{asset.path}") not in survey.used]
    if unused:
        others = " and others" if len(unused) > NAMES_SHOWN else ""
        survey.log.add("HC432", count=len(unused), names=", ".join(unused[:NAMES_SHOWN]) + others)


def _bare(address: str) -> str:
    return unquote(urlsplit(address).path).removesuffix("index.html").rstrip("/") or "/"
