"""Which apps are ours: those of INSTALLED_APPS in this folder, top first. Nothing else lists them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def our_apps(installed: Sequence[str] | None = None) -> list[str]:
    """Return our apps as INSTALLED_APPS names them ("cases", "foundation.events"), top first.

    `installed` is for the settings alone, which cannot be asked while they are read.
    """
    if installed is None:
        from django.conf import settings  # here: the settings themselves import this module

        installed = settings.INSTALLED_APPS
    return [app for app in installed if (ROOT / app.partition(".")[0]).is_dir()]


def our_packages(installed: Sequence[str] | None = None) -> list[str]:
    """Return the folders our apps lie in ("cases", "foundation"), top first, each once."""
    return list(dict.fromkeys(app.partition(".")[0] for app in our_apps(installed)))


def our_labels() -> set[str]:
    """Return our apps as Django labels them ("cases", "events")."""
    return {app.rpartition(".")[2] for app in our_apps()}


def our_sources() -> Iterator[Path]:
    """Yield every Python file of our apps, migrations left out."""
    for package in our_packages():
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.relative_to(ROOT).parts:
                yield path
