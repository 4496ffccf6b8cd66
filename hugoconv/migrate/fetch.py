"""Downloading media from the old site: politely, into a cache, never more than was agreed."""

from __future__ import annotations

import hashlib
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import httpcore

from hugoconv.errors import HugoconvError
from hugoconv.migrate.network import NotPublic, PublicNetwork
from hugoconv.urls import urljoin, urlsplit

ATTEMPTS = 4
"""How often a file is asked for before it counts as missing."""
LONGEST_WAIT = 60.0
"""Seconds that are waited at most between two attempts, whatever the server says."""
REDIRECTS = 5
"""How many redirects are followed for one file."""

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Answers after which it is worth asking again."""
_REDIRECTING = frozenset({301, 302, 303, 307, 308})
_WEB_PORTS = frozenset({80, 443})
"""The ports below `_FREE_PORTS` that web servers have; behind the others are mail, shells and databases."""
_FREE_PORTS = 1024
_PAGE_ENDINGS = ("", ".html", ".htm", ".xhtml")


class FetchError(HugoconvError):
    """A file that cannot be had; the message says why. With `is_passing` it may be there after `wait` seconds."""

    def __init__(self, message: str, *, is_passing: bool = False, wait: float = 0.0) -> None:
        super().__init__(message)
        self.is_passing = is_passing
        self.wait = wait


def default_cache() -> Path:
    """Return the folder where downloads are kept when none is named: in the user's cache folder."""
    folder = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(folder) if folder else Path.home() / ".cache") / "hugoconv" / "media"


