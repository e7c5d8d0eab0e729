"""A real browser against the running application; every page visited is checked with axe."""

import functools
import hashlib
import os
import re
import tempfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils.translation import gettext, override
from playwright.sync_api import Page, sync_playwright

from foundation.accounts.sessions import row_key
from foundation.devstack.chromium import chromium
from tests.pages import serving
from tests.running import running_stack

CHROMIUM = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
# Only what is wrong is written out: to list every element that is right takes several times as long.
AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
# Pages of staff are dark where a device asks for it. Only colors differ: each is looked at once for them.
DARK = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
SEEN_DARK: set[str] = set()
# A page as axe sees it, less what changes nothing for it: values, numbers, keys, where links lead. Its own
# answer about such a page is the same each time, and half of a journey's time.
AS_SEEN = """() => {
  const without = new Set(["value", "nonce", "action", "content"]), said = [];
  const plain = (text) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\\d+/g, "0");
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE && node.data.trim()) said.push(plain(node.data.trim()));
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const kept = [...node.attributes].filter((one) => !without.has(one.name));
    said.push(node.tagName, ...kept.map((one) => `${one.name}=${plain(one.value)}`));
    if (node.tagName !== "SCRIPT" && node.tagName !== "STYLE") node.childNodes.forEach(walk);
    said.push("/");
  };
  walk(document.documentElement);
  return said.join("\\n");
}"""
# What can be pressed and is not 44 px high and wide, a choice by its label; but for what keys alone reach.
SMALL = """() => [...document.querySelectorAll(
    "a[href], button, summary, input:not([type=hidden]), select, textarea")].filter((one) => {
  if (one.matches(".hide, .skip") || !one.getClientRects().length) return false;
  const pressed = one.matches("[type=radio], [type=checkbox]") ? one.labels[0] : one;
  const { width, height } = pressed.getBoundingClientRect();
  return width < 43.9 || height < 43.9;
}).map((one) => one.outerHTML.slice(0, 120))"""
# Text that stands in no landmark: a screen reader that goes from one to the next never comes by.
OUTSIDE = """() => [...document.body.children].filter((one) =>
    !one.matches("header, main, footer, script, .skip")).map((one) => one.outerHTML.slice(0, 120))"""
TOO_WIDE = """() => [...document.body.querySelectorAll("*")].filter((one) => {
  const { left, right } = one.getBoundingClientRect();
  return right > document.documentElement.clientWidth + 0.5 || left < -0.5;
}).map((one) => one.outerHTML.slice(0, 160))"""
IN_SIGHT = """(chosen) => {
    const { top, bottom, left, right } = document.querySelector(chosen).getBoundingClientRect();
    return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth && bottom > top }"""
PASSWORD, CODE = "lantern-demo-2026", "246810"
# A session as fresh as one that was just begun: it may still do what asks for a recent sign-in.
RENEW = "update accounts_session set started_at = now(), seen_at = now() where session_key = %s returning 1"
NEUTRAL = f"{settings.NEUTRAL_SITE}**"
SHOTS = Path(os.environ.get("INTAKE_SHOTS", ""))


@pytest.fixture(scope="session")
def pages():
    """Return {path: bytes} of a site the worker can fetch from, at any name that ends in .example."""
    return {}


@pytest.fixture(scope="session")
def stack(tmp_path_factory, pages):
    folder = tmp_path_factory.mktemp("journeys")
    with serving(pages) as port:
        fetching = {"EVIDENCE_FETCHER": "tests.pages.fetcher", "TEST_PAGES_PORT": str(port)}
        with running_stack("journeys", folder, EVENTS_LEASE_SECONDS="2", **fetching) as stack:
            stack.settle()
            yield stack


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)


@functools.cache
def axe_script():
    return Axe().axe_script


