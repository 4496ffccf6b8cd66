"""Old addresses and where they lead now, in the words of web servers (Netlify, Cloudflare, nginx, Apache), or as JSON.

A generator's own redirect pages (aliases, `redirect_from`) answer after a page has loaded; a server answers at once,
and can answer addresses with a query (`/?p=7`), which no file can.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, unquote

from hugoconv.migrate.plan import Write
from hugoconv.model import Redirect
from hugoconv.report.findings import Findings
from hugoconv.urls import urlsplit

FOLDER = PurePosixPath("_server")
"""Where the files are written; neither Hugo nor Jekyll publishes it."""

_SAFE = "/:@!&'()*+,;=~-._"
_PATTERN = re.compile(r"\*|:[A-Za-z]")
"""What stands for any text in a rule of Cloudflare's."""
_REGULAR = re.compile(r"[][\\.^$*+?(){}|/ ]")


@dataclass
class Redirects:
    """The redirects of one move: each address leads to one place, which is a page and no redirect itself."""

    pages: set[str] = field(default_factory=set)
    """The addresses of the new pages."""
    own: list[tuple[Redirect, str]] = field(default_factory=list)
    """What was asked for from where a page itself was, and by which source file."""
    wanted: list[tuple[Redirect, str]] = field(default_factory=list)
    """What was asked for from other addresses."""

    def add(self, old: str, new: str, origin: str, *, is_own: bool = False) -> None:
        """Ask for a redirect; one to itself is none. Where a page was counts before what led to another one."""
        if old and new and bare(old) != bare(new):
            (self.own if is_own else self.wanted).append((Redirect(old, new), origin))

    def settled(self, log: Findings) -> list[Redirect]:
        """Return the redirects, those to redirects led to their end; refused are loops, doubles and the pages' own."""
        chosen: dict[str, tuple[Redirect, str]] = {}
        for redirect, origin in (*self.own, *self.wanted):
            name = bare(redirect.old)
            known = chosen.get(name)
            if name in self.pages:
                log.add("HC536", file=origin, old=redirect.old, new=redirect.new, other="a page of the new site")
            elif known is None:
                chosen[name] = (redirect, origin)
            elif bare(known[0].new) != bare(redirect.new):
                log.add("HC536", file=origin, old=redirect.old, new=redirect.new, other=known[0].new)
        settled: list[Redirect] = []
        for name, (redirect, origin) in chosen.items():
            end = _end_of(name, chosen)
            if end is None:
                log.add("HC537", file=origin, old=redirect.old, new=redirect.new)
            else:
                settled.append(Redirect(redirect.old, end))
        return sorted(settled, key=lambda redirect: redirect.old)


@dataclass(frozen=True)
class Answers:
    """What answers at old addresses beside the pages: files of the new site, and a web server's redirects."""

    files: Collection[str]
    """The paths of what was written beside the posts."""
    redirects: Sequence[Redirect] = ()

    @cached_property
    def _served(self) -> frozenset[str]:
        return frozenset(bare(redirect.old) for redirect in self.redirects)

    def __contains__(self, address: object) -> bool:
        name = bare(str(address))
        path = name.strip("/")
        pages = (path, f"{path}.html", f"{path}/index.html") if path else ("index.html",)
        return name in self._served or any(f"{root}{page}" in self.files for root in ("", "static/") for page in pages)


def _end_of(name: str, chosen: dict[str, tuple[Redirect, str]]) -> str | None:
    """Return where a chain of redirects ends, None for a circle."""
    seen = {name}
    new = chosen[name][0].new
    while (following := bare(new)) in chosen:
        if following in seen:
            return None
        seen.add(following)
        new = chosen[following][0].new
    return new


def redirect_files(redirects: Iterable[Redirect], forms: Iterable[str], log: Findings) -> Iterator[Write]:
    """Yield one file a form (`FORMS`) with all the redirects, and say where it belongs."""
    found = list(redirects)
    for form in dict.fromkeys(forms):
        name, write, place, taken, limits = FORMS[form]
        kept = taken(found)
        if len(kept) < len(found):
            left_out = next(each.old for each in found if each not in kept)
            log.add("HC546", count=len(found) - len(kept), path=FOLDER / name, old=left_out, limits=limits)
        log.add("HC538", count=len(kept), path=FOLDER / name, place=place)
        yield Write(FOLDER / name, write(kept).encode())


