"""What Pelican's `pelicanconf.py` says of a site; it is a program, of which only values written out are read."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from hugoconv.model import Post
from hugoconv.systems.markdown_site.settings import Settings, text_in

_PROGRAMS = ("pelicanconf.py", "publishconf.py")
_TEXTS = frozenset({"SITENAME", "SITESUBTITLE", "SITEDESCRIPTION", "SITEURL", "DEFAULT_LANG", "TIMEZONE"})
_DEFAULTS: Mapping[str, Any] = {
    "PATH": "content",
    "ARTICLE_PATHS": [""],
    "PAGE_PATHS": ["pages"],
    "ARTICLE_SAVE_AS": "{slug}.html",
    "ARTICLE_LANG_SAVE_AS": "{slug}-{lang}.html",
    "PAGE_SAVE_AS": "pages/{slug}.html",
    "PAGE_LANG_SAVE_AS": "pages/{slug}-{lang}.html",
    "CATEGORY_SAVE_AS": "category/{slug}.html",
    "SLUGIFY_SOURCE": "title",
    "SLUGIFY_USE_UNICODE": False,
    "SLUGIFY_PRESERVE_CASE": False,
    "USE_FOLDER_AS_CATEGORY": True,
    "EXTRA_PATH_METADATA": {},
    "PATH_METADATA": "",
}
"""What Pelican (4.11) takes where the configuration says nothing."""
_FIELD = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_SAID_BY_FILES = frozenset({"ARTICLE_URL", "ARTICLE_LANG_URL", "PAGE_URL", "PAGE_LANG_URL", "STATIC_PATHS"})
"""What says again where pages and files are published."""
_EXTRA = r"extra/(?P<save_as>(?P<url>.+))"
"""The rule of a scaffold, by which files in `extra` are at the address that their path there says."""


def settings(root: Path) -> Settings:
    """Return what the configuration says; that for publishing counts before that for writing."""
    given = {name: _values(root / name) for name in _PROGRAMS}
    said: dict[str, Any] = {}
    for values in given.values():
        said |= {name: value for name, value in values.items() if value != "" or name.endswith("_SAVE_AS")}
    known = Settings(
        title=text_in(said, "SITENAME"),
        description=text_in(said, "SITESUBTITLE") or text_in(said, "SITEDESCRIPTION"),
        base_url=text_in(said, "SITEURL"),
        language=text_in(said, "DEFAULT_LANG"),
        time_zone=text_in(said, "TIMEZONE"),
        unread={file: unread for file, values in given.items() if (unread := _unread(values))},
    )
    if not (root / _PROGRAMS[0]).is_file():
        return known
    site = _Site({**_DEFAULTS, **{name: said[name] for name in said if _is_like(said[name], name)}}, known.language)
    return replace(
        known,
        address=site.address,
        content=site.content,
        posts=site.posts,
        pages=site.pages,
        file_address=site.file_address,
        inherited=site.inherited,
    )


@dataclass(frozen=True)
class _Site:
    """What a site publishes where; `values` are settings, each of the kind that its default has."""

    values: Mapping[str, Any]
    language: str

    @property
    def content(self) -> PurePosixPath:
        """The folder of all content."""
        return PurePosixPath(self.values["PATH"])

    @property
    def posts(self) -> PurePosixPath:
        """The folder of articles: all content that is no page, where there are several."""
        paths = self.values["ARTICLE_PATHS"]
        return self.content.joinpath(*(paths if len(paths) == 1 else ()))

    @property
    def pages(self) -> PurePosixPath:
        """The folder of pages; of several the first."""
        return self.content.joinpath(self.values["PAGE_PATHS"][0])

    def address(self, post: Post, name: str) -> str:
        """Return the address of the file that Pelican writes, "" where only Pelican knows it."""
        is_default = not post.language or post.language.lower() == self.language.lower()
        kind = "ARTICLE" if post.type == "post" else "PAGE"
        made = self._filled(self.values[f"{kind}_SAVE_AS" if is_default else f"{kind}_LANG_SAVE_AS"], post, name)
        return f"/{made.lstrip('/')}".removesuffix("index.html") if made else ""

    def file_address(self, path: str) -> str:
        """Return the address of a file in the folder of content, "" for one that a scaffold's rule publishes."""
        if not PurePosixPath(path).is_relative_to(self.content):
            return ""
        inside = str(PurePosixPath(path).relative_to(self.content))
        if self.values["PATH_METADATA"] == _EXTRA and inside.startswith("extra/"):
            return ""
        said = self.values["EXTRA_PATH_METADATA"].get(inside)
        moved = said.get("path") if isinstance(said, dict) else None
        return f"/{(moved if isinstance(moved, str) else inside).lstrip('/')}"

    def inherited(self, path: str) -> Mapping[str, Any]:
        """Return the category that an article has by its folder."""
        folder = PurePosixPath(path).parent
        is_category = self.values["USE_FOLDER_AS_CATEGORY"] and self.values["CATEGORY_SAVE_AS"]
        is_inside = folder != self.content and folder.is_relative_to(self.posts)
        is_inside = is_inside and not (folder.is_relative_to(self.pages) and self.pages != self.posts)
        return {"terms.categories": (folder.name,)} if is_category and is_inside else {}

    def _filled(self, pattern: str, post: Post, name: str) -> str:
        """Return a pattern with the values of a post, "" where one is not known."""
        moment = post.date.value if post.date is not None else None
        texts = {"lang": post.language or self.language, "slug": self._slug_of(post, name)}
        texts["category"] = self._slug(next((str(term) for term in post.terms.get("categories", ())), ""))
        texts["author"] = self._slug(next(iter(post.authors or ()), ""))
        pieces: list[str] = []
        position = 0
        for match in _FIELD.finditer(pattern):
            value = texts.get(match[1], post.front_matter.get(match[1]))
            if match[1] == "date":
                value = moment.strftime(match[2]) if moment is not None and match[2] else ""
            if not value or not isinstance(value, str):
                return ""
            pieces += [pattern[position : match.start()], value]
            position = match.end()
        return "".join((*pieces, pattern[position:]))

    def _slug_of(self, post: Post, name: str) -> str:
        said = post.front_matter.get("slug")
        if isinstance(said, str) and said:
            return said
        is_by_title = self.values["SLUGIFY_SOURCE"] == "title"
        return self._slug((post.title or "") if is_by_title else PurePosixPath(name).name)

    def _slug(self, text: str) -> str:
        """Return a text as Pelican has it in addresses, "" for another alphabet, for which it has a dictionary."""
        text = unicodedata.normalize("NFKC", re.sub(r"<[^>]*>", "", text))
        if not self.values["SLUGIFY_USE_UNICODE"]:
            text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
            if not text.isascii():
                return ""
        text = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip())
        return text if self.values["SLUGIFY_PRESERVE_CASE"] else text.lower()


