"""The lightest way to keep a page's address: a rule of its section in the configuration, a slug, else a `url`.

Each page says in pass 1 under which rules Hugo would give it the address it had; when all have spoken, the rule that
saves most lines is its section's. A page that it does not fit says its own slug or `url`. Nothing is trusted: for each
page the file that Hugo will write is computed under the rule that was chosen, and compared with the file it must be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import PurePosixPath

from hugoconv.fields import FieldError
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.model import Post
from hugoconv.systems.addresses import served
from hugoconv.systems.hugo.permalinks import Permalink, UrlError
from hugoconv.systems.hugo.urls import Address, PageKind, UrlRules, alias_file, dated_name, page_address

SLUG = ":slug"
DATED_NAMES = "date from file name"
"""The trait of a page whose date stands in its file's name alone."""
_HTML = ".html"
_PLAIN_FOLDER = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")
"""A folder that Hugo calls in addresses what it is called."""
_PLAIN_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_FORMATS = {":year": "{1.year}", ":month": "{1.month:02}", ":day": "{1.day:02}", SLUG: "{0}"}
"""What tokens stand for, as formats of a slug and a date."""


@dataclass(frozen=True, slots=True)
class SectionRule:
    """How the pages of a section get their addresses: a permalink pattern ("" for their paths), and `.html` or not."""

    pattern: str = ""
    ugly: bool = False

    def rules(self, section: str, keep_case: bool) -> UrlRules:
        """Return the rules of a site whose pages of `section` follow this."""
        return _rules(self, section, keep_case)


BY_PATH = SectionRule()
"""What Hugo does when nothing is configured."""


@lru_cache(maxsize=1024)
def _rules(rule: SectionRule, section: str, keep_case: bool) -> UrlRules:
    permalinks = (Permalink(rule.pattern, "page", f"/{{{section},{section}/**}}"),) if rule.pattern else ()
    ugly = frozenset({section}) if rule.ugly else False
    return UrlRules(permalinks, ugly, disable_path_to_lower=keep_case)


@lru_cache(maxsize=1024)
def _format(pattern: str) -> str:
    """Return a pattern of plain folders, dates and the slug as a format of slug and date, "" for any other."""
    parts = pattern.strip("/").split("/")
    formats = [_FORMATS.get(part) or (part if _PLAIN_FOLDER.fullmatch(part) else "") for part in parts]
    return "/".join(formats) if all(formats) else ""


@dataclass(slots=True)
class PageToAddress:
    """A page that must keep the file at `wanted`; `slug` is the one that Hugo knows it by, "" for none."""

    path: str
    kind: PageKind
    date: datetime | None
    slug: str
    wanted: str
    section: str = field(init=False)
    """Its top folder, "" at the root."""
    _folder: str = field(init=False)
    _name: str = field(init=False)
    _is_plain: bool = field(init=False)
    """Whether Hugo calls the page and its folders in addresses what they are called."""

    def __post_init__(self) -> None:
        self._folder, _, self._name = self.path.rpartition("/")
        self.section = self._folder.partition("/")[0]
        is_page = self.kind == "page" and self._name != "index"
        self._is_plain = is_page and _PLAIN_FOLDER.fullmatch(self.path) is not None

    @property
    def has_capitals(self) -> bool:
        """Whether anything is there that Hugo writes differently when it keeps the case of paths."""
        text = f"{self.path}{self.slug}{self.wanted}"
        return " " in self.path or text != text.lower()

    @property
    def last(self) -> str:
        """The last part of the wanted address, without `.html`."""
        return self.wanted.removesuffix("index.html").rstrip("/").rpartition("/")[2].removesuffix(_HTML)

    @property
    def _stands_elsewhere(self) -> bool:
        """Whether the wanted address is in another folder, or another depth, than any rule by path makes of a page."""
        folder = self._folder
        if self.kind != "page" or self._name == "index":
            return False
        if self.path.count("/") != self.wanted.removesuffix("index.html").rstrip("/").count("/"):
            return True
        return _PLAIN_FOLDER.fullmatch(folder) is not None and not self.wanted.startswith(f"{folder}/")

    def fits(self, rule: SectionRule, keep_case: bool, slug: str = "") -> bool:
        """Whether Hugo writes the wanted file under a rule; a slug that Hugo would make of the title does not count."""
        slug = slug or self.slug
        if rule.pattern and not slug:
            return False
        if plain := self._plain_file(rule, slug):
            return plain == self.wanted
        if not rule.pattern and self._stands_elsewhere and "/" not in slug:
            return False
        rules = rule.rules(self.section, keep_case)
        try:
            return page_address(self.path, kind=self.kind, slug=slug, date=self.date, rules=rules).file == self.wanted
        except UrlError:
            return False

    def _plain_file(self, rule: SectionRule, slug: str) -> str:
        """Return the file that Hugo writes where no name is changed on the way, "" where one may be."""
        if not self._is_plain or (slug and (slug == "index" or not _PLAIN_SLUG.fullmatch(slug))):
            return ""
        if rule.pattern:
            shape = _format(rule.pattern) if self.section and self.date is not None else ""
            path = shape.format(slug, self.date)
        else:
            path = f"{self._folder}/{slug or self._name}".lstrip("/")
        return path and f"{path}{_HTML if rule.ugly else '/index.html'}"

    def derived(self, rule: SectionRule, keep_case: bool) -> str:
        """Return the URL that Hugo gives the page without being told."""
        rules = rule.rules(self.section, keep_case)
        return page_address(self.path, kind=self.kind, slug=self.slug, date=self.date, rules=rules).url

    def aliases(self, addresses: Iterable[str], is_ugly: bool) -> Iterator[str]:
        """Yield what `aliases` must say for redirects at these addresses of old; one that Hugo refuses as it is."""
        page = Address("", self.wanted)
        for address in addresses:
            wanted = _file(address)
            spellings = (address, f"/{wanted}")
            yield next((alias for alias in spellings if _alias_file(alias, page, is_ugly) == wanted), address)

    def rules(self) -> Iterator[SectionRule]:
        """Yield the rules that the page could follow: its path's, and the pattern that its address looks like."""
        ugly = not self.wanted.endswith("/index.html") and self.wanted.endswith(_HTML)
        yield SectionRule("", ugly)
        if self.kind == "page" and self.section:
            pattern = self._pattern()
            if pattern:
                yield SectionRule(pattern, ugly)

    def _pattern(self) -> str:
        """Return the wanted address with its slug, and its date's year, month and day in this order, as tokens."""
        above = self.wanted.removesuffix("index.html").rstrip("/").rpartition("/")[0]
        if ":" in above:
            return ""
        folders = f"/{above}/" if above else "/"
        if self.date is not None:
            year, month, day = f"/{self.date.year}/", f"{self.date.month:02}/", f"{self.date.day:02}/"
            dated = {year + month + day: "/:year/:month/:day/", year + month: "/:year/:month/", year: "/:year/"}
            written = next((written for written in dated if written in folders), "")
            folders = folders.replace(written, dated[written], 1) if written else folders
        return f"{folders}{SLUG}/"


