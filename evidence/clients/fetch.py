"""Fetch a page of the open web, and nothing else: no address of ours or of our neighbors.

The names are looked up by us, every address is checked, and the connection goes to a checked address, so
that a name cannot point elsewhere a moment later. Each redirect is checked again from the start. Nothing
of the office goes along: no cookie, no referrer, no name, always the same browser line.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

MOST_BYTES, MOST_HOPS = 20_000_000, 5
PATIENCE, PATIENCE_IN_ALL = 10.0, 30.0  # seconds
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
REDIRECTS = {301, 302, 303, 307, 308}
PORTS = {"http": 80, "https": 443}

# IANA's special-purpose registries. Python 3.11's `is_global` lets several of these through.
CLOSED = [
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
        *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4"),
        *("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16"),
        *("fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
]
OPEN_IPV6 = ipaddress.ip_network("2000::/3")  # all that is given out to the public so far


class NotFetched(Exception):
    """The page could not or must not be fetched; `code` says why in one word."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Exchange:
    """One request and its answer: what was asked of which address, and what came back."""

    url: str
    address: str
    status: int
    reason: str
    asked: bytes
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


class Fetcher(Protocol):
    """Fetches a page with all its redirects; the last exchange is the page. NotFetched says why not."""

    def fetch(self, url: str) -> list[Exchange]: ...


@dataclass
class NullFetcher:
    """The twin without a network: answers from what it was given, and remembers what it was asked."""

    pages: dict[str, list[Exchange]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str) -> list[Exchange]:
        self.asked.append(url)
        check_url(url)
        if url not in self.pages:
            raise NotFetched("unreachable")
        return self.pages[url]


def check_url(url: str) -> tuple[SplitResult, str, int]:
    """Return the address in parts with its host and port; NotFetched where it is not a plain web address."""
    if any(ord(character) <= 32 or ord(character) == 127 for character in url) or "\\" in url:
        raise NotFetched("malformed")
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").rstrip(".")
    except ValueError:
        raise NotFetched("malformed") from None
    if parts.scheme not in PORTS:
        raise NotFetched("scheme")
    if "@" in parts.netloc:
        raise NotFetched("userinfo")
    if port not in (None, PORTS[parts.scheme]):
        raise NotFetched("port")
    if not host or "%" in host:
        raise NotFetched("host")
    try:
        host = host if ":" in host else host.encode("idna").decode()
    except UnicodeError:
        raise NotFetched("host") from None
    return parts, host, PORTS[parts.scheme]


def is_open(address: str) -> bool:
    """Tell whether an address belongs to the open internet."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_open(str(ip.ipv4_mapped))
        if ip not in OPEN_IPV6:
            return False
    return not any(ip.version == network.version and ip in network for network in CLOSED)


Resolver = Callable[..., Iterable[Any]]
Connector = Callable[[tuple[str, int], float], socket.socket]


def connect(place: tuple[str, int], timeout: float) -> socket.socket:
    return socket.create_connection(place, timeout=timeout)


@dataclass(frozen=True)
class SafeFetcher:
    """The real one. Tests hand in a resolver and a connector of their own; nothing else can."""

    resolver: Resolver = socket.getaddrinfo
    connector: Connector = connect
    most_bytes: int = MOST_BYTES
    patience: float = PATIENCE
    patience_in_all: float = PATIENCE_IN_ALL

    def fetch(self, url: str) -> list[Exchange]:
        until = time.monotonic() + self.patience_in_all
        chain: list[Exchange] = []
        for _hop in range(MOST_HOPS + 1):
            chain.append(self._once(url, until))
            target = chain[-1].header("location")
            if chain[-1].status not in REDIRECTS or not target:
                return chain
            url = urljoin(url, target).split("#")[0]
        raise NotFetched("redirects")

    def _once(self, url: str, until: float) -> Exchange:
        parts, host, port = check_url(url)
        address = self._address(host, port)
        asked = _request(parts, host)
        try:
            with self._connected(parts.scheme, address, host, port, until) as line:
                line.sendall(asked)
                answer = http.client.HTTPResponse(line, method="GET")
                answer.begin()
                body = self._body(answer, line, until)
                headers = [(key, value) for key, value in answer.getheaders()]
                return Exchange(url, address, answer.status, answer.reason, asked, headers, body)
        except TimeoutError:
            raise NotFetched("slow") from None
        except ssl.SSLError:
            raise NotFetched("certificate") from None
        except (OSError, http.client.HTTPException, ValueError):
            raise NotFetched("unreachable") from None

    def _address(self, host: str, port: int) -> str:
        """Return an address of a name all of whose addresses are open."""
        try:
            found = {entry[4][0] for entry in self.resolver(host, port, 0, socket.SOCK_STREAM)}
        except (OSError, UnicodeError):
            raise NotFetched("name") from None
        if not found:
            raise NotFetched("name")
        if not all(map(is_open, found)):
            raise NotFetched("address")
        return sorted(found, key=lambda address: (":" in address, address))[0]

    def _connected(self, scheme: str, address: str, host: str, port: int, until: float) -> socket.socket:
        line = self.connector((address, port), self._patience(until))
        if scheme == "http":
            return line
        try:
            return ssl.create_default_context().wrap_socket(line, server_hostname=host)
        except BaseException:
            line.close()
            raise

    def _patience(self, until: float) -> float:
        left = until - time.monotonic()
        if left <= 0:
            raise NotFetched("slow")
        return min(self.patience, left)

    def _body(self, answer: http.client.HTTPResponse, line: socket.socket, until: float) -> bytes:
        body = bytearray()
        while True:
            line.settimeout(self._patience(until))
            piece = answer.read1(65536)
            if not piece:
                return bytes(body)
            body += piece
            if len(body) > self.most_bytes:
                raise NotFetched("large")


def _request(parts: SplitResult, host: str) -> bytes:
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    path = path.encode("ascii", "ignore").decode() if path.isascii() else _escaped(path)
    named = f"[{host}]" if ":" in host else host
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {named}",
        f"User-Agent: {BROWSER}",
        "Accept: text/html,application/pdf;q=0.9,*/*;q=0.5",
        "Accept-Language: en",
        "Accept-Encoding: identity",
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _escaped(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/?&=%:+,;@!$'()*~-._")
