"""Reading a Jekyll site: posts, drafts, pages and collections as posts, and every other file as what it is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar

from hugoconv.errors import FrontMatterError, UsageError
from hugoconv.fields import Context, FieldError, KeyTable
from hugoconv.frontmatter.dates import Moment
from hugoconv.frontmatter.dialects import JEKYLL as JEKYLL_FRONT_MATTER
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.model import HIDDEN, Asset, Body, Post, PostStream, Site, SiteInfo, Source
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import SURE, Match, Reading
from hugoconv.systems.files import NOT_PART_OF_A_SITE, PostFile, read_post_file, split_post, suffix_of, walk
from hugoconv.systems.jekyll import template_calls
from hugoconv.systems.jekyll.addresses import address_of, redirect_address
from hugoconv.systems.jekyll.config import JekyllConfig, config_files, read_config
from hugoconv.systems.jekyll.conversion import Run
from hugoconv.systems.jekyll.dialect import JEKYLL, JEKYLL_HTML
from hugoconv.systems.jekyll.keys import DEFAULT_TAXONOMIES, table
from hugoconv.systems.jekyll.mentions import Addresses
from hugoconv.systems.jekyll.roles import CONFIG_NAMES, Label, classify, made_of, published_at
from hugoconv.systems.jekyll.settings import lost, parameters
from hugoconv.systems.jekyll.slugs import titleize
from hugoconv.systems.jekyll.translation import translation
from hugoconv.systems.jekyll.urls import (
    UrlError,
    categories_from_path,
    document_slug,
    post_name,
)
from hugoconv.systems.references import Published, Resolver, bare_address
from hugoconv.zones import name_of_environment, zone_or_utc

if TYPE_CHECKING:
    from hugoconv.systems.jekyll.programs.values import SiteValues


@dataclass(frozen=True, kw_only=True)
class JekyllImporter:
    """Reads a Jekyll site, or one of its posts."""

    name: ClassVar[str] = "jekyll"
    label: ClassVar[str] = "Jekyll site or post"
    translates_restored: ClassVar[bool] = False

    @classmethod
    def detect(cls, source: Path) -> Match | None:
        """See `Importer.detect`."""
        if source.is_file():
            in_posts = source.parent.name in ("_posts", "_drafts")
            return Match(50, f"it lies in {source.parent.name}") if in_posts else None
        if any((source / name).is_file() for name in CONFIG_NAMES):
            return Match(SURE if (source / "_posts").is_dir() else 90, "it has a Jekyll configuration")
        return Match(75, "it has a _posts folder") if (source / "_posts").is_dir() else None

    def read(self, source: Path, log: Findings) -> Site:
        """See `Importer.read`."""
        if source.is_file():
            label = "drafts" if source.parent.name == "_drafts" else "posts"
            return self._site(source, source.parent, JekyllConfig(), [(source.name, label)], [], log)
        config = read_config(config_files(source))
        left_out: list[str] = []

        def is_left_out(path: str) -> bool:
            name = path.rpartition("/")[2]
            if path == config.destination.strip("./") or name in NOT_PART_OF_A_SITE or path in _CACHES:
                left_out.append(path)
                return True
            return False

        posts: list[tuple[str, Label]] = []
        assets: list[Asset] = []
        for path in walk(source, is_left_out, log):
            label, role = classify(source, path, config)
            if label:
                posts.append((path, label))
            else:
                address = published_at(path, config) if role == "static" else ""
                assets.append(Asset(PurePosixPath(path), source / path, role, address))
        if left_out:
            log.add("HC102", names=", ".join(sorted(left_out)))
        if not posts and not config.values:
            raise UsageError(f"{source} holds no posts and no Jekyll configuration")
        return replace(self._site(source, source, config, posts, assets, log), left_out=tuple(left_out))

    def _site(
        self,
        source: Path,
        root: Path,
        config: JekyllConfig,
        posts: list[tuple[str, Label]],
        assets: Sequence[Asset],
        log: Findings,
    ) -> Site:
        # Without one Jekyll takes the building machine's zone, for which UTC stands here.
        zone_name = name_of_environment(config.timezone)
        zone = zone_or_utc(zone_name)
        static = frozenset(asset.address for asset in assets if asset.role == "static")
        made = frozenset(made_of(asset) for asset in assets if asset.role == "template")
        taxonomies = DEFAULT_TAXONOMIES | config.taxonomies
        keys = table(Context(zone), taxonomies, is_made=config.is_made)
        units = JekyllPosts(root, posts, config, keys, static, made)
        info = SiteInfo(
            system=self.name,
            title=config.title,
            description=config.description,
            base_url=(config.url or "").rstrip("/") + config.base_path,
            language=config.lang,
            time_zone=zone_name,
            zone=zone,
            taxonomies=taxonomies,
            params=parameters(config.values),
            page_size=config.paginate,
            feed=_feed(config, root),
            build_future=config.future,
            lost=tuple(("_config.yml", key, remedy) for key, remedy in lost(config.values)),
            settings={
                "config": config,
                "heading ids": config.has_heading_ids,
                "heading levels": config.heading_levels,
                "page of a list": config.paginate_path if config.paginate else "",
            },
        )
        return Site(info, PostStream(units, log), source, assets, (), units)

    def reading(self, info: SiteInfo, markup: str) -> Reading:
        """See `RestoringImporter.reading`."""
        return Reading(
            table(Context(info.zone), info.taxonomies),
            JEKYLL_FRONT_MATTER,
            JEKYLL if markup == JEKYLL.markup else JEKYLL_HTML,
        )

    @staticmethod
    def post_from_text(text: str) -> Post:
        """Return the post of a file's text; FrontMatterError when Jekyll could not read its front matter."""
        log = Findings()
        file = split_post(text, text.encode(), "-", JEKYLL_FRONT_MATTER, log)
        if file.problem:
            finding = next(iter(log))
            raise FrontMatterError(file.problem, line=finding.line, column=finding.column)
        units = JekyllPosts(Path(), [], JekyllConfig(), table())
        return units.post(file, "post.md", "posts", None, log)


