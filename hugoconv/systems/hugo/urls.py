"""Where Hugo publishes a page: its URL and its output file.

The rules are those of Hugo's hugolib/page__paths.go and page__output.go, resources/page/page_paths.go, common/paths
and hugolib/alias.go, for the HTML output format. Addresses are below the base URL, without its path.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote_to_bytes

from hugoconv.systems.hugo.permalinks import Permalink, PermalinkPage, Section, UrlError, clean, expand

PageKind = Literal["home", "page", "section", "taxonomy", "term"]
_ZERO_DATE = datetime(1, 1, 1, tzinfo=UTC)
_INDEX = "index.html"


class Address(NamedTuple):
    """`url` as Hugo links to the page (percent-encoded, starts with "/"), `file` below the publish folder."""

    url: str
    file: str


@dataclass(frozen=True, slots=True)
class UrlRules:
    """The part of a site's configuration that decides its URLs; `ugly_urls` may name the sections it is on for."""

    permalinks: tuple[Permalink, ...] = ()
    ugly_urls: bool | frozenset[str] = False
    disable_path_to_lower: bool = False
    remove_path_accents: bool = False

    def ugly(self, section: str) -> bool:
        """Whether pages of a top-level section get `name.html` instead of `name/index.html`."""
        return self.ugly_urls if isinstance(self.ugly_urls, bool) else section in self.ugly_urls


DEFAULT_RULES = UrlRules()
"""What holds when a site configures nothing."""


def page_address(
    path: str,
    *,
    kind: PageKind = "page",
    title: str = "",
    slug: str = "",
    url: str = "",
    date: datetime | None = None,
    sections: Iterable[Section] | None = None,
    prefix: str = "",
    rules: UrlRules = DEFAULT_RULES,
) -> Address:
    """Return where Hugo publishes a page; UrlError for a `url` or permalink pattern that Hugo refuses.

    `path` is the content path without extension and language ("posts/My Post", "posts/bundle/index", "posts/_index";
    "tags/_index" and "tags/a term/_index" for taxonomies and terms, "_index" for the home page). `sections` are the
    sections around the page, from the top: the top folder, and below it the folders that have an `_index` page; when
    not given, the top folder. `prefix` is the language's folder, "" when it has none.
    A page without a date has Go's zero date.
    """
    slug = slug.strip("-")
    written, known = _taken_apart(path)
    if sections is None:
        around = [Section(top) for top in known.folders[:1]]
    else:
        around = [Section(_known_path(section.path), section.slug.strip("-"), section.title) for section in sections]
    if kind not in ("page", "home"):
        itself = known.logical.removeprefix("/")
        around = [*(section for section in around if section.path != itself), Section(itself, slug, title)]
    page = PermalinkPage(
        path=known.logical,
        kind=kind,
        title=title,
        slug=slug,
        date=date or _ZERO_DATE,
        file_name="" if written.name == "_index" else written.base_name,
        base_name=written.base_name,
        section=known.section,
        sections=tuple(around),
    )
    if kind != "home" and (explicit := _expanded_url(url, page, rules)):
        return _explicit_address(explicit, prefix, _is_named_index(page, written))
    place = written if rules.disable_path_to_lower else known
    return _derived_address(place, page, _permalink(page, rules), prefix, rules)


def escape_url(path: str) -> str:
    r"""Return what `url` in front matter must say for Hugo to publish a page at exactly `path`.

    `path` is the literal path of the output file, "/a/b.html", or of its folder, "/a/b/". UrlError when Hugo cannot
    write there: a name without a dot ("/a/b" would become "/a/b/"), `..` or repeated slashes, a `%` without two
    hexadecimal digits behind it, control characters.
    """
    url = f"{path}{_INDEX}" if ".." in path and path.endswith("/") else path
    if ":" in url:
        # With a colon in it, Hugo takes it for a pattern, and decodes the result.
        url = url.replace("%", "%25").replace("+", "%2B").replace(":", r"\:")
    wanted = f"{path}{_INDEX}" if path.endswith("/") else path
    if not path.startswith("/") or "/" + page_address("page", url=url).file != wanted:
        raise UrlError(f"Hugo cannot publish a page at {path}")
    return url


def alias_file(alias: str, page: Address, *, prefix: str = "", ugly: bool = False) -> str:
    """Return the file that Hugo writes for an alias of a page; UrlError for an alias that it refuses.

    A relative alias stands beside the page. `prefix` is the language's folder; `ugly` says whether the page's section
    has ugly URLs.
    """
    if alias.startswith(("http://", "https://")):
        raise UrlError(f"the alias {alias} leads to another site")
    beside = _resource_folder(page.file)
    base = f"/{prefix}" if alias.startswith("/") else clean(f"{beside}/..") if beside else ".."
    path = clean(f"{base}/{alias}")
    if ugly and not _is_html(path):
        path += ".html"
    if path == "/" or path.startswith(".."):
        raise UrlError(f"the alias {alias!r} does not lead to a file of the site")
    path = path.removeprefix("/")
    return path if _is_html(path) else f"{path}/{_INDEX}"


