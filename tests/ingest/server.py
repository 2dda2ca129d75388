"""A local HTTP server for the tests of feeds, that also misbehaves; every bad answer ends by itself."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Site"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.close_connection = True
        with suppress(OSError):  # who asked has gone
            self.server.answers.get(self.path, missing)(self)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Site(ThreadingHTTPServer):
    """What it answers to each path, and what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def paths(self) -> list[str]:
        """What was asked for since the last time, but for the rules, which are asked for before any page."""
        asked, self.asked = [path for path, _ in self.asked if path != "/robots.txt"], []
        return asked


@contextmanager
def serve() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()


def missing(handler: Handler) -> None:
    handler.answer(404)


def says(status: int, body: bytes | str = b"", **headers: str) -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return lambda handler: handler.answer(status, data, **headers)


def leads(to: str) -> Answer:
    return says(302, Location=to)


def drips(handler: Handler) -> None:
    """A byte now and then, for three seconds."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(60):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def drips_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(60):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def is_silent(handler: Handler) -> None:
    time.sleep(2)


def is_endless(handler: Handler) -> None:
    """No length and no end in sight; 50 MB at most."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(50):
        handler.wfile.write(b"x" * 1_000_000)


def is_cut_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<html>")


def talks_nonsense(handler: Handler) -> None:
    handler.wfile.write(b"\0\0\0nothing that is HTTP\r\n\r\n")


def packed(body: str | bytes) -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return says(200, gzip.compress(data), Content_Encoding="gzip", Content_Type="text/html")