def _is_like(value: Any, name: str) -> bool:
    """Whether a setting that is read is of the kind that it must be."""
    if name not in _DEFAULTS:
        return False
    default = _DEFAULTS[name]
    if isinstance(default, list):
        return isinstance(value, list) and bool(value) and all(map(_is_inside, value))
    return type(value) is type(default) and (name != "PATH" or _is_inside(value))


def _is_inside(path: Any) -> bool:
    """Whether a setting is a path that leads nowhere else."""
    return isinstance(path, str) and not path.startswith("/") and ".." not in PurePosixPath(path).parts


def _unread(values: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, value in values.items() if not _is_read(name, value))


def _is_read(name: str, value: Any) -> bool:
    if name in _TEXTS or name in _SAID_BY_FILES:
        return isinstance(value, str) or (name == "STATIC_PATHS" and isinstance(value, list))
    if name == "PATH_METADATA":
        return value in ("", _EXTRA)
    if name == "PAGE_PATHS" and isinstance(value, list) and len(value) > 1:
        return False
    return _is_like(value, name)


def _values(path: Path) -> Mapping[str, Any]:
    """Return the settings that a program makes, None for those that are not written out."""
    try:
        program = ast.parse(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, SyntaxError, ValueError, RecursionError):
        return {}
    found: dict[str, Any] = {}
    for statement in program.body:
        if isinstance(statement, ast.Assign):
            names = (name.id for name in statement.targets if isinstance(name, ast.Name))
            found |= {name: _written_out(statement.value) for name in names if name.isupper()}
    return found


def _written_out(value: ast.expr) -> Any:
    try:
        made = ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    return list(made) if isinstance(made, tuple) else made
