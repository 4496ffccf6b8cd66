"""Downloads from servers that mean harm: ways into a private network, lies about sizes. All servers are on loopback."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from media_server import MediaServer, serving

from hugoconv.migrate import network
from hugoconv.migrate.fetch import ATTEMPTS, Fetcher, FetchError

SERVER_NAME = "old.example"
"""The one name that the tests' resolver gives a server to; its loopback address counts as public."""


def fetcher(cache: Path) -> Fetcher:
    return Fetcher(cache, rate=0, size_limit=100_000, timeout=2, sleep=lambda seconds: None)


class Resolver:
    """Answers for made-up names, and counts the questions; everything else is asked of the machine."""

    def __init__(self, names: dict[str, list[list[str]]]) -> None:
        self.names = names
        self.asked: list[str] = []
        self._real = socket.getaddrinfo

    def __call__(self, host: str, port: Any, *rest: Any, **options: Any) -> list[Any]:
        self.asked.append(host)
        if host not in self.names:
            return self._real(host, port, *rest, **options)
        answers = self.names[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in addresses
        ]


PUBLIC = "203.0.113.7"
"""An address for documentation, which the tests' servers are said to have."""


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """The names that resolve, each with its answers in turn; PUBLIC is connected to the loopback server."""
    resolver = Resolver({SERVER_NAME: [[PUBLIC]]})
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    real_is_public = network.is_public
    monkeypatch.setattr(network, "is_public", lambda address: address == PUBLIC or real_is_public(address))
    connect = socket.create_connection
    monkeypatch.setattr(
        socket,
        "create_connection",
        lambda address, *rest, **options: connect(
            ("127.0.0.1" if address[0] == PUBLIC else address[0], address[1]), *rest, **options
        ),
    )
    return resolver.names


@pytest.fixture
def server(hosts: dict[str, list[list[str]]]) -> Iterator[MediaServer]:
    with serving() as server:
        server.files = {"/here.jpg": b"a picture", "/caf%C3%A9.jpg": b"coffee"}
        yield server


def url(server: MediaServer, path: str, host: str = SERVER_NAME) -> str:
    return f"http://{host}:{server.server_address[1]}{path}"


def test_the_resolver_of_these_tests_lets_a_public_name_through(server: MediaServer, tmp_path: Path) -> None:
    assert fetcher(tmp_path).fetch(url(server, "/here.jpg")).read_bytes() == b"a picture"


INSIDE = [
    "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "192.0.0.170", "198.18.0.1", "224.0.0.251", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1",
    "64:ff9b:1::7f00:1", "2002:a00:1::", "2001:0:7f00:1::80ff:fffe", "2001:db8::1", "fe80::1", "fe80::1%1", "fec0::1",
    "fc00::1", "fd12:3456::1", "ff02::1", "100::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_means_a_machine_inside_is_not_asked(
    address: str, server: MediaServer, hosts: dict[str, list[list[str]]], tmp_path: Path
) -> None:
    hosts["inside.example"] = [[address]]
    with pytest.raises(FetchError, match="private network"):
        fetcher(tmp_path).fetch(url(server, "/here.jpg", "inside.example"))
    assert not server.asked


def test_one_address_inside_among_public_ones_is_enough(
    server: MediaServer, hosts: dict[str, list[list[str]]], tmp_path: Path
) -> None:
    hosts["both.example"] = [[PUBLIC, "127.0.0.1"]]
    with pytest.raises(FetchError, match="private network"):
        fetcher(tmp_path).fetch(url(server, "/here.jpg", "both.example"))
    assert not server.asked


def test_a_name_that_changes_its_meaning_is_asked_at_the_address_that_was_looked_at(
    server: MediaServer, hosts: dict[str, list[list[str]]], tmp_path: Path
) -> None:
    hosts["rebinding.example"] = [[PUBLIC], ["10.0.0.1"]]
    assert fetcher(tmp_path).fetch(url(server, "/here.jpg", "rebinding.example")).read_bytes() == b"a picture"


