"""The common model: what every importer gives and every exporter takes. No I/O, no system's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path, PurePosixPath
from typing import Any, Generic, Literal, Protocol, TypeVar, overload, runtime_checkable

from hugoconv.fields import FieldError, KeyTable
from hugoconv.frontmatter.dates import Moment
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.markup.constructs import Construct, TargetDialect
from hugoconv.markup.files import KeyPath, named_files
from hugoconv.report.findings import Findings, PlacedFindings

Kind = Literal["home", "page", "section", "term"]
Role = Literal["static", "asset", "data", "layout", "config", "media", "template", "other"]


@dataclass(frozen=True, slots=True)
class Term:
    """A category, tag or term of another taxonomy, known by `name`; `parent` is the parent's name, "" for none.

    `title` is what people see, "" for the name; `address` is the URL path of its page on the old site, "" if unknown.
    """

    name: str
    slug: str = ""
    parent: str = ""
    description: str = ""
    title: str = ""
    address: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who writes, known by `login`."""

    login: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment; `date` is RFC 3339 text, `parent` the identifier of the comment it answers ("" for none).

    `content` is as the source has it; `html` the same as HTML that can be shown as it is, "" where nobody made it.
    """

    identifier: str
    author: str
    date: str
    content: str
    parent: str = ""
    url: str = ""
    kind: str = "comment"
    approved: bool = True
    html: str = ""
    secrets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of a menu; `url` is as the source writes it, `parent` the entry above ("" for none).

    `title` is what shows when the pointer rests on it, `target` the window that it opens in ("_blank").
    """

    identifier: str
    name: str
    url: str
    parent: str = ""
    weight: int = 0
    language: str = ""
    title: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address and where it leads now, both as URL paths."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page that the old site made of its posts: the home page, a section's, a taxonomy's or a term's.

    `address` and `feed` are URL paths ("" for no feed). A term's page has its name as `title`.
    `taxonomy` is the plural, `written` says that a post of that address exists, which then is the page.
    """

    kind: Kind
    address: str
    title: str
    taxonomy: str = ""
    language: str = ""
    feed: str = ""
    written: bool = False


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is carried as it is: `path` in the site's own layout, `source` where its bytes are.

    `address` is the URL path at which the old site publishes it, "" when that follows from the path.
    """

    path: PurePosixPath
    source: Path
    role: Role = "static"
    address: str = ""


class Packed(Protocol):
    """A file inside an archive."""

    @property
    def size(self) -> int:
        """Its size in bytes."""

    def chunks(self) -> Iterator[bytes]:
        """Yield its bytes, piece by piece, from the start each time."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One version of a medium: its URL path on the old site, its bytes where they are at hand, and its whole URL."""

    address: str
    source: Path | Packed | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class MediaText:
    """What the old site's library says of a medium: plain text, the description HTML."""

    title: str = ""
    alt: str = ""
    caption: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture, sound, film or document of the old site: its versions, the one that is wanted most first.

    `address` is the URL path by which `MediaLibrary` knows it.
    """

    address: str
    versions: tuple[MediaFile, ...]
    text: MediaText = MediaText()


class MediaLibrary(Protocol):
    """The media of a site whose posts name them by their addresses."""

    @property
    def is_given(self) -> bool:
        """Whether the source came with the files, so that one that is not there is missing."""

    def __iter__(self) -> Iterator[Medium]:
        """Yield all media, whether a post uses them or not."""

    def medium(self, address: str) -> Medium:
        """Return what `mentions` calls by this address."""

    def report(self, log: PlacedFindings) -> None:
        """Record what the last iteration left out."""

    def mentions(self, post: Post) -> Iterable[str]:
        """Return the addresses of the media that a post shows, links or names, each once."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a mention leads: to the page or file of the site at the URL path `address`, to somewhere else, nowhere."""

    kind: Literal["page", "file", "elsewhere", "nowhere"]
    address: str = ""
    anchor: str = ""

    @property
    def found(self) -> bool:
        """Whether it leads to something, as far as the site can tell."""
        return self.kind != "nowhere"


class Resolve(Protocol):
    """Answers for one page where its mentions lead, by the rules of the system it was written for."""

    def __call__(self, target: str, kind: str = "link") -> Lead:
        """Return where a target leads; `kind` is that of the mention (`Reference.kind`)."""

    def near(self, target: str) -> str:
        """Return the URL path that was probably meant by a target that leads nowhere, "" for none."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a file or page, and where it leads: at a span of the body, or under `key` of the front matter.

    `kind` is "image", "link", "definition" or "html" (what Markdown calls it), "page" for a tag or shortcode that
    names a page of the site by its source, or "front matter".
    """

    target: str
    kind: str
    start: int
    end: int
    lead: Lead
    key: KeyPath = ()

    @property
    def found(self) -> bool:
        """Whether it leads to something, as far as the site can tell."""
        return self.lead.found


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


class SpanLike(Protocol):
    """Anything that names a target at a span of a text."""

    @property
    def kind(self) -> str:
        """What kind of mention it is."""

    @property
    def start(self) -> int:
        """Where the target starts."""

    @property
    def end(self) -> int:
        """Where the target ends."""

    @property
    def target(self) -> str:
        """The target as it is written."""


class BodyDialect(Protocol):
    """How one system's bodies are read: its constructs and its references, with spans."""

    @property
    def name(self) -> str:
        """The system's name."""

    @property
    def markup(self) -> str:
        """The markup of the text: "markdown", "html", "org", ..."""

    def scan(self, text: str) -> list[Construct]:
        """Return the constructs of a text, in written order."""

    def references(self, text: str) -> Sequence[SpanLike]:
        """Return the mentions of files and pages in a text, in written order."""


