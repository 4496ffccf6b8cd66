"""A web server on this machine that serves files, and misbehaves on request."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath


class MediaServer(ThreadingHTTPServer):
    """Serves `files` by path; `asked` counts the requests and `agents` the user agents."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.redirects: dict[str, str] = {}
        self.asked: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []
        self.times: list[float] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up, as they should on a server like this."""

    @property
    def url(self) -> str:
        """The server's address, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: MediaServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        path = self.path.partition("?")[0]
        server.asked[path] += 1
        server.headers.append({name.lower(): value for name, value in self.headers.items()})
        server.times.append(time.monotonic())
        trick = getattr(self, "_" + PurePosixPath(path).stem.replace("-", "_"), None)
        if trick is not None:
            trick(path)
        elif path in server.redirects:
            self._answer(302, location=server.redirects[path])
        elif path in server.files:
            self._answer(200, server.files[path])
        else:
            self._answer(404, b"no")

    def _answer(self, status: int, data: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content_length": str(len(data)), **headers}.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    # Tricks, by the name of the file.

    def _gone(self, path: str) -> None:
        self._answer(410)

    def _busy_twice(self, path: str) -> None:
        if self.server.asked[path] <= 2:
            self._answer(429 if self.server.asked[path] == 1 else 503, retry_after="7")
        else:
            self._answer(200, b"patience")

    def _broken(self, path: str) -> None:
        self._answer(500)

    def _moved(self, path: str) -> None:
        self._answer(302, location="/here.jpg")

    def _round_and_round(self, path: str) -> None:
        self._answer(301, location=path)

    def _to_a_file(self, path: str) -> None:
        self._answer(302, location="file:///etc/passwd")

    def _to_metadata(self, path: str) -> None:
        self._answer(302, location="http://169.254.169.254/latest/meta-data/")

    def _slow(self, path: str) -> None:
        time.sleep(1.5)
        self._answer(200, b"late")

    def _short(self, path: str) -> None:
        self._answer(200, b"half", content_length="8")
        self.close_connection = True

    def _long(self, path: str) -> None:
        self._answer(200, b"four and more", content_length="4")
        self.close_connection = True

    def _huge(self, path: str) -> None:
        self._answer(200, b"", content_length=str(1 << 40))
        self.close_connection = True

    def _endless(self, path: str) -> None:
        self.send_response(200)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        self._go_on()

    def _go_on(self) -> None:
        try:
            for _ in range(10_000):
                self.wfile.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")
        except OSError:
            self.close_connection = True

    def _login(self, path: str) -> None:
        self._answer(200, b"<html>Please log in</html>", content_type="text/html; charset=utf-8")

    def _packed(self, path: str) -> None:
        self._answer(200, b"\x1f\x8b", content_encoding="gzip")

    def _packed_in_capitals(self, path: str) -> None:
        self._answer(200, gzip.compress(bytes(1 << 20)), content_encoding="GZIP")

    def _packed_on_the_way(self, path: str) -> None:
        self._answer(200, gzip.compress(bytes(1 << 20)), transfer_encoding="gzip, chunked", content_length="")
        self.close_connection = True

    def _bomb(self, path: str) -> None:
        self._answer(200, gzip.compress(bytes(1 << 22)), content_type="application/gzip")

    def _less_than_none(self, path: str) -> None:
        self._answer(200, b"x", content_length="-1")
        self.close_connection = True

    def _two_lengths(self, path: str) -> None:
        self._answer(200, b"xx", content_length="1", Content_Length="2")
        self.close_connection = True

    def _long_chunk(self, path: str) -> None:
        self._answer(200, b"FFFFFFFFFFFFFFFFF\r\nx", transfer_encoding="chunked", content_length="")
        self.close_connection = True

    def _header_without_end(self, path: str) -> None:
        self.send_response(200)
        self.send_header("x", "y" * 1_000_000)
        self.close_connection = True
        with suppress(OSError):
            self.end_headers()

    def _dripping(self, path: str) -> None:
        self.close_connection = True
        with suppress(OSError):
            for each in "HTTP/1.1 200 OK\r\n" + "x: " + "y" * 200:
                self.wfile.write(each.encode())
                time.sleep(0.02)

    def _moved_with_much_to_say(self, path: str) -> None:
        self.send_response(302)
        self.send_header("location", "/here.jpg")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        self._go_on()

    def _empty(self, path: str) -> None:
        self._answer(200)

    def _hang_up(self, path: str) -> None:
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[MediaServer]:
    """Run a server until the end of the block."""
    server = MediaServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