def _netlify(redirects: Iterable[Redirect]) -> str:
    """Return a rule a line, for each way in which a browser may write the path; values of parameters are decoded.

    In the new address a `*`, and a part that begins with a colon, would stand for what was found if not encoded.
    """
    lines = []
    for path, query, new in _parts(redirects):
        target = _target(new).replace("*", "%2A").replace("/:", "/%3A")
        parameters = [unquote(each) for each in query.split("&") if each]
        lines += [" ".join((spelled, *parameters, target)) + " 301\n" for spelled in _spellings(path)]
    return "".join(lines)


def _spellings(path: str) -> Iterable[str]:
    """Return how browsers ask for a path: some characters are sent as a link has them, encoded or not."""
    return dict.fromkeys((quote(path, safe=f"{_SAFE}$[]|"), _encoded(path)))


def _taken_by_netlify(redirects: Sequence[Redirect]) -> Sequence[Redirect]:
    """Return the redirects that a rule can say; a splat, a placeholder or no value would stand for anything."""
    return [each for each in redirects if _is_one_path(each.old) and all(map(_is_parameter, _parameters(each.old)))]


def _is_one_path(old: str) -> bool:
    path = unquote(urlsplit(old).path)
    return not path.endswith("*") and "/:" not in path


def _parameters(old: str) -> list[str]:
    return [each for each in urlsplit(old).query.split("&") if each]


def _is_parameter(text: str) -> bool:
    name, _, value = text.partition("=")
    said = unquote(name) + unquote(value)
    return bool(value) and not unquote(value).startswith(":") and not re.search(r"[\s+]", text + said)


def _nginx(redirects: Iterable[Redirect]) -> str:
    """Return two maps, by path and by path with query; nginx compares a path decoded."""
    paths: dict[str, str] = {}
    queries: dict[str, str] = {}
    for path, query, new in _parts(redirects):
        if query:
            queries.setdefault(f"{_encoded(path)}?{query}", _target(new))
            continue
        for name in (path, path.rstrip("/") or "/", f"{path.rstrip('/')}/"):
            paths.setdefault(name, _target(new))
    longest = max((len(name.encode()) for name in (*paths, *queries)), default=0)
    size = _nginx_bucket(longest)
    return (
        "# Include this in http { }, and in server { } write:\n"
        "#   if ($moved_page) { return 301 $moved_page; }\n"
        "#   if ($moved_query) { return 301 $moved_query; }\n"
        + (f"# Where you set it yourself, as large at least:\nmap_hash_bucket_size {size};\n" if size else "")
        + _nginx_map("$uri $moved_page", paths)
        + _nginx_map("$request_uri $moved_query", queries)
    )


def _nginx_map(variables: str, rows: Mapping[str, str]) -> str:
    """Return a map. It takes capitals for small letters, but in patterns; where that matters a row is a pattern."""
    spellings = Counter(name.lower() for name in rows)
    spellings.update({unquote(new).lower() for new in rows.values()})
    lines = []
    for name, new in rows.items():
        is_plain = name == name.lower() and spellings[name] == 1
        text = _nginx_text(name) if is_plain else f"~^{_nginx_quoted(_pattern(name))}$"
        lines.append(f'    "{text}" "{new}";\n')
    return f'map {variables} {{\n    default "";\n{"".join(lines)}}}\n'


def _nginx_bucket(longest: int) -> int:
    """Return the `map_hash_bucket_size` for a key of so many bytes, 0 when nginx's own is enough (ngx_hash.c)."""
    needed = 2 * 8 + (longest + 2 + 7) // 8 * 8
    return 0 if needed <= 64 else 1 << (needed - 1).bit_length()


def _nginx_text(path: str) -> str:
    text = _nginx_quoted(path)
    return f"\\{text}" if text.startswith("~") else text


