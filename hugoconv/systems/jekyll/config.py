"""Jekyll's configuration: the files it reads, the defaults it fills in, and which paths it leaves out.

The sources of the rules are lib/jekyll/configuration.rb, frontmatter_defaults.rb and entry_filter.rb.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import basename
from typing import Any

from hugoconv.errors import FrontMatterError, SourceError
from hugoconv.systems.jekyll.globs import fnmatch, matches_ancestor
from hugoconv.systems.jekyll.urls import collection_template

DEFAULT_EXCLUDES = (
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
)
"""What Jekyll leaves out whatever `exclude` says."""

_TEXT_KEYS = (
    "url", "baseurl", "title", "description", "lang", "timezone", "permalink", "layouts_dir", "data_dir",
    "includes_dir", "plugins_dir", "collections_dir", "destination", "excerpt_separator", "markdown", "paginate_path",
)  # fmt: skip
_FLAG_KEYS = ("future", "unpublished", "show_drafts")
_COUNT_KEYS = ("limit_posts", "paginate")
MADE_UP = "made_up"
"""The key of a collection that says that no person wrote its documents."""
_OLD_TYPE_NAMES = {"page": "pages", "post": "posts", "draft": "drafts"}


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection: whether its documents are written, its own permalink (None: the site's style), all its values."""

    label: str
    output: bool = False
    permalink: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Defaults:
    """One entry of `defaults`: front matter for the documents of a path ("" for all) and type (None for all).

    A path that starts with a slash is never the start of a document's path, so in Jekyll such an entry does nothing.
    """

    path: str
    type: str | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class JekyllConfig:
    """A Jekyll site's configuration with Jekyll's defaults filled in; `values` is what the files say, merged.

    `collections` always has `posts`; `markdown_extensions` are in lower case with their dots; `exclude` has
    Jekyll's own excludes too.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    baseurl: str = ""
    title: str = ""
    description: str = ""
    lang: str = ""
    timezone: str = ""
    permalink: str = "date"
    layouts_dir: str = "_layouts"
    data_dir: str = "_data"
    includes_dir: str = "_includes"
    plugins_dir: str = "_plugins"
    collections_dir: str = ""
    destination: str = "_site"
    excerpt_separator: str = "\n\n"
    markdown: str = "kramdown"
    paginate_path: str = "/page:num"
    future: bool = False
    unpublished: bool = False
    show_drafts: bool = False
    limit_posts: int = 0
    paginate: int = 0
    markdown_extensions: frozenset[str] = frozenset({".markdown", ".mkdown", ".mkdn", ".mkd", ".md"})
    include: tuple[str, ...] = (".htaccess",)
    exclude: tuple[str, ...] = DEFAULT_EXCLUDES
    collections: Mapping[str, Collection] = field(default_factory=lambda: {"posts": Collection("posts", output=True)})
    defaults: tuple[Defaults, ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> JekyllConfig:
        """Return the configuration that the merged `values` of all files make; SourceError for an unusable key."""
        given: dict[str, Any] = {"values": values}
        for key in _TEXT_KEYS:
            if values.get(key) is not None:
                given[key] = _text(values[key])
        for key in _FLAG_KEYS:
            given[key] = _is_true(values.get(key))
        for key in _COUNT_KEYS:
            given[key] = values[key] if isinstance(values.get(key), int) else 0
        if values.get("markdown_ext") is not None:
            extensions = _text(values["markdown_ext"]).split(",")
            given["markdown_extensions"] = frozenset(f".{extension.lower()}" for extension in extensions)
        if values.get("include") is not None:
            given["include"] = _patterns(values, "include")
        given["exclude"] = (*_patterns(values, "exclude"), *DEFAULT_EXCLUDES)
        given["collections_dir"] = given.get("collections_dir", "").strip("/")
        given["collections"] = _collections(values.get("collections"))
        given["defaults"] = tuple(_defaults(values.get("defaults")))
        return cls(**given)

    @property
    def base_path(self) -> str:
        """The path that `relative_url` puts before every URL: "" or like "/blog", without a slash at its end."""
        path = self.baseurl.removesuffix("/")
        return path if not path or path.startswith("/") else f"/{path}"

    @property
    def taxonomies(self) -> dict[str, str]:
        """The front matter keys of further taxonomies by singular name, which hugoconv writes as `taxonomies`."""
        given = self.values.get("taxonomies")
        return {_text(name): _text(key) for name, key in given.items()} if isinstance(given, Mapping) else {}

    @property
    def heading_levels(self) -> tuple[int, int]:
        """The first and the last level of the headings in tables of contents."""
        options = self.values.get("kramdown")
        said = str(options.get("toc_levels", "")) if isinstance(options, Mapping) else ""
        levels = [int(level) for level in re.findall(r"[1-6]", said)]
        return (min(levels), max(levels)) if levels else (1, 6)

    @property
    def has_heading_ids(self) -> bool:
        """Whether headings get ids that nobody wrote."""
        options = self.values.get("kramdown")
        return not isinstance(options, Mapping) or options.get("auto_ids") is not False

    @property
    def is_made(self) -> bool:
        """Whether hugoconv wrote the site: it marks the collections that it makes up."""
        return any(collection.values.get(MADE_UP) is True for collection in self.collections.values())

    def template(self, label: str) -> str:
        """Return the URL template of the documents of the collection `label`."""
        collection = self.collections.get(label)
        return collection_template(label, collection.permalink if collection else None, self.permalink)

    def defaults_for(self, path: str, type: str | None) -> dict[str, Any]:
        """Return the front matter that `defaults` gives a file.

        `path` is relative to the site's root (of a document: to the collections directory). `type` is "pages", a
        collection's label ("posts" for drafts too: Jekyll asks for no other type), or None for a static file.
        Of two entries the one with the longer path wins, then one with a type, then the later one.
        """
        merged: dict[str, Any] = {}
        strongest: Defaults | None = None
        for entry in self.defaults:
            if entry.type not in (None, type) or not self._covers(entry.path, path, type):
                continue
            if strongest is None or _rank(entry) >= _rank(strongest):
                merged = _merged(merged, entry.values)
                strongest = entry
            else:
                merged = _merged(entry.values, merged)
        return merged

    def is_ignored(self, entry: str, base: str = "", *, directory: bool = False) -> bool:
        """Return whether Jekyll leaves `entry` out when it reads the directory `base`.

        Jekyll asks level by level for pages and static files (`entry` is then one name), and once for a whole path
        below `_posts`, `_drafts` or a collection's directory (`base`). `exclude` looks at the path from the site's
        root and `include` at the entry alone.
        """
        if entry.endswith("."):
            return True
        names = {entry, basename(entry)}
        included = any(_is_listed(self.include, name, directory) for name in names)
        if included:
            return False
        excludes = [pattern for pattern in self.exclude if pattern not in self.include]
        if _is_listed(excludes, f"{base}/{entry}", directory):
            return True
        return entry.endswith("~") or any(name.startswith((".", "_", "#", "~")) for name in names)

    def _covers(self, scope: str, path: str, type: str | None) -> bool:
        if not scope:
            return True
        inside = f"{self.collections_dir}/" if self.collections_dir else ""
        if "*" in scope:
            is_document = type in self.collections
            return matches_ancestor(scope, f"{inside if is_document else ''}{path}")
        return path.removeprefix("/").startswith(scope.removeprefix(inside))


def config_files(source: Path) -> list[Path]:
    """Return the configuration file that Jekyll takes when none is named: `_config.yml`, `.yaml` or `.toml`."""
    candidates = (source / f"_config.{extension}" for extension in ("yml", "yaml", "toml"))
    return [path for path in candidates if path.is_file()][:1]


def read_config(paths: Iterable[Path]) -> JekyllConfig:
    """Read configuration files as `jekyll --config a,b` does: later files win, maps are merged.

    SourceError (or FrontMatterError, with the line) when a file cannot be read or is not a map.
    """
    values: dict[str, Any] = {}
    for path in paths:
        values = _merged(values, _read(path))
    return JekyllConfig.of(values)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"the configuration cannot be read: {error}", file=str(path)) from error
    if path.suffix.lower() == ".toml":
        try:
            return tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise SourceError(f"the configuration is not TOML: {error}", file=str(path)) from error
    from hugoconv.frontmatter.dialects import JEKYLL
    from hugoconv.frontmatter.yaml import SYNTAX

    try:
        return SYNTAX.parse(text, JEKYLL.scalars)
    except FrontMatterError as error:
        raise FrontMatterError(error.message, file=str(path), line=error.line, column=error.column) from error


def _collections(value: object) -> dict[str, Collection]:
    if value is None:
        value = {}
    if isinstance(value, list):
        value = dict.fromkeys(value)
    if not isinstance(value, Mapping):
        raise SourceError("collections in the configuration is neither a list nor a map")
    collections = {"posts": Collection("posts", output=True)}
    for name, given in value.items():
        label = re.sub(r"[^A-Za-z0-9_\-.]", "", _text(name))
        values = given if isinstance(given, Mapping) else {}
        permalink = values.get("permalink")
        collections[label] = Collection(
            label,
            output=label == "posts" or _is_true(values.get("output")),
            permalink=None if permalink is None else _text(permalink),
            values=values,
        )
    return collections


def _defaults(value: object) -> Iterable[Defaults]:
    for entry in value if isinstance(value, list) else []:
        values = entry.get("values") if isinstance(entry, Mapping) else None
        if not isinstance(values, Mapping):
            continue
        scope = entry.get("scope")
        scope = scope if isinstance(scope, Mapping) else {}
        path = scope.get("path")
        type_ = scope.get("type")
        yield Defaults(
            path if isinstance(path, str) else "",
            None if type_ is None else _OLD_TYPE_NAMES.get(_text(type_), _text(type_)),
            values,
        )


def _rank(entry: Defaults) -> tuple[int, bool]:
    return len(entry.path), entry.type is not None


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Merge maps at every depth as Jekyll does; a null in `over` does not hide what is under it."""
    merged = dict(under)
    for key, value in over.items():
        old = merged.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            merged[key] = _merged(old, value)
        elif value is not None or key not in merged:
            merged[key] = value
    return merged


def _is_listed(patterns: Iterable[str], entry: str, directory: bool) -> bool:
    entry = f"/{entry.lstrip('/')}"
    for pattern in patterns:
        full = f"/{pattern.lstrip('/')}"
        if fnmatch(full, entry) or entry.startswith(full) or (directory and full == f"{entry}/"):
            return True
    return False


def _patterns(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = values.get(key)
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(","))
    if not isinstance(value, list):
        raise SourceError(f"{key} in the configuration is not a list")
    return tuple(pattern for pattern in value if isinstance(pattern, str))


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_true(value: object) -> bool:
    """Only nil and false are false in Ruby."""
    return value is not None and value is not False
