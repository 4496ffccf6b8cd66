"""The addresses of a WordPress site: what a page was called, what else it was called, and where its media lie."""

from __future__ import annotations

import html
import re
from urllib.parse import SplitResult

from hugoconv.systems.addresses import decoded_path, path_of, split_web, url_path, written_below
from hugoconv.systems.wordpress.writing.fields import slug_of as slug_of_text
from hugoconv.systems.wordpress.wxr.items import Item, plain_text
from hugoconv.urls import urlsplit

_ID_PARAMETERS = {"page": "page_id", "attachment": "attachment_id"}
_PLAIN_QUERY = re.compile(r"/\?[A-Za-z0-9_=&-]+")
_DATED = re.compile(r"/[0-9]{4}/[0-9]{2}(?P<day>/[0-9]{2})?/")


def slug_of(item: Item) -> str:
    """Return what an item is called in addresses: without slug and id by its title, as WordPress would, or its link."""
    if item.post_name or item.post_id:
        return decoded_path(item.post_name) or str(item.post_id)
    last = urlsplit(item.link).path.rstrip("/").rpartition("/")[2]
    return decoded_path(slug_of_text(plain_text(item.title)) or last) or "0"


def old_addresses(item: Item, base_url: str) -> tuple[str, ...]:
    """Return the addresses below the site's address, other than its own, at which WordPress answers for an item.

    These are the plain address ("/?p=7"), the guid, and the item's path with each slug and date it had before
    (`_wp_old_slug`, `_wp_old_date`). Paths are decoded; an address with a query keeps it.
    """
    own = url_path(item.link, base_url)
    found: list[str] = []
    if item.post_id:
        found.append(f"/?{_ID_PARAMETERS.get(item.post_type, 'p')}={item.post_id}")
    if item.post_type != "attachment":
        found.append(_below(item.guid, base_url))
    if own and own != "/":
        found += [_with_slug(own, value) for name, value in item.meta if name == "_wp_old_slug" and value]
        found += [_with_date(own, value) for name, value in item.meta if name == "_wp_old_date"]
    return tuple(dict.fromkeys(address for address in found if address and address != own))


def _below(url: str, base_url: str) -> str:
    if _PLAIN_QUERY.fullmatch(rest := written_below(url, base_url)):
        return rest
    page = split_web(url)
    if page is None or not (page.netloc or page.path):
        return ""
    path = path_of(SplitResult(page.scheme, page.netloc, page.path, "", page.fragment), base_url)
    if path is None or (path == "/" and not page.query):
        return ""
    return f"{path}?{page.query}" if page.query else path


def _with_slug(path: str, slug: str) -> str:
    stem = path.rstrip("/")
    extension = re.search(r"\.html?$", stem)
    folder = stem[: stem.rfind("/") + 1]
    return folder + decoded_path(slug) + (extension[0] if extension else "") + path[len(stem) :]


def _with_date(path: str, date: str) -> str:
    known = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", date.strip())
    if not known:
        return ""
    year, month, day = known.groups()
    return _DATED.sub(lambda match: f"/{year}/{month}/{day}/" if match["day"] else f"/{year}/{month}/", path, count=1)


_UPLOADS = re.compile(r"/(?:wp-content/uploads|wp-content/blogs\.dir/[0-9]+/files)/")
_PROXY = re.compile(r"i[0-9]\.wp\.com", re.IGNORECASE)
_INNER = re.compile(r"(?:/|\A)(https?:/{1,2}[^/].*)", re.IGNORECASE)
CONTENT_NETWORKS = (
    *("cloudfront.net", "b-cdn.net", "kxcdn.com", "cdn77.org", "stackpathcdn.com", "netdna-cdn.com", "netdna-ssl.com"),
    *("kinstacdn.com", "exactdn.com", "amazonaws.com", "storage.googleapis.com", "digitaloceanspaces.com"),
    *("azureedge.net", "fastly.net", "akamaized.net", "rackcdn.com", "imgix.net", "wpengine.netdna-ssl.com"),
    *("statically.io", "shortpixel.ai", "optimole.com", "smushcdn.com", "wp.com", "sirv.com", "cdn.cloudflare.net"),
)
"""Hosts from which plug-ins serve copies of a site's media, under the paths that the files have on the site."""
_LABELS = re.compile(r"(?:cdn|static|media|images?|img|assets|uploads|files|i|s)[0-9]*")
_HOSTED = re.compile(r"[a-z0-9-]+\.files\.wordpress\.com", re.IGNORECASE)
_SUFFIXES = re.compile(r"(?:-[0-9]{1,5}x[0-9]{1,5}|-scaled|-rotated|-e[0-9]{10,13})$")
# What WordPress adds to the file it serves when it made a smaller or turned copy of what was uploaded.
_SERVED = ("-scaled", "-rotated")


def original_media(url: str) -> tuple[str, ...]:
    """Return where the uploaded file behind a picture's address may be, the likeliest first.

    First the address itself, without a query and without the image proxy around it (a name like "photo-1920x1080.jpg"
    may be an original); then with the size, "-scaled", "-rotated" and the mark of an edit taken off the name one by
    one; then with "-scaled" or "-rotated" put on; then with the ending in capitals, for WordPress calls the copies of
    IMG.JPG IMG-300x200.jpg. The caller takes the first that exists.
    """
    parts = split_web(html.unescape(url.strip()))
    if parts is None or not parts.path:
        return ()
    address = _without_proxy(parts).geturl()
    folder, slash, name = address.rpartition("/")
    stem, dot, extension = name.rpartition(".")
    stems = [stem]
    while (shorter := _SUFFIXES.sub("", stems[-1])) not in ("", stems[-1]):
        stems.append(shorter)
    if len(stems) == 1:
        return (address,)
    names = [f"{stem}{dot}{extension}" for stem in (*stems, *(stems[-1] + mark for mark in _SERVED))]
    names += [f"{stem}{dot}{extension.upper()}" for stem in stems[1:]]
    return tuple(dict.fromkeys(f"{folder}{slash}{name}" for name in names))


def is_content_network(host: str, own: str) -> bool:
    """Tell whether a host is one from which the site `own` may serve its media: a known network, or a neighbour."""
    if any(host == network or host.endswith("." + network) for network in CONTENT_NETWORKS):
        return True
    label, _, domain = host.partition(".")
    return bool(own) and (host.endswith("." + own) or (bool(_LABELS.fullmatch(label)) and own.endswith("." + domain)))


def _without_proxy(parts: SplitResult) -> SplitResult:
    scheme, path = parts.scheme, parts.path
    host = parts.netloc
    if host and (inner := _INNER.search(path)):
        found = split_web(re.sub(r"\A(https?):/+", r"\1://", inner[1]))
        if found is not None and found.netloc:
            return SplitResult(found.scheme, found.netloc, found.path, "", "")
    if _PROXY.fullmatch(host):
        scheme = "https" if "ssl=1" in parts.query else "http"
        host, slash, rest = path.lstrip("/").partition("/")
        path = slash + rest
    return SplitResult(scheme, host, path, "", "")


def upload_path(url: str) -> str | None:
    """Return the path of a media file below the uploads folder ("2024/05/a.jpg"), decoded; None for other addresses."""
    parts = split_web(html.unescape(url.strip()))
    if parts is None:
        return None
    parts = _without_proxy(parts)
    found = _UPLOADS.search(parts.path)
    if found:
        path = parts.path[found.end() :]
    elif _HOSTED.fullmatch(parts.netloc):
        path = parts.path.lstrip("/")
    else:
        return None
    return decoded_path(path) or None
