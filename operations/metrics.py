"""Figures for Prometheus. A label holds a method, a class of answers, a line, a part: never anybody's name.

What web processes count lies in a folder of theirs (PROMETHEUS_MULTIPROC_DIR, foundation/front), so that
whichever is asked answers for all; the rest is what the worker's last look found.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from operations import doctor
from operations.findings import BAD, OK, WARN
from operations.signs import kept_figures

registry = CollectorRegistry()
REQUESTS = Counter("intake_requests", "Requests answered", ["method", "answer"], registry=registry)
SIGN_INS = Counter("intake_sign_in_failures", "Sign-ins that failed", registry=registry)
STATES = {OK: 0, WARN: 1, BAD: 2}
METHODS = ("GET", "HEAD", "POST")


def count(method: str, status: int) -> None:
    """Count a request: what kind, and the class of its answer."""
    REQUESTS.labels(method if method in METHODS else "other", f"{status // 100}xx").inc()


def count_failed_sign_in() -> None:
    SIGN_INS.inc()


class Looked:
    """The figures of the last look, as gauges."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield each figure once."""
        kept = kept_figures()
        parts = GaugeMetricFamily("intake_part_state", "0 as it should be, 1 look, 2 mend", labels=["part"])
        for finding in doctor.as_seen_by_web(at=self.at):
            parts.add_metric([finding.key], STATES[finding.state])
        yield parts
        for name, words in (
            ("waiting", "Rows in line"),
            ("stuck", "Rows for a person"),
            ("age", "Seconds due"),
        ):
            gauge = GaugeMetricFamily(f"intake_line_{name}", words, labels=["line"])
            for key, line in kept.get("lines", {}).items():
                gauge.add_metric([key], line[name])
            yield gauge
        figures: dict[str, Any] = {"intake_unsigned_seconds": kept.get("unsigned")}
        figures["intake_last_look_seconds"] = self.at.timestamp() - kept["at"] if kept else None
        disk = shutil.disk_usage(_there(Path(settings.MEDIA_ROOT)))
        figures["intake_disk_free_bytes"] = disk.free
        figures["intake_backup_age_seconds"] = kept.get("backup_age")
        for name, value in figures.items():
            if value is not None:
                yield GaugeMetricFamily(name, name.replace("_", " "), value=value)


def _there(path: Path) -> Path:
    return path if path.is_dir() else _there(path.parent)


def page(*, at: datetime) -> bytes:
    """Return all figures in Prometheus's own text."""
    shown = registry
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        shown = CollectorRegistry()
        MultiProcessCollector(shown)
    looked = CollectorRegistry(auto_describe=False)
    looked.register(Looked(at))  # type: ignore[arg-type]
    return generate_latest(shown) + generate_latest(looked)
