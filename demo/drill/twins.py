"""The other side, as the drill breaks it: a mail server with moods, a text gateway that says all twice.

The mail server notes what it took, and where it died before it said so: there alone a copy may come.
"""

import json
import re
import select
import socketserver
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings

from notifications.channels.carrier import Outgoing
from notifications.gateway import signature

WELL, REFUSES, HANGS, LATER, DIES = "well", "refuses", "hangs", "says later", "closes after data"
MOODS = (REFUSES, HANGS, LATER, DIES)
KEY = re.compile(rb"^Message-ID: <([^@>]+)@", re.MULTILINE | re.IGNORECASE)
SECRET = b"of-the-drill-and-of-nothing-else-here"
NUMBER = "+1212555{:04}"


@dataclass
class MailServer:
    """Takes mails as its mood is; `taken` and `died` count by key, the second what it never answered."""

    mood: str = WELL
    taken: Counter[str] = field(default_factory=Counter)
    died: Counter[str] = field(default_factory=Counter)
    moods: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> int:
        """Listen, and return the port."""
        server = _Server(("127.0.0.1", 0), _Session)
        server.twin = self
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return int(server.server_address[1])

    def note(self, content: bytes, *, answered: bool) -> None:
        found = KEY.search(content)
        key = found[1].decode() if found else "without a key"
        with self.lock:
            self.taken[key] += 1
            self.died[key] += not answered


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    twin: MailServer


class _Session(socketserver.StreamRequestHandler):
    """One connection of SMTP, as far as a client of Django speaks it."""

    server: _Server
    timeout = 30
    ANSWERS: ClassVar[dict[str, str]] = {
        "QUIT": "221 bye",
        "RSET": "250 ok",
        "NOOP": "250 ok",
        "MAIL": "250 ok",
    }

    def handle(self) -> None:
        twin = self.server.twin
        mood = twin.mood
        with twin.lock:
            twin.moods[mood] += 1
        try:
            if mood == HANGS:
                time.sleep(self.timeout)
            elif mood == REFUSES:
                self._say("421 not now")
            else:
                self._say("220 drill")
                self._talk(twin, mood)
        except OSError:
            return  # the client went, or was killed

    def _talk(self, twin: MailServer, mood: str) -> None:
        while line := self.rfile.readline():
            verb = line[:4].decode("ascii", "replace").upper()
            if verb in ("EHLO", "HELO"):
                self._say("250 drill")
            elif verb == "RCPT":
                self._say("451 later" if mood == LATER else "250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                content = self._content()
                twin.note(content, answered=mood != DIES)
                if mood == DIES:
                    return
                self._say("250 taken")
            else:
                self._say(self.ANSWERS.get(verb, "502 what"))
                if verb == "QUIT":
                    return

    def _content(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) and line.rstrip(b"\r\n") != b".":
            lines.append(line)
        if not line:
            raise ConnectionResetError  # it was cut off: nothing was taken
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class SlowTwice:
    """A text gateway that writes each text into a folder, late, and under a new name for each copy."""

    def send(self, outgoing: Outgoing) -> str:
        select.select([], [], [], 1)  # libfaketime, under which this runs, knows no other way to sleep
        folder = Path(settings.SMS_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{outgoing.key}.{time.monotonic_ns()}").write_text(outgoing.to)
        return outgoing.key


@dataclass
class Hook:
    """What the gateway says to us: each text twice, and old ones again after newer ones."""

    site: str
    said: set[str] = field(default_factory=set)
    calls: int = 0
    old: list[bytes] = field(default_factory=list)

    def work(self, stop: threading.Event) -> None:
        """Say something new, then something old again, until told to stop."""
        number = 0
        while not stop.wait(0.5):
            number += 1
            one = {
                "kind": "text",
                "id": f"t{number}",
                "from": NUMBER.format(number % 50),
                "text": "Thank you",
            }
            if self._say(one):
                self.said.add(f"t{number}")
            self._say(one)
            for body in self.old[-40:-30:5]:
                self._send(body)

    def _say(self, said: dict[str, Any]) -> bool:
        body = json.dumps(said).encode()
        self.old.append(body)
        return self._send(body)

    def _send(self, body: bytes) -> bool:
        """Send one request, signed; true where we said that we have it."""
        self.calls += 1
        asked = urllib.request.Request(f"{self.site}/hooks/sms/", body)  # noqa: S310  our own site
        asked.add_header("Content-Type", "application/json")
        asked.add_header("X-Signature", signature(SECRET, body, at=int(time.time())))
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310  # nosec B310
                return int(answer.status) == 204
        except (OSError, urllib.error.URLError):
            return False
