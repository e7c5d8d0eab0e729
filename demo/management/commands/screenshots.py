"""Save a picture of every main page of the running stack: each role, width, language and look.

Needs `up` in another terminal, and a browser (`verify` fetches both what drives it and what it checks with).
"""

import sys
from itertools import product
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo.shots import LANGUAGES, LOOKS, PAGES, WIDTHS, Camera
from foundation.devstack.chromium import chromium
from foundation.devstack.up import running_address


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where the pictures go")
        parser.add_argument("--role", action="append", choices=list(PAGES), help="all where not said")
        parser.add_argument("--width", action="append", type=int, help="360, 1280 and 1920 where not said")
        parser.add_argument("--language", action="append", choices=LANGUAGES, help="both where not said")
        parser.add_argument("--look", action="append", choices=LOOKS, help="light where not said")
        parser.add_argument("--page", action="append", help="only pages of this name")
        parser.add_argument(
            "--check", action="store_true", help="exit 1 where a page is too wide or not there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        address = running_address()
        if not address:
            raise CommandError("It is not running: python3 manage.py up")
        try:
            from playwright.sync_api import sync_playwright  # of the tests: not there where nobody tests
        except ImportError as missing:
            raise CommandError(
                "Run `python3 manage.py verify --quick` once: it installs the browser"
            ) from missing
        options["folder"].mkdir(parents=True, exist_ok=True)
        chosen = (options["language"] or LANGUAGES, options["look"] or ["light"], options["width"] or WIDTHS)
        wrong: list[str] = []
        with sync_playwright() as playwright:
            path = chromium()
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
            for role in options["role"] or list(PAGES):
                camera = Camera(browser, str(address), options["folder"], role)
                for language, look, width in product(*chosen):
                    wrong += camera.take(language, look, width, only=options["page"] or [])
                self.stdout.write(f"{role}: {camera.taken} pictures")
        for line in wrong:
            self.stderr.write(line)
        if wrong and options["check"]:
            sys.exit(1)
