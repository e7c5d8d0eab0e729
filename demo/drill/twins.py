"""The other side, as the drill breaks it: a mail server with moods, a text gateway that says all twice.

Both note what they took, and where they took it and did not say so: there alone a copy may come.
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
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings

from foundation.database.keyfolder import key_folder
from notifications.channels.carrier import Outgoing
from notifications.gateway import HOOK_KEY, signature

WELL, REFUSES, HANGS, LATER, DIES = "well", "refuses", "hangs", "says later", "closes after data"
MOODS = (DIES, LATER, REFUSES, HANGS)
LEAST, MOST = 1.5, 12.0  # seconds for which a mood lasts: until it met a mail, and no longer than the second
KEY = re.compile(rb"^Message-ID: <([^@>]+)@", re.MULTILINE | re.IGNORECASE)
SECRET = b"of-the-drill-and-of-nothing-else-here"
NUMBER = "+1212555{:04}"
UNSAID = ".unsaid"  # how the name of a text's file ends of which the gateway never said that it has it


@dataclass
class MailServer:
    """Takes mails as its mood is; `taken` and `died` count by key, the second what it never answered."""

    mood: str = WELL
    taken: Counter[str] = field(default_factory=Counter)
    died: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)  # connections in each mood
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> int:
        """Listen, and return the port."""
        server = _Server(("127.0.0.1", 0), _Session)
        server.twin = self
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return int(server.server_address[1])

    def swing(self, stop: threading.Event) -> None:
        """Go from one mood to the next, well between any two, until told to stop."""
        for mood in self._in_turn(stop):
            self.mood, met, began = mood, self.met[mood], time.monotonic()
            while not stop.wait(0.1):
                seconds = time.monotonic() - began
                if seconds > MOST or (seconds > LEAST and self.met[mood] > met):
                    break
        self.mood = WELL

    def _in_turn(self, stop: threading.Event) -> Iterator[str]:
        while True:
            for mood in MOODS:
                if stop.is_set():
                    return
                yield mood
                yield WELL

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
            twin.met[mood] += 1
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


# --- the text gateway -----------------------------------------------------------------------------


class SlowTwice:
    """A text gateway that writes each text into a folder, late, and under a new name for each copy.

    Of every fourth it takes the first copy, and its answer never comes.
    """

    def send(self, outgoing: Outgoing) -> str:
        select.select([], [], [], 1)  # libfaketime, under which this runs, knows no other way to sleep
        folder = Path(settings.SMS_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        is_first = not any(folder.glob(f"{outgoing.key}.*"))
        unsaid = UNSAID if is_first and outgoing.key[-1] in "048c" else ""
        (folder / f"{outgoing.key}.{time.monotonic_ns()}{unsaid}").write_text(outgoing.to)
        if unsaid:
            raise TimeoutError
        return outgoing.key


def texts_taken() -> dict[str, list[bool]]:
    """Return for each text that the gateway has, by key, of each copy whether it said so."""
    taken: dict[str, list[bool]] = {}
    for path in Path(settings.SMS_PATH).glob("*"):
        taken.setdefault(path.name.partition(".")[0], []).append(not path.name.endswith(UNSAID))
    return taken


def share_secret() -> None:
    """Put the key into the folder of keys by which the gateway is known."""
    folder = key_folder()
    if folder:
        (folder / HOOK_KEY).write_bytes(SECRET)
        (folder / HOOK_KEY).chmod(0o600)


@dataclass
class Hook:
    """What the gateway says to us: each text and report twice, and old ones again after newer ones.

    A report comes as soon as the text is there: before we noted that it was sent, where that takes long.
    """

    site: str
    said: set[str] = field(default_factory=set)
    reported: set[str] = field(default_factory=set)
    texts: int = 0
    calls: int = 0
    old: list[bytes] = field(default_factory=list)

    def work(self, stop: threading.Event) -> None:
        """Say something new, then something old again, until told to stop."""
        while not stop.wait(0.5):
            self.texts += 1
            name, sender = f"t{self.texts}", NUMBER.format(self.texts % 50)
            if self._twice({"kind": "text", "id": name, "from": sender, "text": "Thank you"}):
                self.said.add(name)
            for key in texts_taken().keys() - self.reported:
                self._report(key)
            for body in self.old[-40:-30:5]:
                self._send(body)

    def finish(self) -> None:
        """Report what is left once everything runs again."""
        for key in texts_taken().keys() - self.reported:
            self._report(key)

    def _report(self, key: str) -> None:
        """Say that a text arrived, and only then that it is on its way."""
        if self._twice({"kind": "report", "id": f"{key}:2", "about": key, "fate": "delivered"}):
            self.reported.add(key)
        self._twice({"kind": "report", "id": f"{key}:1", "about": key, "fate": "on_its_way"})

    def _twice(self, said: dict[str, Any]) -> bool:
        body = json.dumps(said).encode()
        self.old.append(body)
        taken = self._send(body)
        return self._send(body) or taken

    def _send(self, body: bytes) -> bool:
        """Send one request, signed; true where we said that we have it."""
        self.calls += 1
        asked = urllib.request.Request(f"{self.site}/hooks/sms/", body)  # noqa: S310  our own site
        asked.add_header("Content-Type", "application/json")
        asked.add_header("X-Signature", signature(SECRET, body, at=int(time.time())))
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310  # nosec B310
                return int(answer.status) == 204
        except (OSError, HTTPException, urllib.error.URLError):
            return False