def dated_name(name: str) -> tuple[datetime, str] | None:
    """Return the date, in the site's zone, and the slug that the date handler `:filename` finds in a name, or None.

    `name` is the content file's name without extension and language, its folder's for a leaf bundle; what follows its
    last dot is not read. The slug is "" when the date is all there is.
    """
    name = name.rpartition(".")[0] or name
    for pattern, layout in _DATED_NAMES:
        if match := pattern.match(name):
            try:
                date = datetime.strptime(f"{match[1]} {match[2]}".replace("-", ":"), layout)
            except ValueError:
                continue
            return date, name[match.end() :].strip(" -_")
    return None


_DATED_NAMES = (
    (re.compile(r"(\d{4}-\d\d-\d\d).(\d\d[-:]\d\d[-:]\d\d)", re.ASCII), "%Y:%m:%d %H:%M:%S"),
    (re.compile(r"(\d{4}-\d\d-\d\d)()", re.ASCII), "%Y:%m:%d "),
)


def urlize(text: str, rules: UrlRules = DEFAULT_RULES) -> str:
    """Return a title or slug as Hugo puts it into a path: sanitized, without accents and in lower case by the rules."""
    path = sanitize(text)
    if rules.remove_path_accents:
        letters = unicodedata.normalize("NFD", path)
        path = unicodedata.normalize("NFC", "".join(c for c in letters if unicodedata.category(c) != "Mn"))
    return path if rules.disable_path_to_lower else _lower(path)


def sanitize(text: str) -> str:
    r"""Return `text` with nothing but letters, digits, marks, `. / \ _ # + ~ - @` and `%hh`; spaces become one hyphen.

    No hyphen is made at the ends, or beside one that is there.
    """
    if _PLAIN.fullmatch(text):
        return text
    kept: list[str] = []
    was_hyphen = space = False
    for position, character in enumerate(text):
        if _is_allowed(text, position, character):
            was_hyphen = character == "-"
            if space and not was_hyphen:
                kept.append("-")
            space = False
            kept.append(character)
        elif kept and not was_hyphen and character.isspace() and character not in _NOT_GO_SPACES:
            space = True
    return "".join(kept)


_PLAIN = re.compile(r"[A-Za-z0-9./\\_#+~@-]*")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_NOT_GO_SPACES = "\x1c\x1d\x1e\x1f"


def _is_allowed(text: str, position: int, character: str) -> bool:
    if character.isascii():
        return bool(_PLAIN.fullmatch(character) or (character == "%" and _PERCENT.match(text, position)))
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"


class _Path:
    """A content path, which starts with "/", taken apart as Hugo does."""

    __slots__ = ("base_name", "folders", "is_bundle", "logical", "name", "path", "section")

    def __init__(self, path: str) -> None:
        self.path = path
        folder, self.name = posixpath.split(path)
        self.is_bundle = self.name in ("index", "_index")
        self.logical = folder if self.is_bundle else path
        """The path by which Hugo knows the page: a bundle's is its folder."""
        above, self.base_name = posixpath.split(self.logical)
        """The file's name, or its folder's for a bundle."""
        inside = self.logical if self.name == "_index" else above
        self.folders = tuple(folder for folder in inside.split("/") if folder)
        """The folders around the page; a leaf bundle's own is not one of them."""
        self.section = self.folders[0] if self.folders else ""
        """The top folder; a page at the root, leaf bundle or not, is in none."""


@lru_cache(maxsize=16)
def _taken_apart(path: str) -> tuple[_Path, _Path]:
    """Return a content path as it is written, and as Hugo knows it; it is asked for several times in a row."""
    written = _Path("/" + path.strip("/"))
    known = _known_path(written.path)
    return written, written if known == written.path else _Path(known)


def _known_path(path: str) -> str:
    return _lower(path).replace(" ", "-")


def _lower(text: str) -> str:
    """Lower case as Go does it, letter by letter: no final sigma, one letter for each."""
    return text.lower() if text.isascii() else "".join(character.lower()[0] for character in text)


def _expanded_url(url: str, page: PermalinkPage, rules: UrlRules) -> str:
    return _query_unescaped(expand(url, page, lambda text: _urlized(text, rules))) if ":" in url else url


def _permalink(page: PermalinkPage, rules: UrlRules) -> str | None:
    """Return the path that the first rule for the page gives, None when there is none or it says nothing."""
    for rule in rules.permalinks:
        if rule.matches(page.kind, page.path):
            expanded = expand(rule.pattern, page, lambda text: _urlized(text, rules))
            return clean(_query_unescaped(expanded)) if expanded else None
    return None


