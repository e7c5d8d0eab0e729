"""Fetching from the open web, and from nowhere else."""

import json
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from warcio.archiveiterator import ArchiveIterator

from evidence.clients.fetch import NotFetched, NullFetcher, SafeFetcher, check_url, is_open
from evidence.clients.pinned import connect
from evidence.clients.warc import as_warc

SHARED = Path(__file__).resolve().parents[3] / "shared" / "evidence" / "ssrf_cases.json"
PUBLIC = "93.184.216.34"


class Site(BaseHTTPRequestHandler):
    """A site with a page, redirects to good and bad places, and bad manners."""

    seen: list = []
    finished: list = []

    def do_GET(self):
        Site.seen.append((self.path, dict(self.headers)))
        targets = {
            "/moved": "/page",
            "/file": "file:///etc/passwd",
            "/inside": "http://inside.example/",
            "/userinfo": "http://a:b@site.example/",
            "/port": "http://site.example:22/",
            "/loop": "/loop",
        }
        if self.path in targets:
            self.send_response(302)
            self.send_header("Location", targets[self.path])
            self.end_headers()
        elif self.path == "/large":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x" * 10_000)
        elif self.path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "500")
            self.end_headers()
            self.wfile.write(b"<html><p>The first half")
            self.close_connection = True
        elif self.path == "/drip":
            for letter in b"HTTP/1.1 200 OK\r\nServer: " + b"x" * 100:
                self.wfile.write(bytes([letter]))
                self.wfile.flush()
                time.sleep(0.1)
            Site.finished.append(self.path)
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(50):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
            Site.finished.append(self.path)
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<html><h1>Title</h1><p>Words.</p></html>")

    def log_message(self, *args):
        pass

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True


