"""Tells named people when a part fails and when it is well again: by mail, by webhook, and by silence.

`manage.py watch` runs it in a process of its own, which needs neither worker nor schedule. The heartbeat goes
to an outside monitor while nothing is wrong: when it stops, that one calls, also where this machine is gone.
"""

import json
import logging
import smtplib
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail

from operations.findings import BAD, Finding

log = logging.getLogger(__name__)
LOOKS = 2  # a part that fails once may be starting anew
AGAIN = timedelta(hours=6)
SECONDS = 10


@dataclass
class Trouble:
    """A part that fails: how many looks saw it, and when people were told last."""

    finding: Finding
    looks: int = 1
    told_at: datetime | None = None


@dataclass
class Watcher:
    """Remembers what was told, so that nobody is told each minute."""

    troubles: dict[str, Trouble] = field(default_factory=dict)

    def see(self, findings: Iterable[Finding], *, at: datetime) -> None:
        """Take in a look: tell what is new, what goes on for long, what ended; else give the heartbeat."""
        bad = {finding.key: finding for finding in findings if finding.state == BAD}
        for key, finding in bad.items():
            trouble = self.troubles.setdefault(key, Trouble(finding, looks=0))
            trouble.finding, trouble.looks = finding, trouble.looks + 1
            is_due = trouble.told_at is None or at - trouble.told_at >= AGAIN
            if trouble.looks >= LOOKS and is_due:
                trouble.told_at = at if tell(finding, is_over=False, at=at) else trouble.told_at
        for key in self.troubles.keys() - bad.keys():
            if (trouble := self.troubles.pop(key)).told_at:
                tell(trouble.finding, is_over=True, at=at)
        if not bad:
            ask(settings.HEARTBEAT_URL)


def tell(finding: Finding, *, is_over: bool, at: datetime) -> bool:
    """Tell everybody who is named, by every way there is; tell whether one of them worked."""
    state = "over" if is_over else "failed"
    log.error("part %s key=%s code=%s", state, finding.key, finding.code)
    lines = [f"{finding.title}: {'well again' if is_over else finding.words}"]
    lines += [] if is_over else [finding.todo]
    text = "\n".join([*lines, "", f"{at:%Y-%m-%d %H:%M} UTC", settings.SITE_URL])
    ways = []
    if settings.ALERT_MAILS:
        ways.append(_mail(f"[intake] {finding.title}: {state}", text))
    if settings.ALERT_WEBHOOK:
        said = {"part": finding.key, "code": finding.code, "state": state, "text": text, "at": at.isoformat()}
        ways.append(ask(settings.ALERT_WEBHOOK, json.dumps(said).encode()))
    return any(ways) or not ways


def _mail(subject: str, text: str) -> bool:
    try:
        send_mail(subject, text, None, list(settings.ALERT_MAILS))
    except (OSError, smtplib.SMTPException) as error:
        log.error("alert not mailed error=%s", type(error).__name__)
        return False
    return True


def ask(address: str, content: bytes | None = None) -> bool:
    """Ask an address of ours outside, or send it something; False where it does not answer or is none."""
    if not address.startswith(("https://", "http://")):
        return False
    headers = {"Content-Type": "application/json"} if content else {}
    request = urllib.request.Request(address, data=content, headers=headers)  # noqa: S310  checked above
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310  # nosec B310  an operator's own
            return True
    except OSError as error:
        log.error("not reached error=%s", type(error).__name__)
        return False