def page_to_address(post: Post, path: PurePosixPath, kind: PageKind = "page") -> PageToAddress | None:
    """Return what is known of a post at a place below `content/`; None when it has no address to keep."""
    if not post.address:
        return None
    date = _date(post)
    slug = str(post.front_matter.get("slug") or "")
    if not slug and takes_date_from_name(post, path) and (dated := dated_name(path.stem)):
        slug = dated[1]
    inside = str(path).removeprefix("content/").removesuffix(path.suffix)
    return PageToAddress(inside, kind, date, slug, _file(post.address))


def takes_date_from_name(post: Post, path: PurePosixPath) -> bool:
    """Whether Hugo can read a post's only date from its file's name, so that it need not be written."""
    row = post.keys.row("date")
    if row is None or post.keys.written_keys(post.front_matter, row):
        return False
    dated = dated_name(path.stem)
    inherited = post.inherited.get("date")
    if dated is None or inherited is None or inherited.precision != "day":
        return False
    return bool(inherited.value.date() == dated[0].date())


def _date(post: Post) -> datetime | None:
    try:
        moment = post.date
    except FieldError:
        return None
    return moment.value if moment else None


def _file(address: str) -> str:
    address = served(address)
    return (f"{address}index.html" if address.endswith("/") else address).lstrip("/")


def _alias_file(alias: str, page: Address, is_ugly: bool) -> str:
    try:
        return alias_file(alias, page, ugly=is_ugly)
    except UrlError:
        return ""


# Traits: what pass 1 counts ---------------------------------------------------------------------------------------


def traits(page: PageToAddress) -> Iterator[str]:
    """Yield what is to be counted of a page: the rules under which it needs no line of its own, or only a slug."""
    yield f"pages\t{page.section}"
    for rule in page.rules():
        what = ""
        for keep_case in (False, True):
            if not keep_case or page.has_capitals:  # else the answer is the same
                what = "fits" if page.fits(rule, keep_case) else ""
                if not what and page.last != page.slug and page.fits(rule, keep_case, page.last):
                    what = "fits with slug"
            if what:
                yield _trait(what, page.section, keep_case, rule)


def _trait(what: str, section: str, keep_case: bool, rule: SectionRule) -> str:
    return "\t".join((what, section, "case" if keep_case else "lower", "ugly" if rule.ugly else "", rule.pattern))


@dataclass(frozen=True)
class SiteRules:
    """The rules that the new site's configuration gives: of each section that needs one, and whether case is kept."""

    sections: dict[str, SectionRule]
    keep_case: bool

    def of(self, section: str) -> SectionRule:
        """Return the rule of a section."""
        return self.sections.get(section, BY_PATH)


@lru_cache(maxsize=1)
def site_rules(links: LinkMap) -> SiteRules:
    """Return the rules that save most lines, from what pass 1 counted."""
    scores: dict[bool, dict[str, dict[SectionRule, int]]] = {False: {}, True: {}}
    for trait, count in links.traits.items():
        what, *parts = trait.split("\t")
        if what not in _WEIGHTS:
            continue
        section, case, ugly, pattern = parts
        rules = scores[case == "case"].setdefault(section, {})
        rule = SectionRule(pattern, bool(ugly))
        rules[rule] = rules.get(rule, 0) + _WEIGHTS[what] * count
    chosen = {keep_case: {section: _best(rules) for section, rules in of.items()} for keep_case, of in scores.items()}
    totals = {keep: sum(score for _, score in rules.values()) for keep, rules in chosen.items()}
    keep_case = totals[True] > totals[False]
    best = {section: rule for section, (rule, _) in chosen[keep_case].items()}
    return SiteRules({name: rule for name, rule in best.items() if rule != BY_PATH and name}, keep_case)


_WEIGHTS = {"fits": 2, "fits with slug": 1}


def _best(rules: dict[SectionRule, int]) -> tuple[SectionRule, int]:
    """Return the rule that serves most pages; one in the configuration must serve more than one to be worth it."""
    simple = rules.get(BY_PATH, 0)
    rule, score = max(rules.items(), key=lambda item: (item[1], not item[0].pattern, not item[0].ugly))
    return (rule, score) if score > simple + 2 else (BY_PATH, simple)
