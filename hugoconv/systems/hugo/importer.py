"""Reading a Hugo site: any content layout, bundles, languages, and every file beside the content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

from hugoconv.errors import FrontMatterError, UsageError
from hugoconv.frontmatter.dialects import HUGO as HUGO_FRONT_MATTER
from hugoconv.model import Asset, Post, PostStream, Redirect, Role, Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import SURE, Match, Reading
from hugoconv.systems.files import (
    NOT_PART_OF_A_SITE,
    below,
    split_post,
    suffix_of,
    walk,
)
from hugoconv.systems.hugo.config import HugoConfig, config_files, read_config
from hugoconv.systems.hugo.content import HugoPosts
from hugoconv.systems.hugo.content_files import MARKUPS, post_of
from hugoconv.systems.hugo.dialect import dialect_of
from hugoconv.systems.hugo.keys import table
from hugoconv.systems.hugo.mounts import Mount, mount_of
from hugoconv.systems.hugo.permalinks import UrlError
from hugoconv.systems.hugo.publication import Publication
from hugoconv.systems.hugo.settings import lost, site_parameters
from hugoconv.systems.hugo.shortcode_templates import enclosing_shortcodes
from hugoconv.systems.hugo.urls import page_address
from hugoconv.zones import zone_or_utc

_CONFIG_NAMES = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")
_OLD_CONFIG_NAMES = ("config.toml", "config.yaml", "config.yml", "config.json")
_BARE = (Mount("", "content"),)
"""The content of a folder that is no site: all of it."""
_SITE_FOLDERS = ("content", "archetypes", "layouts", "static", "themes", "data", "assets")


@dataclass(frozen=True, kw_only=True)
class HugoImporter:
    """Reads a Hugo site, a bare content folder, or one post."""

    name: ClassVar[str] = "hugo"
    label: ClassVar[str] = "Hugo site, content folder or post"
    translates_restored: ClassVar[bool] = False

    @classmethod
    def detect(cls, source: Path) -> Match | None:
        """See `Importer.detect`."""
        if source.is_file():
            known = suffix_of(source.name) in MARKUPS
            return Match(40, f"a {suffix_of(source.name)} file") if known else None
        if any((source / name).is_file() for name in _CONFIG_NAMES) or (source / "config" / "_default").is_dir():
            return Match(SURE, "it has a Hugo configuration")
        folders = [name for name in _SITE_FOLDERS if (source / name).is_dir()]
        if any((source / name).is_file() for name in _OLD_CONFIG_NAMES) and folders:
            return Match(85, f"it has a configuration and {', '.join(folders)}")
        if "content" in folders:
            return Match(70, "it has a content folder")
        if _holds_posts(source):
            return Match(30, "it holds posts")
        return None

    def read(self, source: Path, log: Findings) -> Site:
        """See `Importer.read`."""
        if source.is_file():
            return self._site(source, source.parent, HugoConfig(), [source.name], [], log, _BARE)
        is_site = bool(config_files(source)) or any((source / name).is_dir() for name in ("content", "layouts"))
        config = read_config(source) if is_site else HugoConfig()
        built = {config.publish_dir, "resources/_gen"} if is_site else set()
        left_out: list[str] = []

        def is_left_out(path: str) -> bool:
            if path in built or path.rpartition("/")[2] in NOT_PART_OF_A_SITE:
                left_out.append(path)
                return True
            return False

        files = list(walk(source, is_left_out, log))
        content = config.mounts_of("content") if is_site else _BARE
        posts = [path for path in files if _is_content(source, path, content)]
        chosen = set(posts)
        assets = [
            Asset(PurePosixPath(path), source / path, _role(path, config, is_site))
            for path in files
            if path not in chosen
        ]
        if left_out:
            log.add("HC102", names=", ".join(sorted(left_out)))
        if not posts and not config.files:
            raise UsageError(f"{source} holds no posts and no Hugo configuration")
        site = self._site(source, source, config, posts, assets, log, content)
        return replace(site, left_out=tuple(left_out))

    def _site(
        self,
        source: Path,
        root: Path,
        config: HugoConfig,
        posts: list[str],
        assets: Sequence[Asset],
        log: Findings,
        content: tuple[Mount, ...],
    ) -> Site:
        keys = table(config.taxonomies)
        units = HugoPosts(root, posts, keys, content, tuple(config.languages), config, enclosing_shortcodes(assets))
        publication = Publication(config, content, units.logical_path, units.folder_of)
        assets = list(publication.addressed(assets, posts))
        units.published.files = frozenset(each.address for each in assets if each.role in ("static", "media"))
        units.published.inner = frozenset(filter(None, (_inner_name(str(asset.path), config) for asset in assets)))
        info = SiteInfo(
            system=self.name,
            title=config.title,
            base_url=config.base_url,
            language=config.language,
            time_zone=config.time_zone,
            zone=zone_or_utc(config.time_zone),
            description=str(config.value("params.description", "")),
            taxonomies=dict(config.taxonomies),
            params=site_parameters(config),
            languages=_languages(config),
            lost=tuple((config.files[0] if config.files else "", key, remedy) for key, remedy in lost(config)),
            build_future=config.build_future,
            settings={"config": config},
        )
        redirects = (*_language_redirect(config), *_pages_without_front_matter(assets, units))
        return Site(info, PostStream(units, log), source, assets, redirects, units, units.lists, units.menus)

    def reading(self, info: SiteInfo, markup: str) -> Reading:
        """See `RestoringImporter.reading`."""
        return Reading(table(info.taxonomies), HUGO_FRONT_MATTER, dialect_of(markup))

    @staticmethod
    def post_from_text(text: str) -> Post:
        """Return the post of a file's text; FrontMatterError when Hugo could not read its front matter."""
        log = Findings()
        file = split_post(text, text.encode(), "-", HUGO_FRONT_MATTER, log)
        if file.problem:
            finding = next(iter(log))
            raise FrontMatterError(file.problem, line=finding.line, column=finding.column)
        return post_of(file, "post.md", None, table(), "page", "page", {"status": "published"})


