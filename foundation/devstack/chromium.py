"""The browser of the tests, the screenshots and the benchmarks: Debian's Chromium."""

import shutil


def chromium() -> str | None:
    """Return where the browser is, the one without windows before the whole one; None where neither is.

    Both paint and run the same; the whole one starts a process for tabs of its own with each page.
    """
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")
