"""Bring the database up to date and load the demo office: one process, so that a restart is quick."""

import os

import django
from django.core.management import call_command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    # With its checks, so that broken data files stop the start and are named.
    call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
    call_command("load_demo")


if __name__ == "__main__":
    main()
