"""Somebody at a browser while the site breaks: they wait a moment, look at the page again, and go on."""

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PAUSE, PATIENCE = 0.5, 90  # seconds between two tries, and after which a person gives up


class GaveUp(Exception):
    """The site did not answer for so long that a person would go home."""


class Failed(Exception):
    """One request failed: nobody answered, or with a status of 500 or above."""


@dataclass
class Visitor:
    """A browser without a screen. `words` is the page it shows, `path` its address."""

    site: str
    words: str = ""
    path: str = ""
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def ask(
        self, path: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded"
    ) -> int:
        """Send one request, follow where it leads and return the status. Raises Failed."""
        asked = urllib.request.Request(self.site + path, body)  # noqa: S310  our own site
        if body is not None:
            asked.add_header("Content-Type", kind)
            asked.add_header("Origin", self.site)  # as browsers say it: TLS asks for it
        try:
            with self.opener.open(asked, timeout=20) as answer:
                status, self.words = answer.status, answer.read().decode(errors="replace")
                self.path = urllib.parse.urlsplit(answer.url).path
                return int(status)
        except urllib.error.HTTPError as error:
            self.words = error.read().decode(errors="replace")
            if error.code >= 500:
                self.failures.append(str(error.code))
                raise Failed(str(error.code)) from error
            self.path = urllib.parse.urlsplit(error.url or path).path
            return int(error.code)
        except (OSError, HTTPException) as error:
            self.failures.append(type(error).__name__)
            raise Failed(type(error).__name__) from error

    def open(self, path: str) -> int:
        """Open a page, however often it takes."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self.ask(path)
            except Failed as error:
                if time.monotonic() > until:
                    raise GaveUp(f"{path}: {error}") from error
                time.sleep(PAUSE)

    def send(self, path: str, values: dict[str, object]) -> int:
        """Send the form of the page that is open, once. Raises Failed: whoever sent it looks again first."""
        typed = {"csrfmiddlewaretoken": self.token, **values}
        return self.ask(path, urllib.parse.urlencode(typed, doseq=True).encode())

    def send_file(self, path: str, name: str, content: bytes) -> int:
        """Send one file with the form of the page that is open, once. Raises Failed."""
        head = '--drill\r\nContent-Disposition: form-data; name="{}"'
        parts = [
            f"{head.format('csrfmiddlewaretoken')}\r\n\r\n{self.token}\r\n".encode(),
            f"{head.format('press')}\r\n\r\nsend\r\n".encode(),
            f'{head.format("files")}; filename="{name}"\r\n\r\n'.encode(),
            content + b"\r\n--drill--\r\n",
        ]
        return self.ask(path, b"".join(parts), "multipart/form-data; boundary=drill")

    @property
    def token(self) -> str:
        found = TOKEN.search(self.words)
        return found[1] if found else ""
