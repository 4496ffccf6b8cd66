"""What becomes of the keys of a Jekyll configuration on the way to another system: one table.

The keys and their meaning are those of Jekyll's documentation of configuration options and lib/jekyll/configuration.rb.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hugoconv.systems.settings import BUILD, CARRIED, READ, REPORTED, Setting
from hugoconv.zones import name_of_environment

PLUGINS = (
    *("jekyll-feed", "jekyll-sitemap", "jekyll-paginate", "jekyll-redirect-from", "jekyll-gist", "jekyll-seo-tag"),
    *("jekyll-archives", "jekyll-include-cache", "kramdown-parser-gfm", "jekyll-data"),
)
"""The plug-ins for whose work Hugo, or a theme of its, needs none."""
SETTINGS: dict[str, Setting] = {
    "title": Setting(CARRIED, "the site's title"),
    "name": Setting(CARRIED, "the site's title, where there is no `title`"),
    "description": Setting(CARRIED, "a parameter of the site"),
    "url": Setting(CARRIED, "with `baseurl` the site's address"),
    "baseurl": Setting(CARRIED, "with `url` the site's address; a path before links in the text where that needs it"),
    "lang": Setting(CARRIED, "the site's language"),
    "timezone": Setting(CARRIED, "the zone of times that say none"),
    "permalink": Setting(
        CARRIED, "a rule for each section where one gives every page its address, else the page's own"
    ),
    "collections": Setting(CARRIED, "each collection that Jekyll writes is a section; the files of others are carried"),
    "defaults": Setting(CARRIED, "a cascade for the section whose pages all have them, else on each page"),
    "paginate": Setting(CARRIED, "the number of posts on a list's page"),
    "future": Setting(CARRIED, "whether posts of the future are published"),
    "feed": Setting(CARRIED, "the address of the feed"),
    "plugins": Setting(CARRIED, f"{', '.join(PLUGINS)}; every other one is named"),
    "gems": Setting(CARRIED, "as `plugins`"),
    "whitelist": Setting(BUILD),
    "taxonomies": Setting(CARRIED, "the front matter keys by which pages are listed"),
    "excerpt_separator": Setting(READ, "the target's own divider stands in its place"),
    "markdown_ext": Setting(READ),
    "include": Setting(READ),
    "exclude": Setting(READ),
    "collections_dir": Setting(READ),
    "layouts_dir": Setting(READ),
    "data_dir": Setting(READ),
    "includes_dir": Setting(READ),
    "plugins_dir": Setting(READ),
    "unpublished": Setting(READ),
    "show_drafts": Setting(BUILD),
    "limit_posts": Setting(BUILD),
    "source": Setting(BUILD),
    "destination": Setting(BUILD),
    "cache_dir": Setting(BUILD),
    "keep_files": Setting(BUILD),
    "safe": Setting(BUILD),
    "encoding": Setting(BUILD),
    "strict_front_matter": Setting(BUILD),
    "detach": Setting(BUILD),
    "port": Setting(BUILD),
    "host": Setting(BUILD),
    "show_dir_listing": Setting(BUILD),
    "livereload": Setting(BUILD),
    "livereload_port": Setting(BUILD),
    "incremental": Setting(BUILD),
    "profile": Setting(BUILD),
    "quiet": Setting(BUILD),
    "verbose": Setting(BUILD),
    "watch": Setting(BUILD),
    "serving": Setting(BUILD),
    "force_polling": Setting(BUILD),
    "disable_disk_cache": Setting(BUILD),
    "liquid": Setting(BUILD),
    "webrick": Setting(BUILD),
    "highlighter": Setting(BUILD, "the target colours code itself"),
    "rouge": Setting(BUILD, "the target colours code itself"),
    "markdown": Setting(READ, "bodies are read as kramdown"),
    "kramdown": Setting(
        READ,
        "heading ids that Hugo would make otherwise are written; `auto_ids` and `toc_levels` are settings of Hugo",
    ),
    "redcarpet": Setting(REPORTED, "its extensions are not kramdown's; compare a page that uses them"),
    "rdiscount": Setting(REPORTED, "its extensions are not kramdown's; compare a page that uses them"),
    "commonmark": Setting(READ),
    "paginate_path": Setting(
        CARRIED, "the target's own rule where it makes the same addresses, else pages that lead on"
    ),
    "sass": Setting(
        REPORTED, "compile the style sheets with the theme's pipeline, or put the compiled ones into static/"
    ),
    "theme": Setting(REPORTED, "choose a theme of the target"),
    "remote_theme": Setting(REPORTED, "choose a theme of the target"),
}
"""The settings that Jekyll and its common plug-ins know; every other key is a parameter for the site's templates."""


def parameters(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a configuration says for templates: the keys that are none of Jekyll's."""
    return {str(key): value for key, value in values.items() if key not in SETTINGS and value is not None}


def lost(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the keys that are set and have no counterpart, with what to do."""
    for key, setting in SETTINGS.items():
        if setting.outcome == REPORTED and values.get(key):
            yield key, setting.note
    zone = str(values.get("timezone") or "")
    if zone and not name_of_environment(zone):
        yield "timezone", f"there is no zone {zone!r}, so Jekyll takes UTC; write one such as Europe/Berlin"
    for key in ("plugins", "gems"):
        named = values.get(key)
        for name in named if isinstance(named, list) else [named] if isinstance(named, str) else ():
            if isinstance(name, str) and name not in PLUGINS:
                yield f"{key}: {name}", "it is a program in Ruby; look for what the target or a theme has in its place"
