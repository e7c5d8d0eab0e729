"""How long somebody on an old phone and a slow line waits for the first page and the first question.

python -m benchmarks.first_page http://localhost:8000 [--times 5]

Against a site that runs (`manage.py up`). Chromium with nothing in its cache, 360 px wide, its processor
slowed four times, the line slowed to 400 ms for each request and 50 KB a second. Not in it: the look-up of
the name and the beginnings of TCP and TLS, about three round trips more, once.
"""

import argparse
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, sync_playwright

from foundation.devstack.chromium import chromium

LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50 * 1000,
    "uploadThroughput": 50 * 1000,
}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass(frozen=True)
class Visit:
    """Seconds of one visit: until the first page is painted, from the press on Start to the first question.

    `kilobytes` is what came over the line until the first page stood, headers included; `requests` how many
    times something was asked for.
    """

    first_paint: float
    first_question: float
    kilobytes: float
    requests: int

    @property
    def together(self) -> float:
        return self.first_paint + self.first_question


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("site")
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    for language in ("en", "ar"):
        visits = list(measure(asked.site, language, asked.times))
        sys.stdout.write("\n  ".join([language, *said(visits)]) + "\n")


def said(visits: list[Visit]) -> Iterator[str]:
    """Yield a line for each figure: the median, and the worst."""
    for name in ("first_paint", "first_question", "together", "kilobytes", "requests"):
        values = [getattr(visit, name) for visit in visits]
        yield f"{name:<15} {statistics.median(values):6.2f}   worst {max(values):6.2f}"


def measure(site: str, language: str, times: int) -> Iterator[Visit]:
    """Yield some visits, each with an empty cache."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(times):
            yield visit(browser, site, language)
        browser.close()


def visit(browser: Browser, site: str, language: str) -> Visit:
    """Open the first page, press Start, and wait until the first question can be answered."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale=language)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    received: list[float] = []
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(site, wait_until="networkidle")
    painted = page.evaluate(PAINTED) / 1000
    weight = sum(received) / 1000, len(received)
    page.locator("main a.go").click()
    page.locator("main form input[type=radio]").first.wait_for()
    page.wait_for_function(PAINTED)
    found = Visit(painted, page.evaluate(PAINTED) / 1000, *weight)
    context.close()
    return found


if __name__ == "__main__":
    main()
