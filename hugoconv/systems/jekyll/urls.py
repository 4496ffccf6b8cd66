"""Jekyll's URL rules: from a file's path, values and permalink to its URL and its output file.

The sources of the rules are lib/jekyll/url.rb, drops/url_drop.rb, document.rb, page.rb, static_file.rb and renderer.rb.
Nothing here reads a file: a document's values come from the caller.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from posixpath import basename, dirname, normpath, splitext
from urllib.parse import quote, unquote_to_bytes

from hugoconv.errors import HugoconvError
from hugoconv.systems.jekyll.slugs import downcase, slugify

STYLES: dict[str, str] = {
    "none": "/:categories/:title:output_ext",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}
"""The named permalink styles; they are names in the configuration only, not in front matter."""

OUTPUT_EXTENSIONS: dict[str, str] = {".scss": ".css", ".sass": ".css"}
"""What Jekyll's converters beside Markdown make of an extension; any other extension stays."""

_HTML_EXTENSIONS = frozenset({".html", ".xhtml", ".htm"})
_SUFFIX_STYLES = {"pretty": "/", "date": ":output_ext", "ordinal": ":output_ext", "none": ":output_ext"}
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


_POST_NAME = re.compile(r"([0-9]{2,4}-[0-9]{1,2}-[0-9]{1,2})-(.*)(\.[^.]+)", re.DOTALL)
_TOKEN = re.compile(":([a-z_]+)")
_SLASHES = re.compile("//+")
_PLAIN = re.compile(r"[A-Za-z0-9._~/-]*")
"""What stands in a path as it is."""


class UrlError(HugoconvError):
    """A URL that Jekyll could not make either: its build stops at this document."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a document is found: `url` as Jekyll writes it in links, `file` as it stands below the destination."""

    url: str
    file: str


