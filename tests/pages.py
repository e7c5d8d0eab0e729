"""Pages on a server of the tests' own, for the worker to fetch: names are made up, every guard stays on."""

import os
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from evidence.clients.fetch import SafeFetcher
from evidence.clients.pinned import connect


def known(host, port, *args):
    """Resolve our made-up names to an address of the open internet, and nothing else."""
    if not host.endswith(".example"):
        raise socket.gaierror(host)
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))]


def fetcher():
    """Return the real client, which ends up at the tests' server wherever it connects."""
    here = ("127.0.0.1", int(os.environ["TEST_PAGES_PORT"]))
    return SafeFetcher(resolver=known, connector=lambda _place, timeout: connect(here, timeout))


@contextmanager
def serving(pages):
    """Serve {path: bytes} and yield the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = pages.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body or b"Not found")

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
