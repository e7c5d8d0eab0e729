"""Break one thing after another while people work: demo/drill, in a process and a folder of its own."""

import subprocess
import sys
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand the arguments on as they were typed: the drill reads its settings from the folder it makes."""
        sys.exit(subprocess.run([sys.executable, "-m", "demo.drill", *argv[2:]]).returncode)

    def handle(self, *args: Any, **options: Any) -> None:
        self.run_from_argv(["", "", *args])