NAMES = {
    "site.example": [PUBLIC],
    "inside.example": ["10.0.0.5"],
    "both.example": [PUBLIC, "192.168.1.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "none.example": [],
}


def resolver(host, port, *_rest):
    """Look names up in NAMES; what is an address stays one, in every way an address can be written."""
    if host in NAMES:
        return [(socket.AF_INET, 1, 6, "", (address, port)) for address in NAMES[host]]
    if host.endswith(".example"):
        raise socket.gaierror("unknown")
    return socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def fetcher(site):
    """The real client; only its last step, the connection to a checked address, leads to our site."""

    def connector(place, timeout):
        assert is_open(place[0]), "connected to an address that was not checked"
        return connect(site.server_address, timeout)

    return SafeFetcher(resolver=resolver, connector=connector, most_bytes=200_000, patience_in_all=1.5)


REFUSED = [
    *("http://127.0.0.1/", "http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/", "http://127.1/"),
    *("http://[::1]/", "http://[::]/", "http://[64:ff9b::7f00:1]/", "http://[fec0::1]/", "http://[fe80::1]/"),
    *(
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[::127.0.0.1]/",
    ),
    *(
        "http://[2001:db8::1]/",
        "http://[fd00::1]/",
        "http://[ff02::1]/",
        "http://192.0.0.8/",
        "http://0.0.0.0/",
    ),
    *(
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://198.18.0.1/",
        "http://240.0.0.1/",
    ),
    *("http://localhost./", "http://localhost/", "http://LOCALHOST/", "http://inside.example/"),
    *("http://both.example/", "http://mapped.example/", "http://none.example/", "http://unknown.example/"),
    *(
        "gopher://site.example/",
        "file:///etc/passwd",
        "ftp://site.example/",
        "javascript:alert(1)",
        "//x",
        "",
    ),
    *(
        "http://site.example:22/",
        "http://site.example:443/",
        "https://site.example:80/",
        "http://site.example:0/",
    ),
    *(
        "http://site.example:99999/",
        "http://site.example:x/",
        "http://a@site.example/",
        "http://@site.example/",
    ),
    *(
        "http://site.example@127.0.0.1/",
        "http://site.example\\@127.0.0.1/",
        "http://127.0.0.1\t.site.example/",
    ),
    *(
        "http:///",
        "http://",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://site.example/ x",
        "http://a\r\nb/",
    ),
    *("http://site.example/file", "http://site.example/inside", "http://site.example/userinfo"),
    *("http://site.example/port", "http://site.example/loop", "http://site.example/large"),
    *("http://site.example/slow", "http://site.example/drip"),
]


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_not_the_open_web_is_not_fetched(fetcher, url):
    with pytest.raises(NotFetched):
        fetcher.fetch(url)


@pytest.mark.parametrize("path", ["slow", "drip"])
def test_a_site_that_drips_is_left_when_the_time_for_all_of_it_is_over(fetcher, path):
    """Its words or its headers, each just in time: no single wait is too long."""
    Site.finished.clear()
    with pytest.raises(NotFetched) as refused:
        fetcher.fetch(f"http://site.example/{path}")
    assert (refused.value.code, Site.finished) == ("slow", [])


def test_a_page_shorter_than_announced_is_told_apart(fetcher):
    with pytest.raises(NotFetched) as refused:
        fetcher.fetch("http://site.example/short")
    assert refused.value.code == "cut_short"


def test_the_shared_cases_are_among_them():
    if not SHARED.exists():
        pytest.skip("the shared cases are not beside this checkout")
    for case in json.loads(SHARED.read_text()):
        if "://" in case["url"] and " " not in case["url"]:
            assert case["url"] in REFUSED


@pytest.mark.parametrize("address", ["8.8.8.8", PUBLIC, "2606:4700::1111", "192.0.1.1", "100.63.0.1"])
def test_ordinary_addresses_are_open(address):
    assert is_open(address)


def test_a_page_is_fetched_with_its_redirects_and_kept(fetcher):
    Site.seen.clear()
    chain = fetcher.fetch("http://site.example/moved")
    assert [(one.url[-6:], one.status, one.address) for one in chain] == [
        ("/moved", 302, PUBLIC),
        ("e/page", 200, PUBLIC),
    ]
    assert b"Words." in chain[-1].body
    records = [r.rec_type for r in ArchiveIterator(__import__("io").BytesIO(as_warc(chain)))]
    assert records.count("response") == records.count("request") == 2


def test_a_fetch_tells_the_site_nothing_of_the_office(fetcher):
    Site.seen.clear()
    fetcher.fetch("http://site.example/page")
    headers = Site.seen[0][1]
    assert headers.keys() == {
        "Host",
        "User-Agent",
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "Connection",
    }
    assert headers["Host"] == "site.example"


def test_the_name_is_looked_up_once_and_the_checked_address_connected(site):
    asked = []

    def changing(host, port, *_rest):
        asked.append(host)
        return [(2, 1, 6, "", (PUBLIC if len(asked) == 1 else "127.0.0.1", port))]

    places = []

    def connector(place, timeout):
        places.append(place)
        return connect(site.server_address, timeout)

    SafeFetcher(resolver=changing, connector=connector).fetch("http://rebind.example/page")
    assert (len(asked), places) == (1, [(PUBLIC, 80)])


def test_the_twin_answers_only_what_it_was_given():
    twin = NullFetcher()
    for url in ("http://site.example/", "file:///x"):
        with pytest.raises(NotFetched):
            twin.fetch(url)
    assert check_url("https://EXAMPLE.org")[1:] == ("example.org", 443)


@pytest.fixture
def secure(tmp_path, monkeypatch):
    """A site that speaks TLS with a certificate for site.example alone, which this machine trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "site.example")])
    since = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("site.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key").write_bytes(key.private_bytes(*plain))
    (tmp_path / "cert").write_bytes(certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    named = []
    context.sni_callback = lambda _line, name, _context: named.append(name)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda *args: None  # who hangs up on a certificate is no news
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert"))
    places = []

    def connector(place, timeout):
        places.append(place)
        return connect(server.server_address, timeout)

    def anywhere(host, port, *_rest):
        return [(socket.AF_INET, 1, 6, "", (PUBLIC, port))]

    yield SimpleNamespace(
        named=named, places=places, fetcher=SafeFetcher(resolver=anywhere, connector=connector)
    )
    server.shutdown()
    server.server_close()


def test_tls_is_told_the_name_and_led_to_the_checked_address(secure):
    Site.seen.clear()
    (page,) = secure.fetcher.fetch("https://site.example/page")
    assert b"Words." in page.body and page.address == PUBLIC
    assert (secure.places, secure.named) == ([(PUBLIC, 443)], ["site.example"])
    assert Site.seen[0][1]["Host"] == "site.example"


def test_a_certificate_for_another_name_is_not_taken(secure):
    with pytest.raises(NotFetched) as refused:
        secure.fetcher.fetch("https://other.example/page")
    assert refused.value.code == "certificate"
    assert secure.named == ["other.example"]


def test_a_certificate_nobody_vouches_for_is_not_taken(secure, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotFetched) as refused:
        secure.fetcher.fetch("https://site.example/page")
    assert refused.value.code == "certificate"