def _nginx_quoted(text: str) -> str:
    return re.sub(r'["\\]', r"\\\g<0>", text)


def _apache(redirects: Iterable[Redirect]) -> str:
    lines = ["# Put this into .htaccess at the root of the site, or into its <Directory>.\n", "RewriteEngine On\n"]
    for path, query, new in _parts(redirects):
        if query:
            lines.append(f"RewriteCond %{{QUERY_STRING}} ^{_pattern(query)}$\n")
        target = _target(new).replace("%", "\\%")
        lines.append(f'RewriteRule "^{_pattern(path.strip("/"))}/?$" "{target}" [R=301,L,NE,QSD]\n')
    return "".join(lines)


def _pattern(text: str) -> str:
    return _REGULAR.sub(r"\\\g<0>", text).replace('"', "\\x22")


def _json(redirects: Iterable[Redirect]) -> str:
    return json.dumps({each.old: each.new for each in redirects}, indent=2, ensure_ascii=False) + "\n"


def _all(redirects: Sequence[Redirect]) -> Sequence[Redirect]:
    return redirects


def _taken_by_cloudflare(redirects: Sequence[Redirect]) -> Sequence[Redirect]:
    """Return the redirects that Cloudflare reads (https://developers.cloudflare.com/pages/configuration/redirects/)."""
    found: list[Redirect] = []
    lines = 0
    for each in redirects:
        written = _netlify([each]).splitlines()
        if "?" in each.old or _PATTERN.search(unquote(each.old)) or max(map(len, written)) >= 1000:
            continue
        lines += len(written)
        if lines > 2000:
            break
        found.append(each)
    return found


class Form(NamedTuple):
    """A server's own words: the file's name, what writes it, where it belongs, and which redirects it takes."""

    name: str
    write: Callable[[Iterable[Redirect]], str]
    place: str
    taken: Callable[[Sequence[Redirect]], Sequence[Redirect]] = _all
    limits: str = ""


FORMS: dict[str, Form] = {
    "netlify": Form(
        "_redirects",
        _netlify,
        "the folder that is published",
        _taken_by_netlify,
        "to Netlify a * at the end, a part that begins with a colon, and a parameter without a plain value mean others",
    ),
    "cloudflare": Form(
        "cloudflare/_redirects",
        _netlify,
        "the folder that is published",
        _taken_by_cloudflare,
        "Cloudflare takes 2,000 rules of at most 1,000 characters, without a query, a * or a colon before a letter",
    ),
    "nginx": Form("nginx.conf", _nginx, "the configuration of nginx, as it says"),
    "apache": Form("htaccess", _apache, "the root of the site as .htaccess"),
    "json": Form("redirects.json", _json, "whatever reads it"),
}
"""The forms by name."""


def _parts(redirects: Iterable[Redirect]) -> Iterator[tuple[str, str, str]]:
    """Yield each redirect's old path decoded, its query, and its new address."""
    for redirect in redirects:
        parts = urlsplit(redirect.old)
        path = "".join(character for character in unquote(parts.path) or "/" if character.isprintable())
        yield path, _encoded_query(parts.query), redirect.new


def _target(new: str) -> str:
    """Return a new address as a server sends it."""
    parts = urlsplit(new)
    host = f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else ""
    fragment = f"#{quote(unquote(parts.fragment), safe=_SAFE)}" if parts.fragment else ""
    query = f"?{_encoded_query(parts.query)}" if parts.query else ""
    return host + _encoded(unquote(parts.path)) + query + fragment


def _encoded_query(query: str) -> str:
    """Return a query as a browser sends it; what is encoded stays so, for `&` and `=` in a value are no marks."""
    return quote(query, safe="=&%+/:;,@!()~-._[]")


def _encoded(path: str) -> str:
    return quote(path, safe=_SAFE).replace("'", "%27")


def bare(address: str) -> str:
    """Return an address as redirects compare it: decoded, without `index.html` or a slash at its end."""
    parts = urlsplit(address)
    path = unquote(parts.path).removesuffix("index.html").rstrip("/") or "/"
    return f"{path}?{parts.query}" if parts.query else path