class Translate(Protocol):
    """Turns a post's body into another dialect's text; an importer binds what it must know of the site."""

    @property
    def markup(self) -> str:
        """The markup of the new text: "markdown", "html", "org", ..."""

    def __call__(self, text: str, target: TargetDialect, link: Callable[[str], str], log: PlacedFindings) -> str:
        """Return the new text; `link` gives the new address of an old one, or the old one where there is none."""

    def template_calls(self, text: str) -> frozenset[str]:
        """Return the names of the site's own templates that the new text calls, so that the target needs them."""


@runtime_checkable
class PortableTranslate(Protocol):
    """A translation that can be made again elsewhere."""

    def facts(self, text: str) -> dict[str, Any]:
        """Return, as plain data, what the translation of a text must know of the site."""


@dataclass(slots=True)
class Body:
    """A post's text in its dialect; `constructs` are found anew for each text."""

    text: str
    dialect: BodyDialect
    line: int = 1
    """The line of the source file at which the text starts."""

    @property
    def constructs(self) -> list[Construct]:
        """The shortcodes, tags and blocks in the text."""
        return self.dialect.scan(self.text)


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
        written: Value | None = None
        with suppress(FieldError):  # the exporter reports it; until then the value counts as not written
            written = post.keys.read(post.front_matter, self.name)
        return written if written is not None else post.inherited.get(self.name)

    def __set__(self, post: Post, value: Value | None) -> None:
        post.keys.write(post.front_matter, self.name, value)


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
        found = [
            Reference(target, "front matter", -1, -1, self._lead(target, "front matter"), path)
            for path, target in named_files(self.front_matter)
        ]
        for mention in self.body.dialect.references(self.body.text):
            lead = self._lead(mention.target, mention.kind)
            found.append(Reference(mention.target, mention.kind, mention.start, mention.end, lead))
        return found

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


@dataclass(slots=True)
class SiteInfo:
    """What is true of the whole site; small, and the same in every process."""

    system: str
    title: str = ""
    description: str = ""
    base_url: str = ""
    language: str = ""
    time_zone: str = ""
    zone: tzinfo = UTC
    taxonomies: dict[str, str] = field(default_factory=dict)
    """Front matter key of each taxonomy (plural), by its singular name."""
    terms: dict[str, dict[str, Term]] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)
    menus: dict[str, tuple[MenuItem, ...]] = field(default_factory=dict)
    menu_names: dict[str, str] = field(default_factory=dict)
    """What people call a menu, where that is not the name it has in `menus`."""
    include_secrets: bool = False
    """Whether this run carries passwords and addresses to another system."""
    params: dict[str, Any] = field(default_factory=dict)
    """What the site's configuration says for its templates, beside the system's own settings."""
    page_size: int = 0
    """How many posts a list shows on one page, 0 when it is not said."""
    feed: str = ""
    """The URL path of the site's feed, "" when it is not known."""
    languages: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What is said of each language of a site in several, by its code, the site's own first: label, title, ..."""
    lost: tuple[tuple[str, str, str], ...] = ()
    """The settings that another system cannot be told: file, key, and what to do."""
    build_future: bool = False
    """Whether posts of the future are published."""
    settings: dict[str, Any] = field(default_factory=dict)
    """What the source knows beside this, as its exporter counterpart may want it."""


class PostSource(Protocol):
    """Posts that can be loaded one by one, in any process; picklable, and small."""

    def __len__(self) -> int: ...

    def load(self, index: int, log: Any) -> Post | None:
        """Return the post of a unit; None when it is not a post or cannot be read (the log says why)."""

    def name(self, index: int) -> str:
        """Return how findings call the unit: a path, or file and item."""


@runtime_checkable
class SelfContainedPosts(PostSource, Protocol):
    """Posts that are files of their own, and within their system stay where they are."""

    def load_alone(self, index: int, log: Any) -> Post | None:
        """Return the post as its file alone says, without what the rest of the site says of it (dates, addresses)."""


class PostStream(Sequence[Post]):
    """The posts of a source one by one, read again each time they are asked for."""

    def __init__(self, source: PostSource, log: Any) -> None:
        self.source = source
        self.log = log

    def __len__(self) -> int:
        return len(self.source)

    def __iter__(self) -> Iterator[Post]:
        for index in range(len(self.source)):
            post = self.source.load(index, self.log)
            if post is not None:
                yield post

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        return self.source.load(index, self.log)


@dataclass(slots=True)
class Site:
    """A site as an importer read it: posts, the files beside them, and what is true of the whole."""

    info: SiteInfo
    posts: Sequence[Post]
    root: Path
    assets: Sequence[Asset] = ()
    redirects: Sequence[Redirect] = ()
    units: PostSource | None = None
    """Where the posts are loaded from, None when they only exist in memory."""
    lists: Callable[[], Iterable[ListPage]] = tuple
    """The list pages of the old site, found by reading every post once."""
    menus: Callable[[], dict[str, tuple[MenuItem, ...]]] = dict
    """The menus of the old site, with those entries that pages ask for; empty where `info.menus` says all."""
    media: MediaLibrary | None = None
    """Media that are not beside the posts but in a library of their own, to be copied or fetched."""
    left_out: Sequence[str] = ()
    """Folders in the source that are no part of the site."""
    left_behind: Findings = field(default_factory=Findings)
    """What of the site only its own system can hold: findings for whoever takes it to another."""
