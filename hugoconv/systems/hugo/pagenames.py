"""The names that `ref` and `relref` know a page by (hugolib/pagefinder.go)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

_ENDING = re.compile(r"\.(?:md|markdown|mdown|html?|org|adoc|asciidoc|ad|rst|pandoc|pdc)\Z", re.IGNORECASE)


class PageNames:
    """The pages of a site by name."""

    def __init__(self, pages: Iterable[tuple[str, str, str]]) -> None:
        """Take source file, content path without its ending ("posts/a", "posts/bundle/index") and language of each."""
        self._languages: set[str] = set()
        self._by_path: dict[tuple[str, str], str] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        for source, path, language in pages:
            known = _known(path)
            self._languages.add(language)
            self._by_path.setdefault((language, known), source)
            self._by_name.setdefault((language, posixpath.basename(known)), source)

    def find(self, name: str, path: str, language: str) -> str | None:
        """Return the source file of the page that `name` means on the page at the content path `path`; "" is itself.

        A path from the root when it starts with a slash, else beside the page, else from the root, else any page of
        that name; first among the pages of `language`.
        """
        wanted = _without_ending(name)
        bare, _, suffix = wanted.rpartition(".")
        if bare and suffix and suffix.lower() in self._languages:
            wanted, language = bare, suffix.lower()
        places = _places(wanted, path) if name else [_known(path)]
        for each in dict.fromkeys((language, "")):
            found = self._first(places, each) or self._by_name.get((each, posixpath.basename(_known(wanted))))
            if found:
                return found
        return None

    def page_at(self, name: str, path: str, language: str) -> str | None:
        """Return the source file of the page that `.GetPage` finds on the page at the content path `path`.

        It looks where `find` does, but at no page of another language, and at none by its bare name.
        """
        wanted = _without_ending(name)
        bare, _, suffix = wanted.rpartition(".")
        return self._first(_places(bare if suffix.lower() in self._languages else wanted, path), language)

    def _first(self, places: Iterable[str], language: str) -> str | None:
        return next((source for place in places if (source := self._by_path.get((language, place)))), None)


def _places(name: str, path: str) -> list[str]:
    """Return where a page of this name may be, as seen from the page at a content path."""
    if name.startswith("/"):
        return [_known(name)]
    own = _known(path)
    is_bundle = posixpath.basename(path) in ("index", "_index")
    beside = [own, posixpath.dirname(own)] if is_bundle else [posixpath.dirname(own)]
    return [*(_known(posixpath.join("/", folder, name)) for folder in beside), _known(name)]


def _known(path: str) -> str:
    """Return a path as Hugo compares it: in lower case, hyphens for spaces, a bundle's page by its folder."""
    clean = posixpath.normpath("/" + path.lower().replace(" ", "-")).lstrip("/")
    folder, _, base = clean.rpartition("/")
    return folder if base in ("index", "_index") else clean


def _without_ending(name: str) -> str:
    return _ENDING.sub("", name)
