"""Where everything goes: the place of each post, and the new URL of each old one."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, repeat
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from hugoconv.migrate.plan import Place, known_as
from hugoconv.migrate.tables import Table
from hugoconv.model import Post
from hugoconv.urls import urlsplit


class LinkMap:
    """Filled in pass 1, read in pass 2 by every process; indexes beyond 20,000 entries live on disk.

    With `tells_apart` names are different that only Linux tells apart (`A.md` and `a.md`): those of an equal copy.
    """

    def __init__(self, base_url: str = "", *, tells_apart: bool = True) -> None:
        self._places = Table()
        self._claims = Table()
        self._addresses = Table()
        self._aliases = Table()
        """What led to a page on the old site beside its address."""
        self._tells_apart = tells_apart
        self._staying: frozenset[str] = frozenset()
        """The paths of the posts, when each stays where it is."""
        self._last: tuple[tuple[int, int], Place] | None = None
        self.traits: Counter[str] = Counter()
        """How many posts have each of the traits of their places."""
        parts = urlsplit(base_url)
        self._host = parts.netloc.removeprefix("www.")
        self._base = parts.path.rstrip("/")

    def claim(self, number: tuple[int, int], place: Place, addresses: Iterable[str], origin: str) -> tuple[Place, str]:
        """Give a post its place, under another file name when it is taken; returns the place and who had the name.

        `number` is the post's in the run, `addresses` its own on the old site and what else may lead to it there. Where
        a page was counts before what leads to another one.
        """
        taken_by = ""
        attempt = 1
        if place.identity and place.identity == place.url:
            place = self._at_free_address(place)
        wanted = place
        while taken := next((self._claims[name] for name in self._names(place) if name in self._claims), ""):
            taken_by = taken_by or taken
            attempt += 1
            place = _numbered(wanted, attempt)
        for name in self._names(place):
            self._claims[name] = origin
        self.traits.update(place.traits)
        self._places[_key(number)] = json.dumps([str(place.path), place.url, [str(path) for path in place.also]])
        for table, address in zip(chain((self._addresses,), repeat(self._aliases)), addresses, strict=False):
            if address and place.url:
                table.setdefault(_normal(address), place.url)
        return place, taken_by

    def _at_free_address(self, place: Place) -> Place:
        """Return a place known by its URL path, under another one when it is taken."""
        head, slash, tail = place.url.rpartition("/") if not place.url.endswith("/") else (place.url[:-1], "/", "")
        stem, dot, ending = tail.rpartition(".") if tail else (head, "", "")
        url, number = place.url, 1
        while f"<{url}>" in self._claims:
            number += 1
            url = f"{head}{slash}{stem}-{number}{dot}{ending}" if tail else f"{head}-{number}/"
        return replace(place, url=url, identity=url)

    def stay(self, paths: Iterable[str]) -> None:
        """Give every post the place that it has; `paths` are those of all posts."""
        self._staying = frozenset(paths)

    def place(self, post: Post) -> Place:
        """Return the place that a post was given in pass 1; KeyError when it was given none."""
        if self._staying:
            return Place(post.path)
        if self._last is None or self._last[0] != post.number:
            path, url, also = json.loads(self._places[_key(post.number)])
            place = Place(PurePosixPath(path), url, tuple(PurePosixPath(name) for name in also))
            self._last = post.number, place
        return self._last[1]

    def reserve(self, place: Place, origin: str) -> Place:
        """Claim the path of a file that is not a post's, under another name when it is taken."""
        wanted, attempt = place, 1
        while any(name in self._claims for name in (str(place.path), folded(str(place.path)))):
            attempt += 1
            place = _numbered(wanted, attempt)
            place = replace(place, url=wanted.url[: -len(wanted.path.name)] + place.path.name)
        for name in {str(place.path), folded(str(place.path))}:
            self._claims[name] = origin
        return place

    def _names(self, place: Place) -> tuple[str, ...]:
        """Return the names that a place takes away from others: with `tells_apart` only those that are written."""
        names = place.claims
        return names if self._tells_apart else tuple(dict.fromkeys((*names, *map(folded, names))))

    def known_by(self, identity: str) -> str:
        """Return the post that the target knows by an identity (see `Place`), "" when there is none."""
        return self._claims.get(known_as(identity), "")

    def claimed_by(self, path: PurePosixPath) -> str:
        """Return what claimed a path of the destination, "" when it is free."""
        name = str(path)
        return name if name in self._staying else self._claims.get(name, "")

    def add(self, old: str, new: str) -> None:
        """Record that an old address (a path, or the URL of a file on another host) is now the URL path `new`.

        The first answer stays.
        """
        if _normal(old) not in self._aliases:
            self._addresses.setdefault(_normal(old), new)

    def resolve(self, url: str) -> str | None:
        """Return the new URL path of a URL of the old site, its fragment kept; None when unknown, or no URL at all."""
        parts = urlsplit(url)
        if parts.scheme not in ("", "http", "https"):
            return None
        if parts.netloc and parts.netloc.removeprefix("www.") != self._host:
            return self._known(url)
        path = parts.path
        if parts.netloc and self._base and path.startswith(self._base + "/"):
            path = path[len(self._base) :]
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        if parts.query:
            found = self._known(f"{path}?{parts.query}")
            if found is not None:
                return found + fragment
        found = self._known(path) if path else None
        return None if found is None else found + fragment

    def _known(self, address: str) -> str | None:
        name = _normal(address)
        found = self._addresses.get(name)
        return found if found is not None else self._aliases.get(name)

    def seal(self) -> None:
        """End pass 1: make everything readable from other processes."""
        for table in (self._places, self._claims, self._addresses, self._aliases):
            table.seal()


def _key(number: tuple[int, int]) -> str:
    return f"{number[0]}.{number[1]}"


def _normal(address: str) -> str:
    path = unquote(address)
    if path.endswith("/index.html"):
        path = path[: -len("index.html")]
    return path.rstrip("/") or "/"


def folded(name: str) -> str:
    """Return a name as Windows and macOS see it, which tell apart neither capitals nor how an accent is written."""
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", name).casefold()


def _numbered(place: Place, number: int) -> Place:
    """Return the place with `-2`, `-3`, ... after the name that tells posts apart: a bundle's folder, else the file."""

    def renamed(path: PurePosixPath) -> PurePosixPath:
        name, dot, suffixes = path.name.partition(".")
        if name in ("index", "_index") and path.parent.name:
            return path.parent.with_name(f"{path.parent.name}-{number}") / path.name
        return path.with_name(f"{name}-{number}{dot}{suffixes}")

    identity = place.identity
    if identity and identity != place.url:
        identity = f"{identity}-{number}"
    path, also = renamed(place.path), tuple(renamed(path) for path in place.also)
    url = f"/{quote(str(path))}" if place.is_file_address else place.url
    return replace(place, path=path, url=url, also=also, identity=identity)