def first_look(seen):
    """Tell whether no process of this run of the tests had this page before axe."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", os.getpid())
    folder = Path(tempfile.gettempdir()) / f"pages-before-axe-{run}"
    folder.mkdir(exist_ok=True)
    try:
        (folder / hashlib.sha256(seen.encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def hold(page):
    """Hold a page of the public to what each of them must be."""
    assert page.evaluate(SMALL) == [], page.url
    assert page.evaluate(OUTSIDE) == [], page.url
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate(IN_SIGHT, ".bar .leave"), page.url
    assert page.evaluate(IN_SIGHT, ".bar .lang"), page.url
    assert page.locator("h1").count() == 1, page.url


class Visitor:
    """Someone at a browser. `check` holds every page to WCAG 2.2 AA and to the width of the screen."""

    def __init__(self, stack, page: Page):
        self.stack, self.page = stack, page
        self.checked = 0

    def open(self, path):
        response = self.page.goto(self.stack.url + path)
        assert response.status < 500, (response.status, path, self.page.inner_text("body"))
        self.check()
        return response

    def check(self):
        self.page.wait_for_load_state()
        if first_look(f"{self.page.viewport_size['width']}\n{self.page.evaluate(AS_SEEN)}"):
            self.ask_axe()
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px too wide: {self.page.evaluate(TOO_WIDE)}"
        if self.page.locator(".bar .leave").count():
            hold(self.page)
        self.checked += 1
        if SHOTS.name:
            name = re.sub(r"[0-9a-f-]{36}", "id", self.page.url.removeprefix(self.stack.url)).strip("/")
            width, lang = (
                self.page.viewport_size["width"],
                self.page.evaluate("document.documentElement.lang"),
            )
            file = f"{lang}-{width}-{name.replace('/', '_') or 'landing'}.png"
            self.page.screenshot(path=SHOTS / file, full_page=True)

    def ask_axe(self):
        self.page.evaluate(axe_script())
        size = self.page.viewport_size
        if self.page.locator("header.top .nav").count():
            # What stays while the page goes by lies over parts of it: axe sees the page in one piece.
            height = self.page.evaluate("document.documentElement.scrollHeight")
            self.page.set_viewport_size({**size, "height": height})
        assert self.problems(AXE) == [], self.page.url
        self.look_in_the_dark()
        self.page.set_viewport_size(size)

    def problems(self, options):
        violations = self.page.evaluate(
            "options => axe.run(options).then(found => found.violations)", options
        )
        return [f"{one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"]]

    def look_in_the_dark(self):
        """Look at a page of staff once more in the other look, for contrast alone."""
        page = re.sub(r"[0-9a-f-]{36}", "id", self.page.url.split("?")[0].removeprefix(self.stack.url))
        if page in SEEN_DARK or not self.page.locator("header.top").count():
            return
        SEEN_DARK.add(page)
        self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert self.problems(DARK) == [], f"{self.page.url}, dark"
        # Still without motion, and painted: a color that fades would be looked at half-way.
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")

    def press(self, words, *, within="main"):
        self.page.locator(within).get_by_role("button", name=self.words(words), exact=True).first.click()
        self.page.wait_for_load_state()
        self.check()

    def submit(self):
        """Press the button that goes on, or the first of a page that has none."""
        go = self.page.locator("main form button.go")
        (go if go.count() else self.page.locator("main form button[type=submit]")).first.click()
        self.page.wait_for_load_state()
        self.check()

    def can_leave(self):
        """Have the everyday site in reach, to which Leave goes."""
        self.page.route(NEUTRAL, lambda route: route.fulfill(body="the weather"))

    def leave(self):
        self.page.locator(".bar button.leave").click(no_wait_after=True)
        self.page.wait_for_url(NEUTRAL)

    def choose(self, name, *values):
        for value in values:
            self.page.check(f"input[name={name}][value={value}]")

    def fill(self, name, text):
        self.page.fill(f"[name={name}]", text)

    def date(self, name, iso):
        year, month, day = iso.split("-")
        self.fill(f"{name}_day", day)
        self.page.select_option(f"[name={name}_month]", str(int(month)))
        self.fill(f"{name}_year", year)

    def sign_in(self, who):
        """Sign in as someone of the demo office: typed once on each stack, then with that session."""
        kept = self.stack.sessions.get(who)
        if kept and self.stack.ask(RENEW, row_key(kept["value"])):
            self.page.context.add_cookies([kept])
            self.open("/home/")
        else:
            self.type_in(who)
            cookies = {one["name"]: one for one in self.page.context.cookies()}
            self.stack.sessions[who] = cookies[settings.SESSION_COOKIE_NAME]

    def type_in(self, who):
        self.open("/sign-in/")
        self.fill("username", f"{who}@demo.example")
        self.fill("password", PASSWORD)
        self.submit()
        self.fill("code", CODE)
        self.submit()
        assert self.page.url.endswith("/home/")

    @property
    def language(self):
        return self.page.get_attribute("html", "lang")

    def words(self, text):
        """Return a text of the pages in the language of the page that is open."""
        with override(self.language):
            return gettext(text)

    def sees(self, text):
        """Tell whether a text stands on the page: what somebody typed, or words in the page's language."""
        return self.words(text) in self.page.inner_text("body")


@pytest.fixture
def visit(stack, browser):
    """Return a function that opens a fresh browser session for one person."""
    contexts = []

    def open_session(*, width=360, locale="en-US", **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale, **options)
        context.set_default_timeout(40_000)
        contexts.append(context)
        return Visitor(stack, context.new_page())

    yield open_session
    for context in contexts:
        context.close()
