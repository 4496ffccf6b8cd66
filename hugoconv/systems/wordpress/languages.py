"""The languages of a site, as plug-ins write them into an export: Polylang as terms, WPML as fields or in addresses.

WPML keeps languages and translations in a table of its own (`icl_translations`), which WordPress does not export. They
are in an export when WPML's add-on "Export and Import", or a script, wrote them into custom fields before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

from hugoconv.systems.addresses import url_path
from hugoconv.systems.wordpress.keys import LANGUAGE, TRANSLATIONS
from hugoconv.systems.wordpress.wxr.items import Item
from hugoconv.urls import urlsplit

LANGUAGE_FIELDS: Final = ("_wpml_import_language_code", "_icl_lang_code", "_wpml_language")
GROUP_FIELDS: Final = ("_wpml_import_translation_group", "trid", "_wpml_trid")
"""Fields that name the group of an item and its translations."""
_DUPLICATE_OF: Final = "_icl_lang_duplicate_of"
"""The id of the item that WPML made this one of, to be translated later."""
FIELDS: Final = frozenset({*LANGUAGE_FIELDS, *GROUP_FIELDS, _DUPLICATE_OF, "_wpml_import_source_language_code"})


@dataclass
class Languages:
    """What an export says of languages; picklable. `folders` are codes with which addresses begin (`/de/`)."""

    base_url: str
    own: str = ""
    """What the site itself is in, as far as the channel says."""
    folders: Collection[str] = ()
    labels: dict[str, str] = field(default_factory=dict)
    """What the languages that items are in are called, by code; "" where nobody says."""
    _counts: Counter[str] = field(default_factory=Counter)
    _duplicated: set[str] = field(default_factory=set)
    _has_wpml: bool = False

    def add(self, item: Item) -> None:
        """Take note of an item that is a page."""
        code = self.of(item)
        self._counts[code] += 1
        if code:
            name = next((term.name for term in item.terms if term.domain == LANGUAGE), "")
            self.labels[code] = name or self.labels.get(code, "")
        self._has_wpml = self._has_wpml or any(key.startswith(("_wpml_", "_icl_")) for key, _ in item.meta)
        self._duplicated.update(value for key, value in item.meta if key == _DUPLICATE_OF)

    @property
    def are_silent(self) -> bool:
        """Whether fields of WPML tell that there are languages, and nothing which item is in which."""
        return self._has_wpml and not self.labels

    def is_own(self, code: str) -> bool:
        """Whether a code is that of the site's own language."""
        return code in (self.own, self.own.partition("-")[0])

    def of(self, item: Item) -> str:
        """Return the code of the language that an item is in, "" where the export does not say."""
        said = next((term.nicename for term in item.terms if term.domain == LANGUAGE), "")
        if not said:
            said = _first(item, LANGUAGE_FIELDS)
        if not said and "lang=" in item.link:
            said = next(iter(parse_qs(urlsplit(item.link).query).get("lang", ())), "")
        if not said and self.folders:
            first = (url_path(item.link, self.base_url) or "").strip("/").partition("/")[0]
            said = first if first in self.folders else ""
        return said.strip().replace("_", "-").lower()

    def group_of(self, item: Item) -> str:
        """Return what an item and its translations have in common, "" for nothing."""
        said = next((term.nicename for term in item.terms if term.domain == TRANSLATIONS), "")
        if said := said or _first(item, GROUP_FIELDS):
            return said
        original = _first(item, (_DUPLICATE_OF,))
        return original or (str(item.post_id) if str(item.post_id) in self._duplicated else "")

    def table(self) -> dict[str, dict[str, Any]]:
        """Return the languages by code, the site's own first; {} when there is one or none.

        What does not say its language is in the site's own.
        """
        found = {code: self.labels[code] for code, _ in self._counts.most_common() if code}
        short = self.own.partition("-")[0]
        if found and self._counts[""] and not any(map(self.is_own, found)):
            found = {short: ""} | found
        if len(found) < 2:
            return {}
        codes = sorted(found, key=lambda code: not self.is_own(code))
        return {code: {"label": found[code] or code} for code in codes}


def _first(item: Item, names: Collection[str]) -> str:
    return next((value.strip() for key, value in item.meta if key in names and value.strip()), "")
