"""What becomes of the keys of a Hugo configuration on the way to another system: one table.

The keys and their meaning are those of Hugo's documentation of its configuration (all settings).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hugoconv.systems.hugo.config import HugoConfig
from hugoconv.systems.settings import BUILD, CARRIED, READ, REPORTED, Setting

_THEME = "choose a theme of the target; the old one is kept beside the new site"
_LINE_NUMBERS = "let the highlighter number lines; Jekyll: `kramdown.syntax_highlighter_opts.block.line_numbers`"

SETTINGS: dict[str, Setting] = {
    "title": Setting(CARRIED, "the site's title"),
    "baseurl": Setting(CARRIED, "the site's address: host and path apart where the target wants that"),
    "locale": Setting(CARRIED, "the site's language"),
    "languagecode": Setting(CARRIED, "the site's language"),
    "defaultcontentlanguage": Setting(CARRIED, "the site's language"),
    "languages": Setting(CARRIED, "a data file with what is said of each; the pages say their language"),
    "menus": Setting(CARRIED, "a data file, with the entries that pages ask for themselves"),
    "menu": Setting(CARRIED, "as `menus`"),
    "params": Setting(CARRIED, "keys of the configuration, for templates"),
    "author": Setting(CARRIED, "a key of the configuration, for templates"),
    "social": Setting(CARRIED, "a key of the configuration, for templates"),
    "copyright": Setting(CARRIED, "a key of the configuration, for templates"),
    "timezone": Setting(CARRIED, "the zone of times that say none"),
    "taxonomies": Setting(CARRIED, "the front matter keys by which pages are listed"),
    "indexes": Setting(CARRIED, "as `taxonomies`"),
    "cascade": Setting(CARRIED, "defaults for front matter, on each page that has them"),
    "permalinks": Setting(READ, "each page keeps its address"),
    "uglyurls": Setting(READ, "each page keeps its address"),
    "disablepathtolower": Setting(READ),
    "removepathaccents": Setting(READ),
    "canonifyurls": Setting(READ, "links lead to the same pages"),
    "relativeurls": Setting(READ, "links lead to the same pages"),
    "defaultcontentlanguageinsubdir": Setting(READ, "the root leads on to the language's folder"),
    "disabledefaultlanguageredirect": Setting(READ),
    "disablelanguages": Setting(READ),
    "disablekinds": Setting(READ, "lists that the old site did not have are not made"),
    "disablealiases": Setting(READ),
    "outputs": Setting(READ, "feeds are made where the old site had them"),
    "outputformats": Setting(READ, "the feeds' name"),
    "frontmatter": Setting(READ, "dates are written where another key or the file's name gave them"),
    "enableemoji": Setting(READ, "the characters stand in the text"),
    "markup": Setting(READ, "headings' ids and attributes are kept in the text, and links lead where they led"),
    "contentdir": Setting(READ),
    "staticdir": Setting(READ),
    "datadir": Setting(READ),
    "layoutdir": Setting(READ),
    "assetdir": Setting(READ),
    "archetypedir": Setting(READ),
    "i18ndir": Setting(READ),
    "publishdir": Setting(BUILD),
    "resourcedir": Setting(BUILD),
    "themesdir": Setting(BUILD),
    "ignorefiles": Setting(READ),
    "builddrafts": Setting(READ, "drafts are never public on the new site"),
    "buildfuture": Setting(READ, "pages of the future are never public on the new site"),
    "buildexpired": Setting(READ, "expired pages are never public on the new site"),
    "reflinkserrorlevel": Setting(READ),
    "reflinksnotfoundurl": Setting(READ),
    "build": Setting(BUILD),
    "caches": Setting(BUILD),
    "cachedir": Setting(BUILD),
    "cleandestinationdir": Setting(BUILD),
    "disablefastrender": Setting(BUILD),
    "disablelivereload": Setting(BUILD),
    "enablemissingtranslationplaceholders": Setting(BUILD),
    "environment": Setting(BUILD),
    "ignorecache": Setting(BUILD),
    "ignorelogs": Setting(BUILD),
    "ignoreerrors": Setting(BUILD),
    "ignorevendorpaths": Setting(BUILD),
    "loglevel": Setting(BUILD),
    "metadataformat": Setting(BUILD),
    "minify": Setting(BUILD),
    "newcontenteditor": Setting(BUILD),
    "nochmod": Setting(BUILD),
    "notimes": Setting(BUILD),
    "paniconwarning": Setting(BUILD),
    "printi18nwarnings": Setting(BUILD),
    "printpathwarnings": Setting(BUILD),
    "printunusedtemplates": Setting(BUILD),
    "security": Setting(BUILD),
    "segments": Setting(BUILD),
    "server": Setting(BUILD),
    "templatemetrics": Setting(BUILD),
    "templatemetricshints": Setting(BUILD),
    "timeout": Setting(BUILD),
    "titlecasestyle": Setting(BUILD),
    "pluralizelisttitles": Setting(BUILD),
    "capitalizelisttitles": Setting(BUILD),
    "mediatypes": Setting(BUILD),
    "imaging": Setting(BUILD, "pictures are the old site's own files"),
    "deployment": Setting(REPORTED, "set up the publishing of the new site anew"),
    "disablehugogeneratorinject": Setting(BUILD),
    "pygmentsstyle": Setting(BUILD, "the target colours code itself"),
    "pygmentscodefences": Setting(BUILD, "the target colours code itself"),
    "pygmentsusclasses": Setting(BUILD, "the target colours code itself"),
    "pagination": Setting(REPORTED, "a list is one page; where the old theme cut it, redirect its /page/2/ and so on"),
    "paginate": Setting(REPORTED, "a list is one page; where the old theme cut it, redirect its /page/2/ and so on"),
    "paginatepath": Setting(READ),
    "summarylength": Setting(READ, "only a divider in the text ends a summary"),
    "hascjklanguage": Setting(READ),
    "rsslimit": Setting(READ, "feeds have twenty entries"),
    "sectionpagesmenu": Setting(REPORTED, "list the sections in the menu's data file by hand"),
    "enablerobotstxt": Setting(REPORTED, "write a robots.txt: the old site's was made from a template"),
    "enablegitinfo": Setting(REPORTED, "dates of the last change were taken from git; write them where they matter"),
    "disqusshortname": Setting(REPORTED, "put the comments' script into the new theme"),
    "googleanalytics": Setting(REPORTED, "put the statistics' script into the new theme"),
    "services": Setting(REPORTED, "put the services' scripts into the new theme"),
    "privacy": Setting(REPORTED, "ask the same of the new theme's scripts"),
    "related": Setting(REPORTED, "use what the target has to show related pages"),
    "sitemap": Setting(REPORTED, "priorities and frequencies are left out of the new site map"),
    "theme": Setting(REPORTED, _THEME),
    "module": Setting(REPORTED, f"what the site mounts itself is in its place; {_THEME}"),
}
"""The settings that Hugo knows, in lower case."""


def site_parameters(config: HugoConfig) -> dict[str, Any]:
    """Return what a configuration says for templates, `params` first."""
    own = {key: value for key, value in config.params.items() if key.lower() != "description"}
    older = {key: config.value(key) for key in ("author", "social", "copyright")}
    unknown = {key: value for key, value in config.values.items() if key.lower() not in SETTINGS}
    return own | {key: value for key, value in (older | unknown).items() if value and key not in own}


def lost(config: HugoConfig) -> Iterator[tuple[str, str]]:
    """Yield the keys that are set and have no counterpart, with what to do."""
    for key, value in config.values.items():
        setting = SETTINGS.get(key.lower())
        if setting is not None and setting.outcome == REPORTED and value:
            yield key, setting.note
    if config.value("markup.highlight.lineNos") is True:
        yield "markup.highlight.lineNos", _LINE_NUMBERS
