"""The letters of a case as its page shows them."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from cases.models import Case, Status
from foundation.badges import GOOD, QUIET, WARN, Badge
from letters.kinds import Kind
from letters.models import Letter
from letters.queries import letters_of

SHOWN = 5
# What a case's status asks to be written.
FITS = {
    Status.DECLINED: Kind.DECLINE,
    Status.REFERRED_OUT: Kind.HAND_OVER,
    Status.CLOSED: Kind.CLOSING,
}


@dataclass(frozen=True)
class LetterLine:
    """A letter in one line: what it is, since when, whether the person has it."""

    kind: Kind
    made_at: datetime
    state: Badge


def letter_lines(case: Case) -> list[LetterLine]:
    """Return the newest letters of a case; none is opened."""
    return [
        LetterLine(Kind(letter.kind), letter.made_at, state_of(letter)) for letter in letters_of(case)[:SHOWN]
    ]


def fitting(case: Case, *, is_reserved: bool, lines: list[LetterLine]) -> Kind | None:
    """Return the letter that a case asks for now; None where there is none, or one was written since."""
    kind = Kind.ENGAGEMENT if is_reserved else FITS.get(Status(case.status))
    since = case.closed_at
    written = any(line.kind == kind and not (since and line.made_at < since) for line in lines)
    return None if written else kind


def language_of(case: Case) -> str:
    """Return the language of the site that a case's form was sent in, else the first."""
    spoken = case.intake.language
    return spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def state_of(letter: Letter) -> Badge:
    if letter.dropped_at:
        return Badge(_("Put away"), QUIET)
    return Badge(_("They have it"), GOOD) if letter.given_at else Badge(_("Not given yet"), WARN)
