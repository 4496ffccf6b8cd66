"""What `site`, `page` and the posts in lists are to a Liquid program: read from the files when they are asked for.

What depends on the moment, the machine or a plug-in is not static: asking for it raises NotStatic.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

from hugoconv.errors import FrontMatterError
from hugoconv.fields import FieldError, KeyTable
from hugoconv.frontmatter.dates import Moment
from hugoconv.frontmatter.dialects import JEKYLL as JEKYLL_FRONT_MATTER
from hugoconv.frontmatter.yaml import SYNTAX
from hugoconv.model import Post
from hugoconv.report.findings import Findings
from hugoconv.systems.jekyll.config import JekyllConfig
from hugoconv.systems.jekyll.programs.filters import markdownify
from hugoconv.systems.jekyll.programs.language import Language, NotStatic, Run

if TYPE_CHECKING:
    from typing import NoReturn

_MADE_BY_THE_BUILD = frozenset({"time", "github", "related_posts", "html_pages", "lsi"})


class Units(Protocol):
    """The posts of a Jekyll site by number, with their kind."""

    root: Path
    posts: list[tuple[str, str]]
    config: JekyllConfig
    keys: KeyTable
    static_files: frozenset[str]

    def load(self, index: int, log: Findings) -> Post:
        """Return one post."""


class LocalTime(datetime):
    """A time that is written as Ruby writes it: 2020-01-02 03:04:05 +0000."""

    def __str__(self) -> str:
        return self.strftime("%Y-%m-%d %H:%M:%S %z")

    @classmethod
    def of(cls, moment: Moment, post: Post) -> LocalTime:
        """Return a post's moment in its site's zone."""
        zone = post.keys.context.zone or UTC
        value = moment.value.astimezone(zone) if moment.has_zone else moment.value.replace(tzinfo=zone)
        return cls(*value.timetuple()[:6], tzinfo=value.tzinfo)


class Lazy(Mapping[str, Any]):
    """A map whose values are made when they are asked for the first time."""

    def __init__(self, known: Mapping[str, Any], makers: Mapping[str, Callable[[], Any]]) -> None:
        self._known = dict(known)
        self._makers = makers

    def __getitem__(self, key: str) -> Any:
        if key not in self._known and key in self._makers:
            self._known[key] = self._makers[key]()
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._known, **self._makers})

    def __len__(self) -> int:
        return len({**self._known, **self._makers})


class SiteValues:
    """The values of one site, and the language in which its programs are read."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self.language = Language(units.root, units.root / units.config.includes_dir)
        self._shown: set[str] = set()

    def run(self, post: Post) -> Run:
        """Return a run of the programs in one post's body."""
        unknown = ("paginator", "layout", "content", "theme")
        values: dict[str, Any] = {"site": self.site, "page": self.page(post)}
        values |= {name: _Unknown(name) for name in unknown}
        values["jekyll"] = Lazy({"environment": "production"}, {"version": _refusal("jekyll.version")})
        return Run(self.language, values, (self._units.root / str(post.path)).parent)

    @cached_property
    def site(self) -> Mapping[str, Any]:
        """What `site` is: the configuration, and the lists that Jekyll adds."""
        makers: dict[str, Callable[[], Any]] = {
            "data": self._data,
            "posts": lambda: self._list("posts"),
            "pages": lambda: self._list("pages"),
            "documents": lambda: [item for label in self._labels() for item in self._list(label)],
            "categories": lambda: self._by_term("categories"),
            "tags": lambda: self._by_term("tags"),
            "collections": lambda: [{"label": label, "docs": self._list(label)} for label in self._labels()],
            "static_files": self._static_files,
        }
        makers |= {name: _refusal(f"site.{name}") for name in _MADE_BY_THE_BUILD}
        for label in self._labels():
            makers.setdefault(label, lambda label=label: self._list(label))  # type: ignore[misc]
        config = {key: value for key, value in self._units.config.values.items() if key not in makers}
        return Lazy(config, makers)

    def page(self, post: Post) -> Mapping[str, Any]:
        """Return what a post is to a program."""
        values = {**post.extra.get("defaults", {}), **dict(post.front_matter)}
        path = str(post.path)
        values |= {
            "url": post.link_addresses[1] if len(post.link_addresses) > 1 else post.address,
            "path": path,
            "relative_path": path,
            "name": post.path.name,
            "dir": f"/{post.path.parent}/".replace("/./", "/"),
            "title": post.title,
            "slug": post.slug or post.path.stem,
            "categories": [str(term) for term in post.terms.get("categories", ())],
            "tags": [str(term) for term in post.terms.get("tags", ())],
            "layout": values.get("layout") or post.inherited.get("layout"),
        }
        try:
            moment = post.date
        except FieldError:
            moment = None
        if moment is not None:
            values["date"] = LocalTime.of(moment, post)
        if post.type != "page":
            values["collection"] = "posts" if post.type == "post" else post.type
            values["id"] = str(values["url"]).removesuffix("/").removesuffix(".html")
        makers: dict[str, Callable[[], Any]] = {"content": lambda: self._shown_text(post, post.body.text)}
        if not values.get("excerpt"):
            values.pop("excerpt", None)
            separator = str(post.front_matter.get("excerpt_separator") or self._units.config.excerpt_separator)
            makers["excerpt"] = lambda: self._shown_text(post, post.body.text.lstrip().partition(separator)[0])
        return Lazy(values, makers)

    def _shown_text(self, post: Post, text: str) -> str:
        """Return a text of a post as HTML, its own programs run; nothing for a post that shows itself."""
        if post.source.label in self._shown:
            return ""
        self._shown.add(post.source.label)
        try:
            made = self.run(post).write(text) if "{%" in text or "{{" in text else text
        finally:
            self._shown.discard(post.source.label)
        return markdownify(made) if post.body.dialect.markup == "markdown" else made

    def _labels(self) -> list[str]:
        return list(dict.fromkeys(["posts", *self._units.config.collections]))

    @cached_property
    def _documents(self) -> dict[str, list[Mapping[str, Any]]]:
        """The public documents by kind: posts with the newest first, others in the order of their paths."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        log, now = Findings(), datetime.now(UTC)
        for index, (_, label) in enumerate(self._units.posts):
            post = self._units.load(index, log)
            if post.unreadable or label == "drafts" or post.status != "published":
                continue
            values = self.page(post)
            moment = values.get("date")
            if label == "posts" and moment is not None and moment > now and not self._units.config.future:
                continue
            found.setdefault(label, []).append(values)
        for label, documents in found.items():
            documents.sort(key=lambda values: str(values["path"]))
            if label == "posts":
                documents.sort(key=lambda values: values.get("date") or now)
                documents.reverse()
        return found

    def _list(self, label: str) -> list[Mapping[str, Any]]:
        return self._documents.get(label, [])

    def _by_term(self, name: str) -> dict[str, list[Mapping[str, Any]]]:
        terms: dict[str, list[Mapping[str, Any]]] = {}
        for post in self._list("posts"):
            for term in post[name]:
                terms.setdefault(term, []).append(post)
        return terms

    def _static_files(self) -> list[Mapping[str, Any]]:
        return [self._static_file(PurePosixPath(address)) for address in sorted(self._units.static_files)]

    def _static_file(self, path: PurePosixPath) -> Mapping[str, Any]:
        names = {"path": str(path), "name": path.name, "basename": path.stem, "extname": path.suffix, "url": str(path)}

        def modified() -> datetime:
            try:
                seconds = (self._units.root / str(path).lstrip("/")).stat().st_mtime
            except OSError:
                raise NotStatic("static_file.modified_time is known to the build only") from None
            return LocalTime.fromtimestamp(seconds, self._units.keys.context.zone or UTC)

        return Lazy(names, {"modified_time": modified})

    def _data(self) -> dict[str, Any]:
        folder = self._units.root / self._units.config.data_dir
        data: dict[str, Any] = {}
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() not in (".yml", ".yaml", ".json", ".csv", ".tsv") or path.is_symlink():
                continue
            here = data
            for part in path.relative_to(folder).parts[:-1]:
                here = here.setdefault(part, {})
            here.setdefault(path.stem, _read_data(path))
        return data


class _Unknown(Mapping[str, Any]):
    """Something whose values are known to the build only."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getitem__(self, key: str) -> Any:
        raise NotStatic(f"{self._name}.{key} is known to the build only")

    def __iter__(self) -> Iterator[str]:
        raise NotStatic(f"{self._name} is known to the build only")

    def __len__(self) -> int:
        return 1

    def __str__(self) -> str:
        raise NotStatic(f"{self._name} is known to the build only")


def _refusal(name: str) -> Callable[[], Any]:
    def refuse() -> NoReturn:
        raise NotStatic(f"{name} is known to the build only")

    return refuse


def _read_data(path: Path) -> Any:
    """Return what a data file holds; NotStatic for one that cannot be read."""
    try:
        text = path.read_text("utf-8-sig")
        if path.suffix.lower() in (".csv", ".tsv"):
            return list(csv.DictReader(text.splitlines(), delimiter="\t" if path.suffix.lower() == ".tsv" else ","))
        # A list, too, is read as the value of a key: the reader wants a map.
        body = text.removeprefix("---\n")
        inside = "".join(f" {line}" for line in body.splitlines(keepends=True))
        return SYNTAX.parse(f"data:\n{inside}", JEKYLL_FRONT_MATTER.scalars).get("data")
    except (OSError, UnicodeDecodeError, FrontMatterError, csv.Error):
        return _Unknown(f"the data file {path.name}")
