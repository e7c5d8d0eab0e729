"""Fetch a page of the open web, and nothing else: no address of ours or of our neighbors.

The names are looked up by us, every address is checked, and the connection goes to a checked address, so
that a name cannot point elsewhere a moment later (`pinned.py`; HTTP itself is httpcore2's). Each redirect is
checked again from the start. Nothing of the office goes along: no cookie, no referrer, no name, always the
same browser line.
"""

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import httpcore2

from evidence.clients.pinned import Connector, Late, Pinned, connect

MOST_BYTES, MOST_HOPS = 20_000_000, 5
PATIENCE, PATIENCE_IN_ALL = 10.0, 30.0  # seconds
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
ALWAYS = [
    ("User-Agent", BROWSER),
    ("Accept", "text/html,application/pdf;q=0.9,*/*;q=0.5"),
    ("Accept-Language", "en"),
    ("Accept-Encoding", "identity"),
    ("Connection", "close"),
]
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


CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


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

    @property
    def charset(self) -> str:
        """The character set that the answer names, or nothing."""
        named = CHARSET.search(self.header("content-type"))
        return named[1].lower() if named else ""

    @property
    def is_cut_short(self) -> bool:
        """Whether fewer bytes came than the site announced."""
        announced = self.header("content-length")
        encoded = self.header("content-encoding").lower() not in ("", "identity")
        return announced.isdigit() and not encoded and len(self.body) < int(announced)

    @property
    def is_challenge(self) -> bool:
        """Whether a guard before the site wants to see a browser first."""
        return self.header("cf-mitigated").lower() == "challenge"

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
        try:
            return self._exchange(url, parts, host, Pinned(address, self.connector, self.patience, until))
        except (Late, httpcore2.TimeoutException):
            raise NotFetched("slow") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError, ValueError) as error:
            raise NotFetched(_why(error)) from None

    def _exchange(self, url: str, parts: SplitResult, host: str, line: Pinned) -> Exchange:
        place = httpcore2.URL(scheme=parts.scheme, host=host, port=PORTS[parts.scheme], target=_target(parts))
        headers = [("Host", f"[{host}]" if ":" in host else host), *ALWAYS]
        asked = "".join(f"{name}: {value}\r\n" for name, value in headers)
        with httpcore2.ConnectionPool(ssl_context=ssl.create_default_context(), network_backend=line) as pool:
            with pool.stream("GET", place, headers=headers) as answer:
                return Exchange(
                    url,
                    line.address,
                    answer.status,
                    answer.extensions.get("reason_phrase", b"").decode("latin-1"),
                    f"GET {_target(parts)} HTTP/1.1\r\n{asked}\r\n".encode("ascii"),
                    [(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers],
                    self._body(answer),
                )

    def _body(self, answer: httpcore2.Response) -> bytes:
        body = bytearray()
        for piece in answer.iter_stream():
            body += piece
            if len(body) > self.most_bytes:
                raise NotFetched("large")
        return bytes(body)

    def _address(self, host: str, port: int) -> str:
        """Return an address of a name all of whose addresses are open."""
        try:
            addresses = {entry[4][0] for entry in self.resolver(host, port, 0, socket.SOCK_STREAM)}
        except (OSError, UnicodeError):
            raise NotFetched("name") from None
        if not addresses:
            raise NotFetched("name")
        if not all(map(is_open, addresses)):
            raise NotFetched("address")
        return sorted(addresses, key=lambda address: (":" in address, address))[0]


def _why(error: Exception) -> str:
    """Return the code of why a site did not answer as it should."""
    if "complete message body" in str(error):
        return "cut_short"
    return "certificate" if _is_of_tls(error) else "unreachable"


def _is_of_tls(error: BaseException) -> bool:
    """Tell whether an error, or what it was made of, is one of the certificate or the encryption."""
    made_of = error.__cause__ or error.__context__
    return isinstance(error, ssl.SSLError) or (made_of is not None and _is_of_tls(made_of))


def _target(parts: SplitResult) -> str:
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    return path if path.isascii() else quote(path, safe="/?&=%:+,;@!$'()*~-._")