def _urlized(text: str, rules: UrlRules) -> str:
    return _escaped_url(urlize(text, rules))


def _explicit_address(url: str, prefix: str, is_named_index: bool) -> Address:
    """Return the address that a `url` says: as it is, but for `..` and repeated slashes."""
    is_relative = not url.startswith("/")
    if ".." in url:
        url = clean(f"/{url}")
    prefixed = is_relative and prefix and not url.startswith(f"/{prefix}")
    elements = [element for element in url.split("/") if element]
    if url.endswith("/") or "." not in url:
        elements.append(_INDEX)
    path = "/".join(["", *([prefix] if prefixed else []), *elements])
    link = path
    if elements[-1] == _INDEX:
        folder = posixpath.dirname(path)
        link = (folder.removesuffix("index") if is_named_index else folder).removesuffix("/") + "/"
    return Address(_escaped_url(link.replace("#", "%23")), clean(path).removeprefix("/"))


def _is_named_index(page: PermalinkPage, place: _Path) -> bool:
    """Whether the slug "index" makes the page its folder's index; Hugo cuts the word off its link."""
    return page.slug == "index" and page.kind == "page" and not place.is_bundle


def _derived_address(place: _Path, page: PermalinkPage, permalink: str | None, prefix: str, rules: UrlRules) -> Address:
    """Return the address that follows from the path, the slugs and the permalink."""
    ugly = rules.ugly(page.section)
    is_list = page.kind in ("home", "section", "taxonomy")
    is_named_index = _is_named_index(page, place)
    if permalink is not None:
        elements = [permalink]
    elif page.kind == "page":
        elements = [_with_slugs(posixpath.dirname(place.logical), page.sections), page.slug or place.base_name]
    else:
        elements = [_with_slugs(place.logical, page.sections)]
    elements = [element for element in elements if element not in ("", "/")]
    if not is_list and (ugly or (is_named_index and permalink is None)):
        last = elements.pop().removesuffix("/") if elements else ""
        elements.append(f"{last}.html")
    else:
        elements.append(_INDEX)
    elements = [urlize(element, rules) for element in elements]
    links_to_folder = elements[-1] == _INDEX and not (is_list and ugly)
    link = _joined(elements[:-1] if links_to_folder else elements)
    if is_named_index:
        link = link.removesuffix("index")
    if links_to_folder and not link.endswith("/"):
        link += "/"
    folder = f"/{prefix}" if prefix else ""
    file = clean(f"{folder}{_joined(elements)}").removeprefix("/")
    return Address(_escaped_path(f"{folder}{link}".replace("#", "%23")), file)


def _with_slugs(path: str, sections: Iterable[Section]) -> str:
    """Return a path in which the folder of each section that has a slug is called by it."""
    renamed = [section for section in sections if section.slug]
    if not renamed:
        return path
    folders = path.split("/")
    for section in renamed:
        depth = len(section.path.split("/"))
        if depth < len(folders):
            folders[depth] = section.slug
    return "/".join(folders)


def _joined(elements: list[str]) -> str:
    path = ""
    for element in elements:
        path += element if path.endswith("/") or element.startswith("/") else f"/{element}"
    return path


def _resource_folder(file: str) -> str:
    """Return where a page's resources are published: the folder of an index file, beside it a folder of any other."""
    path = f"/{file}"
    if posixpath.basename(path).startswith("index."):
        path = posixpath.dirname(path)
        return "" if path == "/" else path
    return posixpath.splitext(path)[0]


def _is_html(path: str) -> bool:
    return path.endswith((".html", ".htm"))


_VALID_PATH = re.compile(r"(?:[A-Za-z0-9\-_.~!$&'()*+,;=:@/\[\]]|%[0-9A-Fa-f]{2})*")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def _query_unescaped(text: str) -> str:
    """Decode as Go's url.QueryUnescape; "" for a text that it refuses, which Hugo then goes on with."""
    if "%" not in text and "+" not in text:
        return text
    if _BAD_ESCAPE.search(text):
        return ""
    return unquote_to_bytes(text.replace("+", " ")).decode(errors="replace")


def _escaped_url(text: str) -> str:
    """Encode as Go's url.Parse and String do for a URL without scheme and host."""
    rest, _, fragment = text.partition("#")
    path, question, query = rest.partition("?")
    return _escaped_path(path) + question + query + (f"#{_escaped_path(fragment)}" if fragment else "")


def _escaped_path(path: str) -> str:
    """Encode as Go does: a valid path stays, any other is decoded and encoded anew; UrlError when it cannot be."""
    if _VALID_PATH.fullmatch(path):
        return path
    if _BAD_ESCAPE.search(path) or re.search(r"[\x00-\x1f\x7f]", path):
        raise UrlError(f"{path!r} has a control character, or a % without two hexadecimal digits behind it")
    return quote(unquote_to_bytes(path), safe="/$&+,:;=@")
