"""Every message in every language of the site: whose words it has, and how a locked phone shows it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from foundation.accounts.models import Office
from foundation.badges import GOOD, QUIET, WARN, Badge
from notifications.kinds import KINDS
from notifications.models import Wording
from notifications.rules import LockScreen, fill, lock_screen
from notifications.wording import Words, program_words

SAMPLE_LINK = "https://example.org/0a1b2c"


@dataclass(frozen=True)
class WordingSlot:
    """One kind of message in one language: `used` are the office's words that go out, `newest` its last."""

    kind: str
    language: str
    program: Words
    used: Any
    newest: Any

    @property
    def language_name(self) -> str:
        return str(get_language_info(self.language)["name_translated"])

    @property
    def title(self) -> str:
        """What the kind is called, in the reader's language."""
        return str(KINDS[self.kind].title)

    @property
    def for_applicants(self) -> bool:
        return KINDS[self.kind].for_applicants

    @property
    def state(self) -> Badge:
        if self.newest and self.newest.ended_at is None and not self.newest.is_fit:
            return Badge(_("Waits for a lawyer"), WARN)
        return Badge(_("Your own words"), GOOD) if self.used else Badge(_("The program's words"), QUIET)


def slots_of(office: Office) -> list[WordingSlot]:
    """Return every kind in every language; what goes to people who seek help stands first."""
    versions: dict[tuple[str, str], list[Wording]] = {}
    for version in Wording.objects.filter(office=office).order_by("-number"):
        versions.setdefault((version.kind, version.language), []).append(version)
    kinds = sorted(KINDS, key=lambda kind: not KINDS[kind].for_applicants)
    return [
        slot_of(kind, language, versions.get((kind, language), []))
        for kind in kinds
        for language, _label in settings.LANGUAGES
    ]


def slot_of(kind: str, language: str, versions: list[Wording]) -> WordingSlot:
    used = next((version for version in versions if version.is_fit), None)
    with override(language):
        program = program_words(kind)
    return WordingSlot(kind, language, program, used, versions[0] if versions else None)


def shown_locked(office: Office, title: str, body: str) -> LockScreen:
    """Return words as a locked phone shows them, with the office's phone and an address about nobody."""
    return lock_screen(title, fill(body, phone=office.phone, link=SAMPLE_LINK))
