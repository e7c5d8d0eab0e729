"""A server that speaks as Twilio does: it takes texts, refuses some, and deletes what it is asked to."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

ACCOUNT, TOKEN = "AC" + "1" * 32, b"key-of-the-tests"
OK, CUT = 201, 0


@dataclass
class Twin:
    """What it was asked, and what it answers next: (status, code) for each request, then it takes all."""

    url: str = ""
    texts: dict[str, dict[str, str]] = field(default_factory=dict)  # as they are kept there
    deleted: list[str] = field(default_factory=list)
    answers: list[tuple[int, int]] = field(default_factory=list)
    asked: int = 0

    def answer(self, method: str, path: str, values: dict[str, str]) -> tuple[int, dict]:
        """Answer one request that bears the key."""
        self.asked += 1
        status, code = self.answers.pop(0) if self.answers else (OK, 0)
        if method == "DELETE":
            name = path.rpartition("/")[2].removesuffix(".json")
            if status == OK:
                self.deleted.append(name)
                status = 204 if self.texts.pop(name, None) else 404
            return status, {}
        if status in (OK, CUT):
            name = f"SM{len(self.texts) + 1:032x}"
            self.texts[name] = values
            return status, {"sid": name, "status": "queued", **values}
        return status, {"code": code, "message": "told to nobody", "status": status}


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        values = {name: value[0] for name, value in parse_qs(body).items()}
        login = base64.b64encode(ACCOUNT.encode() + b":" + TOKEN).decode()
        ours = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"
        if self.headers["Authorization"] != f"Basic {login}":
            status, said = 401, {"code": 20003}
        elif not self.path.startswith(ours):
            status, said = 404, {"code": 20404}
        else:
            status, said = self.server.twin.answer(self.command, self.path, values)
        if status == CUT:
            self.close_connection = True
            return
        content = b"" if status == 204 else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_DELETE = _serve

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    twin: Twin


@contextmanager
def twin() -> Iterator[Twin]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.twin = Twin(url=f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.twin
    finally:
        server.shutdown()
        server.server_close()