@dataclass
class Fetcher:
    """Fetches files one after another into a folder, `cache`, where a later run finds them.

    A file has at most `size_limit` bytes and `patience` seconds; `rate` is in requests a second, `timeout` in seconds
    until the head of the answer is there, and without a byte after it. `referer` is the old site's address: some hosts
    serve pictures to their own pages only.
    """

    cache: Path
    size_limit: int = 1 << 30
    rate: float = 5.0
    timeout: float = 30.0
    patience: float = 3600.0
    referer: str = ""
    sleep: Callable[[float], None] = time.sleep
    cached: int = field(default=0, init=False)
    fetched: int = field(default=0, init=False)
    bytes_fetched: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._network = PublicNetwork()
        self._pool = httpcore.ConnectionPool(network_backend=self._network, max_connections=4, keepalive_expiry=20)
        self._not_before = 0.0

    def has(self, url: str) -> Path | None:
        """Return the file in the cache for a URL, None when it has not been fetched yet."""
        file = self._file(url)
        return file if file.is_file() else None

    def fetch(self, url: str) -> Path:
        """Return the file in the cache that holds what `url` serves; FetchError when it cannot be had."""
        file = self._file(url)
        if file.is_file():
            self.cached += 1
            return file
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._download(url, file)
                break
            except FetchError as error:
                if not error.is_passing or attempt == ATTEMPTS:
                    raise
                self.sleep(min(error.wait or 2.0 ** (attempt - 1) * random.uniform(0.8, 1.2), LONGEST_WAIT))
        self.fetched += 1
        self.bytes_fetched += file.stat().st_size
        return file

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _file(self, url: str) -> Path:
        digest = hashlib.sha256(url.encode("utf-8", "backslashreplace")).hexdigest()
        ending = re.search(r"\.[A-Za-z0-9]{1,8}(?=[?#]|\Z)", url)
        return self.cache / digest[:2] / (digest + (ending[0] if ending else ""))

    def _download(self, url: str, file: Path) -> None:
        """Ask for `url` once, following redirects, and keep it as `file` when all of it has come."""
        part = file.with_name(f"{file.name}.{os.getpid()}.part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            for _ in range(REDIRECTS + 1):
                target = self._ask(url, part)
                if not target:
                    part.replace(file)
                    return
                url = urljoin(url, target)
            raise FetchError(f"more than {REDIRECTS} redirects")
        except NotPublic as error:
            raise FetchError(str(error)) from error
        except httpcore.TimeoutException as error:
            raise FetchError(f"no answer within {self.timeout:g} seconds", is_passing=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError(str(error) or type(error).__name__, is_passing=True) from error
        except ValueError as error:
            raise FetchError(f"the address cannot be asked for: {error}") from error
        except OSError as error:
            raise FetchError(f"the cache cannot be written: {error.strerror or error}") from error
        finally:
            part.unlink(missing_ok=True)

    def _ask(self, url: str, part: Path) -> str:
        """Ask once; return where the answer redirects to, "" when `part` now holds the file."""
        address = _requestable(url)
        self._keep_the_rate()
        self._network.deadline = time.monotonic() + self.timeout
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self.timeout)
        with self._pool.stream("GET", address, headers=self._headers(), extensions={"timeout": timeouts}) as response:
            self._network.deadline = time.monotonic() + self.patience
            headers = {name.decode("latin-1").lower(): _header(value) for name, value in response.headers}
            if response.status in _REDIRECTING and headers.get("location"):
                return headers["location"]
            if response.status != 200:
                wait = _wait(headers.get("retry-after", ""))
                is_passing = response.status in _PASSING
                raise FetchError(f"the server answered {response.status}", is_passing=is_passing, wait=wait)
            self._check(headers, PurePosixPath(urlsplit(url).path).suffix.lower())
            with part.open("wb") as out:
                for chunk in self._limited(response.iter_stream()):
                    out.write(chunk)
        return ""

    def _headers(self) -> list[tuple[str, str]]:
        from hugoconv import __version__

        agent = f"Mozilla/5.0 (compatible; hugoconv/{__version__}; moves a site's own media)"
        referer = [("Referer", self.referer)] if self.referer and self.referer.isascii() else []
        return [("User-Agent", agent), ("Accept", "*/*"), ("Accept-Encoding", "identity"), *referer]

    def _check(self, headers: dict[str, str], ending: str) -> None:
        declared = headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self.size_limit:
            raise FetchError(f"{int(declared):,} bytes are more than the limit of {self.size_limit:,}")
        if headers.get("content-encoding", "").strip().lower() not in ("identity", ""):
            raise FetchError(f"the server packed the file ({headers['content-encoding']}) though it was asked not to")
        kind = headers.get("content-type", "")
        if kind.startswith(("text/html", "application/xhtml")) and ending not in _PAGE_ENDINGS:
            raise FetchError("the server sent a web page instead of the file")

    def _limited(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Yield what comes, up to the limits of size and time."""
        received = 0
        deadline = time.monotonic() + self.patience
        for chunk in chunks:
            received += len(chunk)
            if received > self.size_limit:
                raise FetchError(f"more than the limit of {self.size_limit:,} bytes")
            if time.monotonic() > deadline:
                raise FetchError(f"not done after {self.patience:g} seconds")
            yield chunk
        if not received:
            raise FetchError("the file is empty")

    def _keep_the_rate(self) -> None:
        now = time.monotonic()
        if now < self._not_before:
            self.sleep(self._not_before - now)
        self._not_before = max(now, self._not_before) + (1 / self.rate if self.rate > 0 else 0)


def _requestable(url: str) -> str:
    """Return an address as it is asked for, in ASCII; FetchError or ValueError when it is not one of the web."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    host = f"[{host}]" if ":" in host else host.encode("idna").decode()
    if parts.scheme not in ("http", "https") or not host or "%" in host:
        raise FetchError(f"{url} is not an address of the web")
    if port is not None and port < _FREE_PORTS and port not in _WEB_PORTS:
        raise FetchError(f"{url} is not an address of the web: port {port} is not one of a web server")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{path}{query}"


def _header(value: bytes) -> str:
    """Return a header's value; servers write addresses with other letters than ASCII in UTF-8."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _wait(retry_after: str) -> float:
    """Return the seconds that a Retry-After header asks for, 0 when it says nothing."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(parsedate_to_datetime(retry_after).timestamp() - time.time(), 0.0)
    except (TypeError, ValueError, OverflowError):
        return 0.0
