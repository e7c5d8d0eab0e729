"""The mail server, behind a protocol. In development Django writes each mail into a folder instead."""

from dataclasses import dataclass
from typing import Protocol

from django.core.mail import EmailMessage


@dataclass(frozen=True)
class Mail:
    """One mail; `key` makes its Message-ID, so a second sending can be recognized as the same mail."""

    to: str
    subject: str
    body: str
    key: str


class MailClient(Protocol):
    def send(self, mail: Mail) -> None:
        """Send, or raise."""


class DjangoMail:
    """Sends through the backend named in the settings: SMTP in production, a folder elsewhere."""

    def send(self, mail: Mail) -> None:
        headers = {"Message-ID": f"<{mail.key}@intake>"}
        EmailMessage(mail.subject, mail.body, to=[mail.to], headers=headers).send()


class NullMail:
    """Sends nothing and remembers what it was asked to send."""

    def __init__(self) -> None:
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)
