"""Pictures of the main pages of each role, as somebody of the demo office sees them in a browser."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from demo.people import ADE, CORA, INES, PASSWORD

LANGUAGES, LOOKS, WIDTHS = ["en", "ar"], ["light", "dark"], [360, 1280, 1920]
# Each role: who signs in, and the names of their pages; those of a case show the first one of the list.
OF_A_CASE = (
    "case",
    *(
        f"workspace:{tab}"
        for tab in ("told-us", "screening", "dates", "people", "papers", "referral", "messages", "history")
    ),
)
PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "caseworker": (
        CORA.email,
        (
            *("home", "workspace:queue", "workspace:queue-filter", "workspace:conflicts", "workspace:phone"),
            *("workspace:search", "evidence:documents", "directory:organizations", *OF_A_CASE),
            *("notifications:inbox", "notifications:my-mails"),
        ),
    ),
    "attorney": (ADE.email, ("home", "panel:board", "evidence:documents")),
    "administrator": (
        INES.email,
        (
            "home",
            "workspace:queue",
            "workspace:ledger",
            "workspace:stuck",
            "office",
            "operations:installation",
        ),
    ),
    "nobody": ("", ("styleguide", "staff-styleguide", "login")),
}
FIRST = "() => document.querySelector('.queue input[name=case]')?.value || ''"
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
        self.page.goto(self.address + reverse("login"))
        self.page.fill("[name=username]", who)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main form button[type=submit]")
        self.page.fill("[name=code]", settings.DEMO_CODE)
        self.page.click("main form button[type=submit]")
        self.page.wait_for_url(f"**{reverse('home')}")

    def _first_case(self) -> str:
        self.page.goto(self.address + reverse("workspace:queue"))
        return str(self.page.evaluate(FIRST))

    def take(self, language: str, look: str, width: int, *, only: list[str]) -> list[str]:
        """Save each page; return what is wrong with some: not there, or wider than the screen."""
        cookies = {"django_language": language, "look": look}
        here = [{"name": name, "value": value, "url": self.address} for name, value in cookies.items()]
        self.page.context.add_cookies(here)
        self.page.set_viewport_size({"width": width, "height": 800})
        wrong = []
        for page in self.pages:
            name = page.rpartition(":")[2]
            if only and name not in only:
                continue
            said = self._shoot(page, self.folder / f"{self.role}-{name}-{width}-{language}-{look}.png")
            wrong += [f"{self.role} {name} at {width} px, {language}, {look}: {said}"] if said else []
        return wrong

    def _shoot(self, page: str, file: Path) -> str:
        case = self._first_case() if page in OF_A_CASE else ""
        if page in OF_A_CASE and not case:
            return "no case to show"
        answer = self.page.goto(self.address + reverse(page, args=[case] if case else []))
        self.page.wait_for_load_state()
        self.page.screenshot(path=file, full_page=True)
        self.taken += 1
        if answer is None or not answer.ok:
            return f"answered {answer and answer.status}"
        wide = self.page.evaluate(TOO_WIDE)
        return f"{wide} px too wide" if wide > 0 else ""