LOOPBACK_SPELLINGS = [
    "127.0.0.1", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "0x7f000001", "localhost", "LOCALHOST", "[::1]",
    "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "127。0。0。1", "①②⑦.⓪.⓪.①", "user:password@127.0.0.1",
    "old.example@127.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("host", LOOPBACK_SPELLINGS)
def test_no_spelling_of_this_machine_is_asked(host: str, server: MediaServer, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"private network|there is no host|cannot be asked for"):
        fetcher(tmp_path).fetch(url(server, "/here.jpg", host))
    assert not server.asked


@pytest.mark.parametrize("host", LOOPBACK_SPELLINGS)
def test_no_redirect_leads_to_this_machine(host: str, server: MediaServer, tmp_path: Path) -> None:
    server.redirects["/away.jpg"] = url(server, "/here.jpg", host).encode().decode("latin-1")
    with pytest.raises(FetchError, match=r"private network|there is no host|cannot be asked for"):
        fetcher(tmp_path).fetch(url(server, "/away.jpg"))
    assert server.asked["/here.jpg"] == 0
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_redirect_to_a_name_inside_is_not_followed(
    server: MediaServer, hosts: dict[str, list[list[str]]], tmp_path: Path
) -> None:
    hosts["inside.example"] = [["192.168.0.1"]]
    server.redirects["/away.jpg"] = "//inside.example/here.jpg"
    with pytest.raises(FetchError, match=r"inside\.example is 192\.168\.0\.1"):
        fetcher(tmp_path).fetch(url(server, "/away.jpg"))


NO_WEB = [
    "file:///etc/passwd", "file://localhost/etc/passwd", "FILE:/etc/passwd", "ftp://old.example/a",
    "data:image/png;base64,eA==",
    "gopher://old.example:70/_x", "javascript:alert(1)", "jar:http://old.example/a!/b", "http://old.example:0/a",
    "http://old.example:22/a", "http://old.example:25/a", "https://old.example:465/a", "http://old.example:65536/a",
    "http://old.example:-1/a", "http://old.example:http/a", "http://", "http://:80/a", "http://[::1/a", "http://[v1.x]/a",
    "http://exa mple.org/a", "http://" + "a" * 64 + ".example/a", "http://a..example/a", "",
]  # fmt: skip


@pytest.mark.parametrize("target", NO_WEB)
def test_what_is_no_address_of_the_web_is_refused(target: str, server: MediaServer, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"address|there is no host"):
        fetcher(tmp_path).fetch(target)
    assert not server.asked


@pytest.mark.parametrize("target", [target for target in NO_WEB if target not in ("", "http://")])
def test_what_is_no_address_of_the_web_is_no_redirect(target: str, server: MediaServer, tmp_path: Path) -> None:
    server.redirects["/away.jpg"] = target
    with pytest.raises(FetchError, match=r"address|there is no host"):
        fetcher(tmp_path).fetch(url(server, "/away.jpg"))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


LIES = {
    "packed-in-capitals.jpg": ("packed the file", 1),
    "packed-on-the-way.jpg": ("Only Transfer-Encoding: chunked is supported", ATTEMPTS),
    "less-than-none.jpg": ("bad Content-Length", ATTEMPTS),
    "two-lengths.jpg": ("conflicting Content-Length", ATTEMPTS),
    "long-chunk.jpg": ("without sending complete message body", ATTEMPTS),
    "header-without-end.jpg": ("Receive buffer too long", ATTEMPTS),
}


@pytest.mark.parametrize(("name", "outcome"), LIES.items(), ids=LIES)
def test_a_lie_about_a_size_is_an_error_and_leaves_nothing(
    name: str, outcome: tuple[str, int], server: MediaServer, tmp_path: Path
) -> None:
    reason, asked = outcome
    with pytest.raises(FetchError, match=reason):
        fetcher(tmp_path).fetch(url(server, f"/{name}"))
    assert server.asked[f"/{name}"] == asked
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_packed_file_stays_packed(server: MediaServer, tmp_path: Path) -> None:
    kept = fetcher(tmp_path).fetch(url(server, "/bomb.gz"))
    assert kept.stat().st_size < 100_000
    assert len(gzip.decompress(kept.read_bytes())) == 1 << 22


def test_a_redirect_that_never_stops_talking_is_followed_at_once(server: MediaServer, tmp_path: Path) -> None:
    kept = fetcher(tmp_path).fetch(url(server, "/moved-with-much-to-say.jpg"))
    assert kept.read_bytes() == b"a picture"


def test_a_redirect_in_utf_8_is_understood(server: MediaServer, tmp_path: Path) -> None:
    server.redirects["/away.jpg"] = "/café.jpg".encode().decode("latin-1")
    assert fetcher(tmp_path).fetch(url(server, "/away.jpg")).read_bytes() == b"coffee"