@dataclass
class JekyllPosts:
    """The posts, drafts, pages and documents of a Jekyll site, loaded one by one."""

    root: Path
    posts: list[tuple[str, Label]]
    config: JekyllConfig
    keys: KeyTable
    static_files: frozenset[str] = field(default=frozenset(), repr=False)
    """URL paths of the files that are copied as they are."""
    made_files: frozenset[str] = field(default=frozenset(), repr=False)
    """URL paths of what is made of templates: style sheets, feeds."""
    names: dict[str, str] = field(init=False, repr=False)
    """Source file of each post by what `post_url` calls it."""

    def __post_init__(self) -> None:
        self.names = {}
        for path, label in self.posts:
            if label in ("posts", "drafts"):
                stem = PurePosixPath(path).stem
                self.names.setdefault(stem, path)
                self.names[path.replace("_posts/", "").rpartition(".")[0]] = path

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The address of each page by all that links may call it, found by reading every page once."""
        log = Findings()
        found = {path: path for path in ("/sitemap.xml", "/feed.xml", "/robots.txt")}
        for index in range(len(self)):
            post = self.load(index, log)
            for address in (post.address, *post.old_addresses, *post.link_addresses):
                found.setdefault(bare_address(address), bare_address(post.address))
        return found

    @cached_property
    def files(self) -> frozenset[str]:
        """URL paths of all files that are no pages."""
        return self.static_files | self.made_files

    @cached_property
    def published(self) -> Published:
        """What the site publishes, for the resolvers of all pages."""
        return Published(self.files, lambda: self.addresses, address_of=lambda path: self.addresses[path])

    @cached_property
    def _folders(self) -> frozenset[str]:
        """The folders, as visitors see them, that hold a page beside their index."""
        pages = (
            PurePosixPath(path.removeprefix("_")) for path, label in self.posts if label not in ("posts", "drafts")
        )
        return frozenset(str(page.parent) for page in pages if page.stem != "index")

    def _has_pages_below(self, path: str) -> bool:
        """Whether a page is the index of a folder with other pages."""
        page = PurePosixPath(path)
        return page.stem == "index" and str(page.parent) in self._folders

    def __len__(self) -> int:
        return len(self.posts)

    def name(self, index: int) -> str:
        """See `PostSource.name`."""
        return self.posts[index][0]

    def load(self, index: int, log: Findings) -> Post:
        """See `PostSource.load`."""
        path, label = self.posts[index]
        source = self.root / path
        file = read_post_file(source, path, JEKYLL_FRONT_MATTER, log)
        return self.post(file, path, label, source, log)

    @cached_property
    def _templates(self) -> frozenset[str]:
        """The templates that are still as hugoconv wrote them."""
        return template_calls.unedited(self.root / self.config.includes_dir)

    def run_of_programs(self, post: Post) -> Run:
        """Return a run of the Liquid programs in a post's body, over the values of the whole site."""
        return self._values.run(post)

    @cached_property
    def _values(self) -> SiteValues:
        from hugoconv.systems.jekyll.programs.values import SiteValues

        return SiteValues(self)

    def post(self, file: PostFile, path: str, label: Label, source: Path | None, log: Findings) -> Post:
        """Return the post that a file's text makes."""
        is_markdown = suffix_of(path) in self.config.markdown_extensions
        post = Post(
            front_matter=file.front_matter,
            body=Body(file.parts.body, JEKYLL if is_markdown else JEKYLL_HTML, file.body_line),
            path=PurePosixPath(path),
            source=Source("jekyll", path, source, raw=file.raw),
            keys=self.keys,
            type={"posts": "post", "drafts": "post", "pages": "page"}.get(label, label),
            opening=file.parts.opening,
            closing=file.parts.closing,
            link_addresses=(f"/{path}",),
            unreadable=file.problem,
        )
        if not file.problem:
            self._derive(post, path, label)
            _report_commas(post, log)
            post.resolve = Resolver(
                self.published, self.config.url + self.config.base_path, post.address, read=Addresses(self.names)
            )
            post.translate = translation(
                post, self.config, self.names, self.files, self._templates, self.run_of_programs, is_markdown
            )
        return post

    def _derive(self, post: Post, path: str, label: Label) -> None:
        """Fill in what Jekyll derives: from the configuration's defaults, the file's name and its folders."""
        inside = path.removeprefix(f"{self.config.collections_dir}/") if self.config.collections_dir else path
        kind = "posts" if label == "drafts" else label
        defaults = self.config.defaults_for(inside, kind)
        if label == "pages":  # of a page a key without a value counts, of a document it does not
            defaults = {key: value for key, value in defaults.items() if key not in post.front_matter}
        given = FrontMatter(values=defaults, dialect=JEKYLL_FRONT_MATTER)
        inherited: dict[str, Any] = {"status": "published"}
        if label == "drafts":
            inherited[HIDDEN] = "draft"
        for name in self.keys.names() if defaults else ():
            try:
                value = self.keys.read(given, name)
            except FieldError:
                continue
            if value is not None:
                inherited[name] = value
        if self.config.is_made:
            inherited.pop("layout", None)  # which is the written theme's, and no person's choice
        if label != "pages":
            dated = post_name(path)
            day = dated.day if dated else None
            if day is not None:
                text = day.isoformat()
                inherited["date"] = Moment(text, datetime(day.year, day.month, day.day), "day")
        if label in ("posts", "drafts"):
            folders = categories_from_path(inside, "_drafts" if label == "drafts" else "_posts")
            if folders:
                inherited["terms.categories"] = tuple(folders)
        if label != "pages":
            inherited.setdefault("title", titleize(document_slug(path)))
        post.inherited = inherited
        post.extra["defaults"] = {key: value for key, value in defaults.items() if key not in self.keys.keys}
        try:
            address = address_of(post, inside, label, self.config)
        except (UrlError, FieldError):
            return
        post.address = "/" + address.file.removesuffix("index.html")
        post.link_addresses = (*post.link_addresses, address.url)
        post.old_addresses = tuple(redirect_address(old) for old in post.aliases or ())
        if post.address == "/":
            post.kind = "home"
        elif label == "pages" and post.address.endswith("/") and self._has_pages_below(path):
            post.kind = "section"


def _report_commas(post: Post, log: Findings) -> None:
    """Say where a text was meant as a list with commas: Jekyll splits it at white space, and the commas stay."""
    for key in ("tags", "categories"):
        text = post.front_matter.get(key)
        if isinstance(text, str) and "," in text:
            log.add("HC331", file=post.source.name, key=key, text=text, words=", ".join(map(repr, text.split())))


_CACHES = frozenset({".jekyll-cache", ".jekyll-metadata", ".sass-cache", ".bundle", "vendor/bundle", "_cache"})


def _feed(config: JekyllConfig, root: Path) -> str:
    """Return the address of the site's feed: that of the plug-in jekyll-feed, or of a template that the site has."""
    settings = config.values.get("feed")
    plugins = [*(config.values.get("plugins") or ()), *(config.values.get("gems") or ())]
    if isinstance(settings, Mapping) and isinstance(settings.get("path"), str):
        return f"/{settings['path'].strip('/')}"
    return next((f"/{name}" for name in _FEEDS if (root / name).is_file()), "/feed.xml" * ("jekyll-feed" in plugins))


_FEEDS = ("feed.xml", "atom.xml", "rss.xml", "index.xml")
"""What the template of a feed is called."""
