"""Downloads: polite, limited, cached, and never from inside a private network. The server is real, on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from media_server import MediaServer, serving

from hugoconv.migrate import network
from hugoconv.migrate.fetch import ATTEMPTS, Fetcher, FetchError


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MediaServer]:
    public = network.is_public
    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.1" or public(address))
    with serving() as server:
        server.files = {"/here.jpg": b"a picture", "/caf%C3%A9%20au%20lait(2).jpg": b"coffee"}
        yield server


class Clock(list[float]):
    """Takes note of how long somebody wanted to sleep, and does not."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def fetcher(
    cache: Path, size_limit: int = 1 << 20, timeout: float = 30, sleep: Callable[[float], None] = lambda seconds: None
) -> Fetcher:
    return Fetcher(cache, rate=0, sleep=sleep, size_limit=size_limit, timeout=timeout)


FAILURES: dict[str, tuple[str, int]] = {
    "nothing.jpg": ("404", 1),
    "gone.jpg": ("410", 1),
    "broken.jpg": ("500", ATTEMPTS),
    "round-and-round.jpg": ("more than 5 redirects", 6),
    "to-a-file.jpg": ("not an address of the web", 1),
    "to-metadata.jpg": ("169.254.169.254, an address inside a private network", 1),
    "slow.jpg": ("no answer within 0.3 seconds", ATTEMPTS),
    "dripping.jpg": ("no answer within 0.3 seconds", ATTEMPTS),
    "short.jpg": ("closed connection without sending complete message body", ATTEMPTS),
    "huge.jpg": ("more than the limit of 100,000", 1),
    "endless.jpg": ("more than the limit of 100,000", 1),
    "login.jpg": ("a web page instead of the file", 1),
    "packed.jpg": ("packed the file", 1),
    "empty.jpg": ("empty", 1),
    "hang-up.jpg": ("disconnected", ATTEMPTS),
}


@pytest.mark.parametrize(("name", "outcome"), FAILURES.items(), ids=FAILURES)
def test_a_failure_says_why_and_leaves_nothing(
    name: str, outcome: tuple[str, int], server: MediaServer, tmp_path: Path
) -> None:
    reason, asked = outcome
    with pytest.raises(FetchError, match=reason):
        fetcher(tmp_path, size_limit=100_000, timeout=0.3).fetch(f"{server.url}/{name}")
    assert server.asked[f"/{name}"] == asked
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


SUCCESSES = {
    "here.jpg": b"a picture",
    "moved.jpg": b"a picture",
    "busy-twice.jpg": b"patience",
    "café au lait(2).jpg": b"coffee",
    "caf%C3%A9%20au%20lait(2).jpg": b"coffee",
    "long.jpg": b"four",
}


@pytest.mark.parametrize(("name", "data"), SUCCESSES.items(), ids=SUCCESSES)
def test_a_file_is_fetched_once_and_kept(name: str, data: bytes, server: MediaServer, tmp_path: Path) -> None:
    url = f"{server.url}/{name}"
    first = fetcher(tmp_path)
    assert first.fetch(url).read_bytes() == data
    asked = server.asked.total()
    again = fetcher(tmp_path)
    assert again.fetch(url).read_bytes() == data
    assert server.asked.total() == asked
    assert (first.fetched, again.fetched, again.cached) == (1, 0, 1)


def test_what_the_server_asks_to_wait_is_waited(server: MediaServer, tmp_path: Path) -> None:
    clock = Clock()
    one = fetcher(tmp_path, sleep=clock)
    one.fetch(f"{server.url}/busy-twice.jpg")
    assert clock == [7.0, 7.0]
    with pytest.raises(FetchError):
        one.fetch(f"{server.url}/broken.jpg")
    waits = clock[2:]
    assert len(waits) == ATTEMPTS - 1
    assert waits == sorted(waits)


def test_requests_keep_their_distance_and_say_who_asks(server: MediaServer, tmp_path: Path) -> None:
    clock = Clock()
    one = Fetcher(tmp_path, rate=2, sleep=clock, referer="https://old.example/")
    for number in range(3):
        server.files[f"/{number}.jpg"] = b"x"
        one.fetch(f"{server.url}/{number}.jpg")
    assert len(clock) == 2
    assert all(wait > 0.2 for wait in clock)
    assert "hugoconv/" in server.headers[0]["user-agent"]
    assert server.headers[0]["referer"] == "https://old.example/"


PRIVATE = {
    "loopback": "http://127.0.0.1:{port}/here.jpg",
    "loopback by name": "http://localhost:{port}/here.jpg",
    "as one number": "http://2130706433:{port}/here.jpg",
    "mapped into IPv6": "http://[::ffff:127.0.0.1]:{port}/here.jpg",
    "private network": "http://10.0.0.1/here.jpg",
    "link-local": "http://169.254.169.254/here.jpg",
    "this host": "http://0.0.0.0:{port}/here.jpg",
}


@pytest.mark.parametrize("url", PRIVATE.values(), ids=PRIVATE)
def test_nothing_inside_a_private_network_is_asked(url: str, tmp_path: Path) -> None:
    with serving() as server:
        server.files["/here.jpg"] = b"secret"
        with pytest.raises(FetchError, match="private network"):
            fetcher(tmp_path, timeout=1).fetch(url.format(port=server.server_address[1]))
        assert not server.asked


ADDRESSES = {
    "93.184.216.34": True,
    "2606:2800:220:1::": True,
    "192.168.1.1": False,
    "172.16.0.1": False,
    "100.64.0.1": False,
    "224.0.0.1": False,
    "::1": False,
    "fe80::1%eth0": False,
    "fc00::1": False,
    "64:ff9b::7f00:1": False,
    "64:ff9b::5db8:d822": True,
    "2002:7f00:1::": False,
    "255.255.255.255": False,
    "no address": False,
}


@pytest.mark.parametrize(("address", "public"), ADDRESSES.items(), ids=ADDRESSES)
def test_public_addresses(address: str, public: bool) -> None:
    assert network.is_public(address) is public


ODD = ["ftp://x.example/a.jpg", "file:///etc/passwd", "http:///a.jpg", "http://[bad/a.jpg", "http://x.example:99999/a"]


@pytest.mark.parametrize("url", ODD)
def test_odd_addresses_are_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="address"):
        fetcher(tmp_path).fetch(url)
