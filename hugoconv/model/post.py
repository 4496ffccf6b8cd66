"""A post: its front matter as typed fields, its terms, its body and what belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar, overload

from hugoconv.fields import FieldError, KeyTable
from hugoconv.frontmatter.dates import Moment
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.markup.files import named_files
from hugoconv.model.assets import Asset
from hugoconv.model.body import Body, Translate
from hugoconv.model.references import Lead, Reference, Resolve
from hugoconv.model.values import Comment, Kind, Term


@dataclass(frozen=True, slots=True)
class Source:
    """Where a post comes from: a file (with its bytes) or an item of an export (with its number and line)."""

    system: str
    name: str
    path: Path | None = None
    line: int = 0
    raw: bytes | None = field(default=None, repr=False)

    @property
    def label(self) -> str:
        """How findings and manifests call it: the name, with the line of an item."""
        return f"{self.name}:{self.line}" if self.line else self.name


class Terms(MutableMapping[str, tuple[Term, ...]]):
    """A live view of a post's terms by taxonomy; assigning writes the taxonomy's key."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def _names(self, taxonomy: str) -> tuple[str, ...] | None:
        name = f"terms.{taxonomy}"
        written: tuple[str, ...] | None = self._post.keys.read(self._post.front_matter, name)
        given: tuple[str, ...] | None = self._post.inherited.get(name)
        row = self._post.keys.row(name)
        if written is not None and given is not None and row is not None and row.merge:
            return tuple(dict.fromkeys((*given, *written)))
        return written if written is not None else given

    def __getitem__(self, taxonomy: str) -> tuple[Term, ...]:
        names = self._names(taxonomy)
        if names is None:
            raise KeyError(taxonomy)
        known = self._post.known_terms.get(taxonomy, {})
        return tuple(known.get(name) or Term(name) for name in names)

    def __setitem__(self, taxonomy: str, terms: Iterable[Term | str]) -> None:
        self._post.keys.write(self._post.front_matter, f"terms.{taxonomy}", tuple(str(term) for term in terms))

    def __delitem__(self, taxonomy: str) -> None:
        if self._names(taxonomy) is None:
            raise KeyError(taxonomy)
        self._post.keys.write(self._post.front_matter, f"terms.{taxonomy}", None)
        self._post.inherited.pop(f"terms.{taxonomy}", None)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._post.keys.taxonomies if self._names(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr({taxonomy: [str(term) for term in terms] for taxonomy, terms in self.items()})


Value = TypeVar("Value")
HIDDEN = "hidden"
"""In `inherited`: the status of a post whose place keeps it from readers, whatever its own front matter says."""


class TypedField(Generic[Value]):
    """A typed field of a post: reads the written key, else what the system derives; assigning writes one key."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, post: None, owner: type) -> TypedField[Value]: ...
    @overload
    def __get__(self, post: Post, owner: type) -> Value | None: ...
    def __get__(self, post: Post | None, owner: type) -> Value | TypedField[Value] | None:
        if post is None:
            return self
        try:
            written: Value | None = post.keys.read(post.front_matter, self.name)
        except FieldError:  # the exporter reports it; until then the value counts as not written
            written = None
        value: Value | None = written if written is not None else post.inherited.get(self.name)
        if self.name == "status" and value in (None, "published"):
            return post.inherited.get(HIDDEN, value)
        return value

    def __set__(self, post: Post, value: Value | None) -> None:
        post.keys.write(post.front_matter, self.name, value)
        if self.name == "status":
            post.inherited.pop(HIDDEN, None)


class Post:
    """One page of a site: front matter, body and what belongs to them.

    The typed fields (`title`, `date`, `status`, ...) read the key that is written, else what the system derives
    (`inherited`); setting one writes one key. A post that is not edited is written back byte for byte.
    """

    title = TypedField[str]()
    date = TypedField[Moment]()
    updated = TypedField[Moment]()
    publish_date = TypedField[Moment]()
    expiry_date = TypedField[Moment]()
    status = TypedField[str]()
    slug = TypedField[str]()
    url = TypedField[str]()
    aliases = TypedField[tuple[str, ...]]()
    authors = TypedField[tuple[str, ...]]()
    description = TypedField[str]()
    excerpt = TypedField[str]()
    image = TypedField[str]()
    weight = TypedField[int]()
    language = TypedField[str]()
    translation_key = TypedField[str]()
    layout = TypedField[str]()

    def __init__(
        self,
        *,
        front_matter: FrontMatter,
        body: Body,
        path: PurePosixPath,
        source: Source,
        keys: KeyTable,
        kind: Kind = "page",
        type: str = "page",
        opening: str = "",
        closing: str = "",
        address: str = "",
        old_addresses: Sequence[str] = (),
        link_addresses: Sequence[str] = (),
        inherited: dict[str, Any] | None = None,
        known_terms: dict[str, dict[str, Term]] | None = None,
        assets: Sequence[Asset] = (),
        comments: Sequence[Comment] = (),
        extra: dict[str, Any] | None = None,
        resolve: Resolve | None = None,
        translate: Translate | None = None,
        unreadable: str = "",
    ) -> None:
        self.front_matter = front_matter
        self.body = body
        self.path = path
        self.source = source
        self.keys = keys
        self.kind: Kind = kind
        self.type = type
        self.opening = opening
        self.closing = closing
        self.address = address
        """The URL path of the page on the old site, "" when unknown."""
        self.old_addresses = tuple(old_addresses)
        """Other URLs that led to the page and should go on leading there."""
        self.link_addresses = tuple(link_addresses)
        """What links on the old site may call the page beside its addresses: a source file's name."""
        self.inherited = inherited or {}
        self.known_terms = known_terms or {}
        self.assets = tuple(assets)
        self.comments = comments
        self.extra = extra or {}
        self.unreadable = unreadable
        """Why the source could not be read ("" when it could); such a post is carried byte for byte."""
        self.number: tuple[int, int] = (-1, 0)
        """The post's place in the run: unit of the source, and which of the posts a transform made of it."""
        self.translate = translate
        """How the body becomes another dialect's text, None when it is plain Markdown or HTML."""
        self.resolve = resolve
        """Where a target leads on the old site; None when nobody can tell."""
        self._read_body = body.text
        self._read_path = path

    @property
    def terms(self) -> Terms:
        """The post's terms by taxonomy; `post.terms["tags"] = ["a", "b"]` writes the key."""
        return Terms(self)

    @property
    def author_names(self) -> tuple[str, ...]:
        """What the post's authors are called: the names in `authors`, and the logins the source knows them by."""
        return (*(self.authors or ()), *self.extra.get("logins", ()))

    @property
    def references(self) -> list[Reference]:
        """The files and pages that front matter and body mention, each resolved by the source system's rules."""
        found = self.named
        for mention in self.body.dialect.references(self.body.text):
            lead = self._lead(mention.target, mention.kind)
            found.append(Reference(mention.target, mention.kind, mention.start, mention.end, lead))
        return found

    @property
    def named(self) -> list[Reference]:
        """The files that front matter names, each resolved by the source system's rules."""
        return [
            Reference(target, "front matter", -1, -1, self._lead(target, "front matter"), path)
            for path, target in named_files(self.front_matter)
        ]

    def _lead(self, target: str, kind: str) -> Lead:
        return self.resolve(target, kind) if self.resolve else Lead("elsewhere")

    @property
    def edited(self) -> bool:
        """Whether front matter or body differ from what was read."""
        return self.front_matter.edited or self.body.text != self._read_body

    @property
    def text(self) -> str:
        """The post as a text file of its own system: fences, front matter and body, edited where it was edited."""
        opening, closing = self.opening, self.closing
        matter = self.front_matter.matter
        if matter and not closing and self.front_matter.syntax in ("yaml", "toml"):
            closing = ("---" if self.front_matter.syntax == "yaml" else "+++") + self.front_matter.newline
            opening += closing
        return opening + matter + closing + self.body.text

    def __repr__(self) -> str:
        return f"Post({self.source.name!r}, type={self.type!r}, kind={self.kind!r})"

    def _repr_html_(self) -> str:
        """Return the post as a notebook shows it: its front matter, and how its text begins."""
        from html import escape

        rows = "".join(
            f'<tr><th style="text-align:left">{escape(str(key))}</th>'
            f'<td style="text-align:left">{escape(str(value))}</td></tr>'
            for key, value in self.front_matter.items()
        )
        beginning = self.body.text[:300] + ("..." if len(self.body.text) > 300 else "")
        about = escape(f"{self.source.name} ({self.type}, {self.status or 'published'})")
        text = f'<pre style="white-space:pre-wrap">{escape(beginning)}</pre>'
        return f"<table><caption>{about}</caption>{rows}</table>{text}"