@dataclass(frozen=True, slots=True)
class PostName:
    """The parts of a post's file name: the date as written, the slug without trailing dots, the extension."""

    date: str
    slug: str
    extension: str

    @property
    def day(self) -> datetime.date | None:
        """The date as a date (a two-digit year as Ruby reads it), None when the calendar has no such day."""
        year, month, day = (int(part) for part in self.date.split("-"))
        if len(self.date.split("-")[0]) == 2:
            year += 1900 if year >= 69 else 2000
        try:
            return datetime.date(year, month, day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A post, draft or collection document, with the values its URL is made from.

    `path` is relative to the collections directory ("a/_posts/2020-01-02-x.md"), `label` the collection's name,
    `slug` the front matter's slug (None: the file name's), `date` its date in the site's time zone, `categories` the
    complete list in Jekyll's order, `permalink` the front matter's (None: the collection's template).
    """

    path: str
    label: str = "posts"
    slug: str | None = None
    date: datetime.datetime | None = None
    categories: tuple[str, ...] = ()
    permalink: str | None = None
    output_extension: str = ".html"


@lru_cache(maxsize=64)  # it is asked for several times in a row
def post_name(path: str) -> PostName | None:
    """Return the parts of a post's file name, None when the name has no date, no slug mark or no extension."""
    match = _POST_NAME.fullmatch(path.rpartition("/")[2])
    return PostName(match[1], match[2].rstrip("."), match[3]) if match else None


def document_slug(path: str) -> str:
    """Return the slug that Jekyll takes from a post's, draft's or collection document's file name."""
    dated = post_name(path)
    return dated.slug if dated else splitext(basename(path))[0].rstrip(".")


def categories_from_path(path: str, directory: str = "_posts") -> tuple[str, ...]:
    """Return the categories that the directories above `directory` ("_posts", "_drafts", "_LABEL") give a document."""
    if path.startswith(directory):
        return ()
    above = path.split(directory, 1)[0]
    return tuple(part for part in above.split("/") if part not in ("", directory, basename(path)))


def output_extension(path: str, permalink: str | None = None, markdown: frozenset[str] = frozenset({".md"})) -> str:
    """Return the extension of what Jekyll makes of a file: the front matter permalink's, else its converter's.

    `markdown` has the extensions, in lower case, that the configuration gives to Markdown.
    """
    if permalink and not permalink.endswith("/"):
        wished = splitext(basename(permalink))[1]
        if wished:
            return wished
    extension = splitext(path)[1]
    return ".html" if extension.lower() in markdown else OUTPUT_EXTENSIONS.get(extension.lower(), extension)


def collection_template(label: str, permalink: str | None, style: str) -> str:
    """Return the template of a collection's URLs: its own permalink, else what the site's permalink `style` gives."""
    if permalink is not None:
        return permalink
    return STYLES.get(style, style) if label == "posts" else _with_suffix("/:collection/:path", style)


def document_address(document: Document, template: str) -> Address:
    """Return the address of a post, draft or collection document.

    `template` is its collection's (`collection_template`). UrlError for a token that does not exist, or a date token
    of a document that has no date.
    """

    def replace(match: re.Match[str]) -> str:
        name = match[1].removesuffix("_")
        token = _TOKENS.get(name)
        if token is None:
            raise UrlError(f"the permalink {source!r} has no token :{name}; Jekyll's build stops here")
        return escape_path(token(document)) + match[1][len(name) :]

    source = template if document.permalink is None else document.permalink
    url = sanitize(_TOKEN.sub(replace, source))
    return Address(url, _output_file(url, "index.html", document.output_extension))


def page_address(path: str, *, permalink: str | None, style: str, output_extension: str) -> Address:
    """Return the address of a page; `path` is relative to the site's root, `style` the configuration's permalink."""
    stem = splitext(basename(path))[0].rstrip(".")
    if output_extension not in _HTML_EXTENSIONS:
        template = "/:path/:basename:output_ext"
    elif stem == "index":
        template = "/:path/"
    else:
        template = _with_suffix("/:path/:basename", style)
    directory = dirname(path)
    placeholders = {
        ":path": f"/{directory}" if directory else "",
        ":basename": stem,
        ":output_ext": output_extension,
    }
    url = sanitize(_replaced(template if permalink is None else permalink, placeholders))
    return Address(url, _output_file(url, f"index{output_extension}", output_extension))


def static_address(path: str) -> Address:
    """Return the address of a copied file; percent signs in its name are decoded, dots before its extension cut."""
    return _copied(f"/{path}".removesuffix(splitext(path)[1]).rstrip("."), splitext(path)[1])


def collection_file_address(path: str, label: str, template: str) -> Address:
    """Return the address of a file without front matter in the collection `label`; `path` as in `Document`."""
    stem, extension = splitext(path)
    stem = stem.rstrip(".")
    placeholders = {
        ":collection": label,
        ":path": stem.replace(f"_{label}", "", 1),
        ":output_ext": "",
        ":name": basename(stem),
        ":title": "",
    }
    return _copied(sanitize(_replaced(template, placeholders)), extension)


def sanitize(url: str) -> str:
    """Return `url` with a leading slash, without `..`, `./` and repeated slashes, in Jekyll's order of replacing."""
    return _SLASHES.sub("/", f"/{url}".replace("..", "/").replace("./", ""))


def escape_path(path: str) -> str:
    """Return `path` with everything percent-encoded that RFC 3986 does not allow in a path."""
    return path if _PLAIN.fullmatch(path) else quote(path, safe="/:@!$&'()*+,;=~", errors="surrogatepass")


def _with_suffix(template: str, style: str) -> str:
    suffix = _SUFFIX_STYLES.get(style)
    if suffix is None:
        suffix = next((ending for ending in ("/", ":output_ext") if style.endswith(ending)), "")
    return template + suffix


def _replaced(template: str, placeholders: Mapping[str, str]) -> str:
    for token, value in placeholders.items():
        template = template.replace(token, escape_path(value))
    return template


def _copied(url: str, extension: str) -> Address:
    url = url.removesuffix("/") + extension
    return Address(url, _relative(url))


def _output_file(url: str, index: str, extension: str) -> str:
    file = _relative(url)
    if url.endswith("/"):
        return f"{file}/{index}" if file else index
    return file if file.endswith(extension) else file + extension


def _relative(url: str) -> str:
    try:
        decoded = unquote_to_bytes(url.encode("utf-8", "surrogatepass")).decode("utf-8")
    except UnicodeDecodeError:
        raise UrlError(f"the percent signs of {url!r} do not give valid UTF-8; Jekyll's build stops here") from None
    return normpath(f"/{decoded}").lstrip("/")


def _cleaned(document: Document) -> str:
    directory = f"_{document.label}"
    return splitext(document.path)[0].replace(directory, "", 1).rstrip(".")


def _title(document: Document) -> str:
    return slugify(_slug(document), "pretty", cased=True)


def _slug(document: Document) -> str:
    return document_slug(document.path) if document.slug is None else document.slug


def _name(document: Document) -> str:
    return slugify(splitext(basename(document.path))[0])


def _joined(parts: list[str]) -> str:
    return "/".join(dict.fromkeys(parts))


def _dated(write: Callable[[datetime.datetime], object]) -> Callable[[Document], str]:
    def token(document: Document) -> str:
        if document.date is None:
            raise UrlError("the permalink has a date token and the document has no date", file=document.path)
        return str(write(document.date))

    return token


_TOKENS: dict[str, Callable[[Document], str]] = {
    "collection": lambda document: document.label,
    "output_ext": lambda document: document.output_extension,
    "path": _cleaned,
    "name": _name,
    "title": _title,
    "slug": lambda document: slugify(_slug(document)),
    "categories": lambda document: _joined([downcase(category) for category in document.categories]),
    "slugified_categories": lambda document: _joined([slugify(category) for category in document.categories]),
    "year": _dated(lambda moment: f"{moment.year:04}"),
    "short_year": _dated(lambda moment: f"{moment.year % 100:02}"),
    "month": _dated(lambda moment: f"{moment.month:02}"),
    "i_month": _dated(lambda moment: moment.month),
    "short_month": _dated(lambda moment: _MONTH_NAMES[moment.month - 1][:3]),
    "long_month": _dated(lambda moment: _MONTH_NAMES[moment.month - 1]),
    "day": _dated(lambda moment: f"{moment.day:02}"),
    "i_day": _dated(lambda moment: moment.day),
    "y_day": _dated(lambda moment: f"{moment.timetuple().tm_yday:03}"),
    "w_year": _dated(lambda moment: f"{moment.isocalendar().year:04}"),
    "week": _dated(lambda moment: f"{moment.isocalendar().week:02}"),
    "w_day": _dated(lambda moment: moment.isoweekday()),
    "short_day": _dated(lambda moment: _DAY_NAMES[moment.weekday()][:3]),
    "long_day": _dated(lambda moment: _DAY_NAMES[moment.weekday()]),
    "hour": _dated(lambda moment: f"{moment.hour:02}"),
    "minute": _dated(lambda moment: f"{moment.minute:02}"),
    "second": _dated(lambda moment: f"{moment.second:02}"),
}
"""The tokens of documents' permalinks (drops/url_drop.rb)."""
