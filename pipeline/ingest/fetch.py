"""Fetches one address over HTTP, within limits: of size, time and redirects, and of whom it may speak to.

Each connection goes to an address that was looked up and found public, also after a redirect, so that no feed can make
us read what only this machine or its network can. What the bytes say is no matter here.
"""

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import httpcore
import httpx

from pipeline.ingest.records import Refused

REDIRECTS = 5
BLOCK = 1 << 16
# Sites that answer so may answer otherwise later; 404 and its like are answers.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
# gzip and zlib by their heads.
PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 15}
# IPv6 addresses that stand for IPv4 ones behind a translator.
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class Limits(NamedTuple):
    """What a download may cost: bytes, seconds; `pause` seconds lie between two; private addresses only if allowed."""

    max_bytes: int
    seconds: float
    pause: float
    allow_private: bool


class Got(NamedTuple):
    """An answer: its body, unpacked and empty for 304, and what its headers say of it."""

    url: str
    status: int
    body: bytes
    charset: str | None
    content_type: str
    etag: str | None
    modified: str | None


class Later(Refused):
    """No answer now, but there may be one later; `wait` are the seconds that the site asks for, if it does."""

    def __init__(self, check: str, failure: str, wait: int | None = None) -> None:
        super().__init__(check, failure)
        self.wait = wait


def get(
    url: str, limits: Limits, headers: Mapping[str, str], check: Callable[[str], None] = lambda address: None
) -> Got:
    """The answer to a GET. Refused: no http(s) address, a private one, an answer of 4xx, too many redirects or bytes.

    Later: no connection, no answer in time, 429, 5xx. `check` is given each address before it is asked, and may refuse.
    """
    asked: set[str] = set()
    deadline = time.monotonic() + limits.seconds
    with httpx.Client(transport=_transport(limits, deadline), headers=headers, timeout=limits.seconds) as client:
        try:
            while len(asked) <= REDIRECTS and url not in asked:
                asked.add(url)
                address = parsed(url)
                check(url)
                with client.stream("GET", address) as answer:
                    if not answer.has_redirect_location:
                        return _got(answer, limits.max_bytes)
                    url = str(answer.url.join(answer.headers["location"]))
        except httpx.TimeoutException as error:
            raise Later("timeout", f"no whole answer within {limits.seconds:g} s") from error
        except (httpx.TransportError, OSError) as error:
            raise Later("no_connection", f"no answer: {error}") from error
    raise Refused("redirects", f"more than {REDIRECTS} redirects, or one in a circle")


def parsed(url: str) -> httpx.URL:
    """The address. Refused: what is none, and other schemes than http and https."""
    try:
        address = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Refused("bad_address", f"no address: {error}") from error
    if address.scheme not in ("http", "https") or not address.host:
        raise Refused("bad_address", f"only http and https are fetched, not {url[:200]!r}")
    return address


def _got(answer: httpx.Response, limit: int) -> Got:
    if answer.status_code in PASSING:
        wait = answer.headers.get("retry-after", "")
        failure = f"HTTP {answer.status_code} {answer.reason_phrase}".strip()
        raise Later("http_status", failure, int(wait) if wait.isascii() and wait.isdigit() and len(wait) < 9 else None)
    if answer.status_code != 304 and not answer.is_success:
        raise Refused("http_status", f"HTTP {answer.status_code} {answer.reason_phrase}".strip())
    return Got(
        str(answer.url),
        answer.status_code,
        _unpacked(answer, limit) if answer.is_success else b"",
        answer.charset_encoding,
        answer.headers.get("content-type", ""),
        answer.headers.get("etag"),
        answer.headers.get("last-modified"),
    )


def _unpacked(answer: httpx.Response, limit: int) -> bytes:
    data = bytearray()
    for block in answer.iter_raw(BLOCK):
        data += block
        if len(data) > limit:
            raise Refused("too_big", f"more than {limit:,} bytes (the setting max_bytes)")
    coding = answer.headers.get("content-encoding", "identity").strip().lower()
    if coding in ("", "identity"):
        return bytes(data)
    if coding not in PACKED:
        raise Refused("encoding", f"packed in a way that was not asked for: {coding[:40]}")
    unpacker = zlib.decompressobj(PACKED[coding])
    try:
        body = unpacker.decompress(bytes(data), limit + 1)
    except zlib.error as error:
        raise Refused("broken_gzip", f"the answer cannot be unpacked: {error}") from error
    if len(body) > limit:
        raise Refused("gzip_bomb", f"unpacked it is more than {limit:,} bytes (the setting max_bytes)")
    if not unpacker.eof:
        raise Refused("broken_gzip", "the answer cannot be unpacked: it is cut off")
    return body


def _transport(limits: Limits, deadline: float) -> httpx.HTTPTransport:
    transport = httpx.HTTPTransport(trust_env=False)
    # httpx lets nobody choose the connections' backend; the pool beneath it does.
    transport._pool = httpcore.ConnectionPool(
        ssl_context=ssl.create_default_context(), network_backend=_Guarded(limits.allow_private, deadline)
    )
    return transport


class _Guarded(httpcore.NetworkBackend):
    """Connects to public addresses only, and lets nothing last beyond the deadline."""

    def __init__(self, allow_private: bool, deadline: float) -> None:
        self._plain = httpcore.SyncBackend()
        self._allow_private, self._deadline = allow_private, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
        if not self._allow_private and not all(map(_is_public, addresses)):
            raise Refused("private_address", f"{host} is an address of this machine or network")
        for last, address in enumerate(addresses, 1 - len(addresses)):
            try:
                left = max(0.001, self._deadline - time.monotonic())
                stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
                return _Timed(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if last == 0:
                    raise
        raise httpcore.ConnectError(f"{host} has no address")


class _Timed(httpcore.NetworkStream):
    """A stream whose reads, all together, end at the deadline: a byte a second is no way to hold us."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(str(inner))
    return found.is_global and not found.is_multicast
