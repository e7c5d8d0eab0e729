"""A real browser against the running application; every page visited is checked with axe."""

import os
import re
import shutil
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from tests.pages import serving
from tests.running import running_stack

CHROMIUM = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PASSWORD, CODE = "lantern-demo-2026", "246810"
SHOTS = Path(os.environ.get("INTAKE_SHOTS", ""))


@pytest.fixture(scope="session")
def pages():
    """Return {path: bytes} of a site the worker can fetch from, at any name that ends in .example."""
    return {}


@pytest.fixture(scope="session")
def stack(tmp_path_factory, pages):
    folder = tmp_path_factory.mktemp("journeys")
    with serving(pages) as port:
        settings = {"EVIDENCE_FETCHER": "tests.pages.fetcher", "TEST_PAGES_PORT": str(port)}
        with running_stack("journeys", folder, 2, EVENTS_LEASE_SECONDS="2", **settings) as stack:
            yield stack


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        yield playwright.chromium.launch(executable_path=path, args=CHROMIUM)


class Visitor:
    """Someone at a browser. `check` holds every page to WCAG 2.2 AA and to the width of the screen."""

    def __init__(self, stack, page: Page):
        self.stack, self.page = stack, page
        self.checked = 0

    def open(self, path):
        response = self.page.goto(self.stack.url + path)
        self.check()
        return response

    def check(self):
        report = Axe().run(self.page, options=AXE).response
        problems = [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in report["violations"]
            for node in violation["nodes"]
        ]
        assert problems == [], f"{self.page.url}: {problems}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"
        self.checked += 1
        if SHOTS.name:
            name = re.sub(r"[0-9a-f-]{36}", "id", self.page.url.removeprefix(self.stack.url)).strip("/")
            width, lang = (
                self.page.viewport_size["width"],
                self.page.evaluate("document.documentElement.lang"),
            )
            file = f"{lang}-{width}-{name.replace('/', '_') or 'landing'}.png"
            self.page.screenshot(path=SHOTS / file, full_page=True)

    def press(self, words, *, within="main"):
        self.page.locator(within).get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state()
        self.check()

    def submit(self):
        """Press the page's first button in the content."""
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state()
        self.check()

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
        self.open("/sign-in/")
        self.fill("username", f"{who}@demo.example")
        self.fill("password", PASSWORD)
        self.submit()
        self.fill("code", CODE)
        self.submit()
        assert self.page.url.endswith("/home/")

    def sees(self, text):
        return text in self.page.inner_text("body")


@pytest.fixture
def visit(stack, browser):
    """Return a function that opens a fresh browser session for one person."""
    contexts = []

    def open_session(*, width=360, locale="en-US", **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(stack, context.new_page())

    yield open_session
    for context in contexts:
        context.close()


def wait_until(question, seconds=30):
    """Ask until the answer is true; the worker works beside us."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = question()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")