def _languages(config: HugoConfig) -> dict[str, dict[str, Any]]:
    """Return what is said of each language of a site in several; menus and the like are told elsewhere."""
    if len(config.languages) < 2:
        return {}
    elsewhere = {"menus", "menu", "contentdir", "disabled"}
    return {
        name: {key: value for key, value in language.values.items() if key.lower() not in elsewhere}
        for name, language in config.languages.items()
    }


def _language_redirect(config: HugoConfig) -> Iterator[Redirect]:
    """Yield the redirect from the root to the default language, where that has a folder of its own."""
    if config.value("disableDefaultLanguageRedirect") is True or config.value("disableAliases") is True:
        return
    if config.url_prefix(config.language):
        yield Redirect("/", f"/{config.language}/")
    elif len(config.languages) > 1 and config.url_prefix(next(n for n in config.languages if n != config.language)):
        yield Redirect(f"/{config.language}/", "/")


def _pages_without_front_matter(assets: Iterable[Asset], units: HugoPosts) -> Iterator[Redirect]:
    """Yield redirects to the files of HTML without front matter, from the addresses where newer Hugo has pages of them.

    Older Hugo publishes such a file as it is, newer Hugo makes a page of it; what is beside a bundle is neither.
    """
    for asset in assets:
        if asset.role != "media" or asset.path.suffix not in (".html", ".htm"):
            continue
        logical = units.logical_path(str(asset.path))
        if logical.is_bundle or any(str(parent) in units.leaf_bundles for parent in asset.path.parents):
            continue
        language = logical.language or units.config.language
        prefix, rules = units.config.url_prefix(language), units.config.url_rules(language)
        with suppress(UrlError):
            page = page_address(f"{logical.folder}/{logical.base}", prefix=prefix, rules=rules)
            yield Redirect(page.url, asset.address)


def _is_content(root: Path, path: str, content: Sequence[Mount]) -> bool:
    if suffix_of(path) not in MARKUPS or mount_of(path, content) is None or _is_passed_over(path, content):
        return False
    if suffix_of(path) in (".html", ".htm"):
        # Hugo publishes HTML without front matter as a plain file.
        with (root / path).open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"---", b"+++", b"{"))
    return True


def _is_passed_over(path: str, content: Sequence[Mount]) -> bool:
    """Whether Hugo does not look at a file below a content directory: hidden ones, and what editors leave behind."""
    mount = mount_of(path, content)
    inside = mount.inner(path) if mount else ""
    return any(part.startswith((".", "#")) or part.endswith("~") for part in inside.split("/"))


_ROLES: tuple[tuple[str, Role], ...] = (
    ("static", "static"),
    ("assets", "asset"),
    ("data", "data"),
    *((folder, "layout") for folder in ("layouts", "archetypes", "i18n")),
    ("content", "media"),
)
"""What the files in each of Hugo's folders are for."""


PAGE_TEMPLATE = "_content.gotmpl"
"""The file among the content that makes pages while Hugo builds."""


def _role(path: str, config: HugoConfig, is_site: bool) -> Role:
    if not is_site:
        return "static"
    if path in config.files:
        return "config"
    if path.rpartition("/")[2] == PAGE_TEMPLATE:
        return "layout"
    if _is_passed_over(path, config.mounts_of("content")):
        return "other"
    role: Role = next(
        (role for folder, role in _ROLES if mount_of(path, config.mounts_of(folder)) is not None), "other"
    )
    return "layout" if role in ("media", "other") and below(path, "themes") else role


def _inner_name(path: str, config: HugoConfig) -> str:
    """Return how pages call a file that a theme publishes, or takes from `assets` while building; "" for others."""
    if mount := mount_of(path, config.mounts_of("assets")):
        return f"/{mount.inner(path)}"
    parts = path.split("/")
    is_theme = parts[0] == "themes" and len(parts) > 3 and parts[2] in ("static", "assets")
    return "/" + "/".join(parts[3:]) if is_theme else ""


def _holds_posts(folder: Path) -> bool:
    """Whether some file near the top is a content file with front matter."""
    if (folder / "_config.yml").exists() or (folder / "_posts").exists():
        return False
    candidates = [path for pattern in ("*", "*/*", "*/*/*") for path in sorted(folder.glob(pattern))[:500]]
    for path in candidates:
        if path.is_file() and suffix_of(path.name) in MARKUPS:
            with path.open("rb") as file:
                if file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"---", b"+++", b"{", b"#+")):
                    return True
    return False
