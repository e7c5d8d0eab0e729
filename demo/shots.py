"""Pictures of the main pages of each role, as somebody of the demo office sees them in a browser."""

from pathlib import Path
from typing import Any

from django.conf import settings

from demo.people import ADE, CORA, INES, PASSWORD

LANGUAGES, LOOKS, WIDTHS = ["en", "ar"], ["light", "dark"], [360, 1280, 1920]
CASE = ["", "told-us/", "screening/", "dates/", "people/", "papers/", "referral/", "messages/", "history/"]
# Each role: who signs in, and their pages by name. What stands under CASE is of the first case of the list.
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "caseworker": (
        CORA.email,
        {
            "home": "/home/",
            "queue": "/cases/",
            "filter": "/cases/filter/",
            "conflicts": "/conflicts/",
            "library": "/library/",
            "phone": "/phone/",
            "search": "/search/",
            "help": "/directory/",
            **{f"case-{tab.strip('/') or 'overview'}": f"CASE{tab}" for tab in CASE},
        },
    ),
    "attorney": (ADE.email, {"home": "/home/", "library": "/library/"}),
    "administrator": (
        INES.email,
        {"home": "/home/", "queue": "/cases/", "office": "/office/", "stuck": "/stuck/"},
    ),
    "nobody": ("", {"styleguide": "/styleguide/", "parts": "/styleguide/staff/", "sign-in": "/sign-in/"}),
}
FIRST = "() => document.querySelector('.queue .c-name a')?.getAttribute('href') || ''"
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"


class Camera:
    """One role's browser. It signs in once, and goes through its pages for each look of them."""

    def __init__(self, browser: Any, address: str, folder: Path, role: str):
        self.address, self.folder, self.role, self.taken = address.rstrip("/"), folder, role, 0
        who, self.pages = PAGES[role]
        self.page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        if who:
            self._sign_in(who)

    def _sign_in(self, who: str) -> None:
        self.page.goto(f"{self.address}/sign-in/")
        self.page.fill("[name=username]", who)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main form button[type=submit]")
        self.page.fill("[name=code]", settings.DEMO_CODE)
        self.page.click("main form button[type=submit]")
        self.page.wait_for_url("**/home/")

    def take(self, language: str, look: str, width: int, *, only: list[str]) -> list[str]:
        """Save each page; return what is wrong with some: not there, or wider than the screen."""
        cookies = {"django_language": language, "look": look}
        here = [{"name": name, "value": value, "url": self.address} for name, value in cookies.items()]
        self.page.context.add_cookies(here)
        self.page.set_viewport_size({"width": width, "height": 800})
        wrong = []
        for name, path in self.pages.items():
            if only and name not in only:
                continue
            said = self._shoot(path, self.folder / f"{self.role}-{name}-{width}-{language}-{look}.png")
            wrong += [f"{self.role} {name} at {width} px, {language}, {look}: {said}"] if said else []
        return wrong

    def _shoot(self, path: str, file: Path) -> str:
        if path.startswith("CASE"):
            self.page.goto(f"{self.address}/cases/")
            case = self.page.evaluate(FIRST)
            if not case:
                return "no case to show"
            path = case + path.removeprefix("CASE")
        answer = self.page.goto(self.address + path)
        self.page.wait_for_load_state()
        self.page.screenshot(path=file, full_page=True)
        self.taken += 1
        if answer is None or not answer.ok:
            return f"answered {answer and answer.status}"
        wide = self.page.evaluate(TOO_WIDE)
        return f"{wide} px too wide" if wide > 0 else ""
