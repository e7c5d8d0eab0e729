"""The processor time of a form: one page asked for, one page sent, and all of it from consent to receipt.

python -m benchmarks.submission http://localhost:8000 [--times 20]

Against a site of this checkout that runs (`manage.py up`). Counted is what its processes and PostgreSQL used
(user and system, from /proc), split by what they are and for whom they work: the web server and
PostgreSQL are what somebody waits for; the worker, the names worker and PostgreSQL's processes for these two
work in the background, less what they use at rest. The measure is a bare Django view, without middleware, in
a web server started as the site's own. Names differ each time and hit nobody.
"""

import argparse
import os
import re
import secrets
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any
from urllib import parse, request

import django
from playwright.sync_api import APIRequestContext, APIResponse, sync_playwright

from benchmarks.spent import BARE, IN_FRONT, by_kind, per_call, used

BARE_PORT = 8999
BEHIND = ("worker", "names", "postgres behind")
REST = 30  # seconds: twice the longest time between two looks
ROUNDS = 7
QUIET = 4  # seconds without work after which the background is through
NUMBER = re.compile(r"/form/(\d+)/")
HIDDEN = re.compile(r'<input type="hidden" name="(csrfmiddlewaretoken|seen|there)" value="([^"]*)"')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("site")
    parser.add_argument("--times", type=int, default=20)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    with bare_server() as bare, sync_playwright() as playwright:
        new = playwright.request.new_context
        for line in report(lambda: new(base_url=asked.site), new(base_url=bare), asked.times):
            sys.stdout.write(f"{line}\n")


Visit = Callable[[], APIRequestContext]


def report(visit: Visit, bare: APIRequestContext, times: int) -> Iterator[str]:
    """Yield a line for each figure: milliseconds of processor time and how many bare views that is.

    Each is taken in turn with a bare view, for both cost more on a machine that is busy.
    """

    def view() -> float:
        return per_call(lambda: bare.get("/"), 400, of=("bare",))

    fill_in(visit)  # what is loaded at the first form
    form = Form(visit())
    form.begin()
    form.ask_and_send()
    rounds = []
    for _n in range(ROUNDS):
        here, asked = view(), per_call(form.ask, 50)
        rounds.append((here, asked, per_call(form.ask_and_send, 50) - asked))
    yield f"{'a bare view':<28} {statistics.median(one[0] for one in rounds):8.2f} ms"
    yield _line("a page asked for", [(one[1], one[0]) for one in rounds])
    yield _line("a page sent", [(one[2], one[0]) for one in rounds])
    settle()
    rest = at_rest()
    yield f"{'at rest, a second':<28} {rest:8.2f} ms"
    wholes = [(view(), *whole(visit, rest)) for _n in range(times)]
    yield _line("a whole form, waited for", [(one[1], one[0]) for one in wholes])
    yield _line("and in the background", [(one[2], one[0]) for one in wholes])
    yield f"{'its requests':<28} {statistics.median(one[3] for one in wholes):8.0f}"


def _line(name: str, pairs: list[tuple[float, float]]) -> str:
    """Say the median of milliseconds, and of how many bare views each was."""
    ms, views = (
        statistics.median(some) for some in zip(*((ms, ms / view) for ms, view in pairs), strict=True)
    )
    return f"{name:<28} {ms:8.1f} ms {views:8.0f} x"


def whole(visit: Visit, rest: float) -> tuple[float, float, int]:
    """Return what one form took in front and behind, in milliseconds, and its requests."""
    began, before = time.monotonic(), by_kind()
    requests = fill_in(visit)
    in_front = by_kind()
    settled = settle()
    waited = sum(in_front[kind] - before[kind] for kind in IN_FRONT)
    behind = sum(settled[kind] - before[kind] for kind in BEHIND)
    return waited, behind - rest * (time.monotonic() - began), requests


def at_rest() -> float:
    """Return the milliseconds a second that the background uses with nothing to do: it looks now and then."""
    return used(lambda: time.sleep(REST), of=BEHIND) / REST


def settle() -> Counter[str]:
    """Return the processor time once the processes have been at rest for a while."""
    last = by_kind()
    while True:
        time.sleep(QUIET)
        now = by_kind()
        if sum(now.values()) - sum(last.values()) < 40 * QUIET:  # what idle processes use
            return now
        last = now


class Form:
    """Somebody who fills in the form by plain requests."""

    here: APIResponse

    def __init__(self, client: APIRequestContext) -> None:
        from tests.support.answers import answers  # once Django is set up

        family = f"Bench-{secrets.token_hex(6)}"
        reach = {"channels": ["email"], "email": f"{secrets.token_hex(8)}@bench.example"}
        self.answers = answers(date.today(), name={"family_name": family}, reach=reach)  # noqa: DTZ011
        self.client, self.requests = client, 0

    def get(self, url: str) -> None:
        self.requests += 1
        self.here = self.client.get(url)

    def post(self, values: dict[str, Any], *, follow: bool = True) -> None:
        hidden = dict(HIDDEN.findall(self.here.text()))
        data = parse.urlencode({**hidden, **values}, doseq=True)
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Referer": self.here.url}
        before = self.url
        self.here = self.client.post(before, data=data, headers=kind, max_redirects=20 if follow else 0)
        self.requests += 2 if follow else 1
        if self.here.status not in (200, 302):
            raise SystemExit(f"{before} answered {self.here.status}")

    @property
    def url(self) -> str:
        return parse.urlsplit(self.here.url).path

    def begin(self) -> None:
        self.get("/")
        self.get("/start/")
        for values in ({"safe_now": "yes", "shared": "no"}, {"who_fills": "me"}, {"consent": "yes"}):
            self.post(dict(values))

    def ask(self) -> None:
        """Ask for one page: that of the name."""
        from tests.support.answers import address_of  # once Django is set up

        self.get(address_of("name"))

    def ask_and_send(self) -> None:
        """Ask for the page of the name and send it, without the page that comes next."""
        self.ask()
        self.answer(follow=False)

    def go_on(self) -> None:
        """Answer page after page until the form was sent."""
        while not self.url.endswith("/receipt/"):
            if NUMBER.search(self.url):
                self.answer()
            elif self.url.endswith("/review/"):
                self.post({})
            else:
                found = re.search(r'<a class="btn go" href="([^"]+)"', self.here.text())
                if not found:
                    raise SystemExit(f"no way on from {self.url}")
                self.get(found[1])

    def answer(self, *, follow: bool = True) -> None:
        from intake.questionnaire.path import BY_NUMBER, DOCUMENTS  # once Django is set up
        from tests.support.answers import typed  # once Django is set up

        found = NUMBER.search(self.url)
        page = BY_NUMBER[int(found[1])] if found else DOCUMENTS
        values = {} if page is DOCUMENTS else typed(page.key, self.answers[page.key])
        self.post(values or {"press": "skip"}, follow=follow)


def fill_in(visit: Visit) -> int:
    """Fill in one form and send it; return how many requests that took."""
    form = Form(visit())
    form.begin()
    form.go_on()
    return form.requests


@contextmanager
def bare_server() -> Iterator[str]:
    """Run a bare view as the site's own pages are run, and give its address."""
    command = [sys.executable, *BARE, "--port", str(BARE_PORT), "benchmarks.bare:application"]
    url = f"http://127.0.0.1:{BARE_PORT}/"
    with subprocess.Popen(command) as process:
        try:
            for _n in range(100):
                time.sleep(0.2)
                with suppress(OSError):
                    request.urlopen(url).close()  # nosec B310  our own address
                    break
            yield url
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
