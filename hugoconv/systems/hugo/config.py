"""A Hugo site's configuration: the files found, merged as Hugo does, and what they say about its content and URLs.

The rules are those of Hugo's config/configLoader.go, config/allconfig and langs. Configurations of themes, environment
variables and flags are not read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hugoconv.systems.files import below
from hugoconv.systems.hugo.configfiles import Values, config_files, look_up, read_values
from hugoconv.systems.hugo.mounts import Mount
from hugoconv.systems.hugo.permalinks import permalink_rules
from hugoconv.systems.hugo.urls import UrlRules

__all__ = ["HugoConfig", "Language", "Mount", "config_files", "read_config"]

DEFAULT_TAXONOMIES = {"category": "categories", "tag": "tags"}
_DATE_HANDLERS = {
    "date": ("date", "publishdate", "lastmod"),
    "lastmod": (":git", "lastmod", "date", "publishdate"),
    "publishdate": ("publishdate", "date"),
    "expirydate": ("expirydate",),
}
_DATE_ALIASES = {
    "lastmod": ("modified",),
    "publishdate": ("pubdate", "published"),
    "expirydate": ("unpublishdate",),
}


@dataclass(frozen=True, slots=True)
class Language:
    """One language: `content_dir` and `base_url` are "" when it has none of its own."""

    name: str
    label: str = ""
    title: str = ""
    locale: str = ""
    content_dir: str = ""
    base_url: str = ""
    weight: int = 0
    disabled: bool = False
    values: Values = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HugoConfig:
    """What a site's configuration says; what it does not say has Hugo's default.

    Folders are as they are written, relative to the site. `taxonomies` is singular to plural name, `date_handlers` the
    keys tried for each date (lower case; ":filename" and the like are Hugo's own), `values` everything as it was read,
    merged, with the keys as they were written, and `files` the configuration files, relative to the site.
    """

    title: str = ""
    base_url: str = ""
    language: str = "en"
    languages: Mapping[str, Language] = field(default_factory=lambda: {"en": Language("en", locale="en")})
    language_in_subfolder: bool = False
    time_zone: str = ""
    content_dir: str = "content"
    static_dirs: tuple[str, ...] = ("static",)
    data_dir: str = "data"
    layout_dir: str = "layouts"
    asset_dir: str = "assets"
    archetype_dir: str = "archetypes"
    i18n_dir: str = "i18n"
    publish_dir: str = "public"
    themes: tuple[str, ...] = ()
    mounts: tuple[Mount, ...] = ()
    taxonomies: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULT_TAXONOMIES))
    rules: UrlRules = field(default_factory=UrlRules)
    build_drafts: bool = False
    build_future: bool = False
    build_expired: bool = False
    date_handlers: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _date_handlers({}))
    ignore_files: tuple[str, ...] = ()
    menus: Mapping[str, Any] = field(default_factory=dict)
    params: Values = field(default_factory=dict)
    values: Values = field(default_factory=dict, repr=False)
    files: tuple[str, ...] = ()

    def value(self, path: str, default: Any = None) -> Any:
        """Return a setting by its path ("markup.goldmark.renderer.unsafe"), whatever the case of its keys."""
        return look_up(self.values, path, default)

    def mounts_of(self, folder: str) -> tuple[Mount, ...]:
        """Return what makes up one of Hugo's folders ("content", "static", ...): what is mounted on it, else itself."""
        return tuple(mount for mount in self.mounts if below(mount.target, folder)) or self._own_mounts(folder)

    def _own_mounts(self, folder: str) -> tuple[Mount, ...]:
        if folder == "content":
            own = (Mount(each.content_dir, folder, name) for name, each in self.languages.items() if each.content_dir)
            return (Mount(self.content_dir, folder), *own)
        names = {
            "static": self.static_dirs,
            "assets": (self.asset_dir,),
            "data": (self.data_dir,),
            "layouts": (self.layout_dir,),
            "archetypes": (self.archetype_dir,),
            "i18n": (self.i18n_dir,),
        }[folder]
        return tuple(Mount(name, folder) for name in names)

    def url_rules(self, language: str = "") -> UrlRules:
        """Return the URL rules of a language, which may have its own; UrlError for permalinks that Hugo refuses."""
        own = self.languages.get(language)
        return _url_rules([own.values, self.values]) if own and own.values else self.rules

    def url_prefix(self, language: str) -> str:
        """Return the folder of a language's pages: "" for the default language, and where each has its own host."""
        if any(other.base_url for other in self.languages.values()):
            return ""
        return language if language != self.language or self.language_in_subfolder else ""


def read_config(site: Path, environment: str = "production") -> HugoConfig:
    """Return the configuration of the site at `site` (Hugo's defaults where it has none).

    `config/_default` and `config/<environment>` are merged over `hugo.*` or `config.*`, as `hugo` does when it builds.
    SourceError (file, line) for a file that Hugo could not read, UrlError for permalinks that it refuses.
    """
    files = config_files(site, environment)
    return config_of(read_values(site, files), files)


def config_of(values: Values, files: tuple[str, ...] = ()) -> HugoConfig:
    """Return what merged `values` say; UrlError for permalinks that Hugo refuses."""

    def text(path: str, default: str) -> str:
        return _text(look_up(values, path)) or default

    def folder(path: str, default: str) -> str:
        return _folder(text(path, default))

    def flag(path: str) -> bool:
        return _flag(look_up(values, path))

    languages = _languages(values)
    language = text("defaultContentLanguage", "").lower() or ("en" if "en" in languages else next(iter(languages)))
    taxonomies = look_up(values, "taxonomies", look_up(values, "indexes"))
    return HugoConfig(
        title=text("title", ""),
        base_url=text("baseURL", ""),
        language=language,
        languages=languages,
        language_in_subfolder=flag("defaultContentLanguageInSubdir"),
        time_zone=text("timeZone", ""),
        content_dir=folder("contentDir", "content"),
        static_dirs=_static_dirs(values) or ("static",),
        data_dir=folder("dataDir", "data"),
        layout_dir=folder("layoutDir", "layouts"),
        asset_dir=folder("assetDir", "assets"),
        archetype_dir=folder("archetypeDir", "archetypes"),
        i18n_dir=folder("i18nDir", "i18n"),
        publish_dir=folder("publishDir", "public"),
        themes=_texts(look_up(values, "theme")),
        mounts=tuple(_mounts(look_up(values, "module.mounts"))),
        taxonomies=_taxonomies(taxonomies) if isinstance(taxonomies, Mapping) else dict(DEFAULT_TAXONOMIES),
        rules=_url_rules([values]),
        build_drafts=flag("buildDrafts"),
        build_future=flag("buildFuture"),
        build_expired=flag("buildExpired"),
        date_handlers=_date_handlers(_mapping(look_up(values, "frontmatter"))),
        ignore_files=_texts(look_up(values, "ignoreFiles")),
        menus=_mapping(look_up(values, "menus")),
        params=_mapping(look_up(values, "params")),
        values=values,
        files=files,
    )


def _languages(values: Values) -> dict[str, Language]:
    """Return the languages in Hugo's order: by weight, those without one last, then by name."""
    disabled = {name.lower() for name in _texts(look_up(values, "disableLanguages"))}
    default = _text(look_up(values, "defaultContentLanguage")).lower()
    configured = _mapping(look_up(values, "languages")) or {default or "en": {}}
    found: list[Language] = []
    for key, own in configured.items():
        name = key.lower()
        is_default = name == default or len(configured) == 1
        found.append(
            Language(
                name=name,
                label=_text(look_up(own, "label")) or _text(look_up(own, "languageName")),
                title=_text(look_up(own, "title")),
                locale=_locale(own, values if is_default else {}) or name,
                content_dir=_folder(_text(look_up(own, "contentDir"))),
                base_url=_text(look_up(own, "baseURL")),
                weight=_number(look_up(own, "weight")),
                disabled=name in disabled or _flag(look_up(own, "disabled")),
                values=_mapping(own),
            )
        )
    found.sort(key=lambda language: (language.disabled, not language.weight, language.weight, language.name))
    return {language.name: language for language in found}


def _locale(own: object, root: Values) -> str:
    """Return the first locale written: a language's own, the site's, and the same by their older name."""
    places = ((own, "locale"), (root, "locale"), (own, "languageCode"), (root, "languageCode"))
    return next((text for values, key in places if (text := _text(look_up(values, key)))), "")


def _static_dirs(values: Values) -> tuple[str, ...]:
    names = ("staticDir", *(f"staticDir{number}" for number in range(11)))
    return tuple(dict.fromkeys(_folder(each) for name in names for each in _texts(look_up(values, name))))


def _taxonomies(config: Mapping[str, Any]) -> dict[str, str]:
    pairs = ((singular.lower(), _text(plural)) for singular, plural in config.items())
    return {singular: plural for singular, plural in pairs if singular and plural}


def _mounts(config: object) -> Iterable[Mount]:
    for row in config if isinstance(config, list) else ():
        source, target = _text(look_up(row, "source")), _text(look_up(row, "target"))
        if source and target:
            languages = _texts(look_up(row, "lang")) or _texts(look_up(row, "sites.matrix.languages"))
            for language in languages or ("",):
                yield Mount(_folder(source), _folder(target), language)


def _folder(written: str) -> str:
    """Return a folder as Hugo knows it, whatever slashes and dots are around its name (Go's filepath.Clean)."""
    return posixpath.normpath(written).strip("/") if written else ""


def _date_handlers(config: Values) -> dict[str, tuple[str, ...]]:
    """Return the keys tried for each date, with the other names that Hugo knows some of them by."""
    handlers: dict[str, tuple[str, ...]] = {}
    for name, default in _DATE_HANDLERS.items():
        given = [key.lower() for key in _texts(look_up(config, name))] or [":default"]
        keys = [key for written in given for key in (default if written == ":default" else (written,))]
        handlers[name] = tuple(dict.fromkeys(key for known in keys for key in (known, *_DATE_ALIASES.get(known, ()))))
    return handlers


def _url_rules(layers: list[Values]) -> UrlRules:
    """Return the rules that the first of the layers to say so says."""

    def first(path: str) -> Any:
        return next((value for layer in layers if (value := look_up(layer, path)) is not None), None)

    ugly = first("uglyURLs")
    if isinstance(ugly, Mapping):
        ugly = frozenset(section.lower() for section, on in ugly.items() if _flag(on))
    return UrlRules(
        permalinks=permalink_rules(first("permalinks")),
        ugly_urls=ugly if isinstance(ugly, frozenset) else _flag(ugly),
        disable_path_to_lower=_flag(first("disablePathToLower")),
        remove_path_accents=_flag(first("removePathAccents")),
    )


def _mapping(value: object) -> Values:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (Mapping, list)) else str(value)


def _texts(value: object) -> tuple[str, ...]:
    """Return a setting that may be one text or a list of them; a text with commas or spaces is one."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for item in values if (text := _text(item)))


def _flag(value: object) -> bool:
    """Read a flag as Go's strconv.ParseBool does; anything else is off."""
    return value in (True, 1) or str(value) in ("1", "t", "T", "true", "TRUE", "True")


def _number(value: object) -> int:
    try:
        return int(_text(value) or 0)
    except ValueError:
        return 0
