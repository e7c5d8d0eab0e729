"""The board: what of waiting referrals practitioners may browse, and who asked for one of them (ADR 73)."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Track
from foundation.accounts.matters import MatterModel
from foundation.badges import BAD, GOOD, QUIET, WARN, Badge
from foundation.database.rows import Rows, matter_rows
from referrals.panel_models import Practitioner
from screening.models import Band


class Listing(MatterModel):
    """What the board tells of one referral: plain codes, always told less exactly, never a name or a word.

    `rules/coarsening.py` makes it of the codes of the case (ADR 55) and the days of its dates. Who may read
    it, and whether it stands on their board now, is asked of the database (`board_sql.py`): no practitioner
    sees this table. `hours` and `brings` are those of the synopsis that somebody approved.
    """

    PRIVACY: ClassVar = {
        "internal": "referral track band language region state custody is_child date_key date_from date_until"
        " hours brings listed_at"
    }
    ROWS: ClassVar[Rows] = matter_rows(caseworker="select", attorney="", assistant="", administrator="")

    referral = models.OneToOneField("referrals.Referral", on_delete=models.PROTECT, related_name="listing")
    track = models.CharField(max_length=12, choices=Track.choices)
    band = models.CharField(max_length=10, choices=Band.choices)
    language = models.CharField(max_length=3, blank=True)
    region = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=2, blank=True)
    custody = models.CharField(max_length=10, blank=True)
    is_child = models.BooleanField(null=True)
    date_key = models.CharField(max_length=40, blank=True)
    date_from = models.DateField(null=True)
    date_until = models.DateField(null=True)
    hours = models.CharField(max_length=4, blank=True)
    brings = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    listed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Listing {self.pk}"


class HowInterestEnded(models.TextChoices):
    """How it ended that somebody asked for a case of the board, as they read it."""

    WITHDRAWN = "withdrawn", _("You took it back")
    OFFERED = "offered", _("It was offered to you")
    DECLINED = "declined", _("Not you this time")
    LEFT = "left", _("It is not open any more")

    @property
    def badge(self) -> Badge:
        tone = {HowInterestEnded.OFFERED: GOOD, HowInterestEnded.DECLINED: BAD}.get(self, QUIET)
        return Badge(str(self.label), tone)


WAITS: tuple[Any, str] = (_("You asked for it"), WARN)
# The same as the office reads it.
WAITS_FOR_US: tuple[Any, str] = (_("Waits for an answer"), WARN)
STANDS: dict[str, tuple[Any, str]] = {
    HowInterestEnded.WITHDRAWN: (_("Taken back"), QUIET),
    HowInterestEnded.OFFERED: (_("Offered to them"), GOOD),
    HowInterestEnded.DECLINED: (_("Not them"), BAD),
    HowInterestEnded.LEFT: (_("It was not open any more"), QUIET),
}


class WhyNot(models.TextChoices):
    """Why a caseworker does not offer a case to somebody who asked for it; they read it."""

    OTHER_FITS = "other_fits", _("Somebody else fits it more closely.")
    LANGUAGE = "language", _("It needs somebody who speaks the language.")
    EXPERIENCE = "experience", _("It needs somebody who has done such cases.")
    PLACE = "place", _("It needs somebody who can be there in person.")
    OTHER = "other", _("Your office had another reason: ask it.")


class Interest(MatterModel):
    """That a practitioner asked for a referral on the board: until they take it back, or it is answered.

    The database writes it for them (`sec.say_interest`), and ends it: the matter is none of theirs.
    """

    PRIVACY: ClassVar = {"internal": "referral practitioner said_at ended_at ended_how why_not ended_by"}
    ROWS: ClassVar[Rows] = matter_rows(
        caseworker="select update(ended_at,ended_how,why_not,ended_by_id)",
        attorney="",
        assistant="",
        administrator="",
    )

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="interests")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="interests")
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=10, choices=HowInterestEnded.choices, blank=True)
    why_not = models.CharField(max_length=12, choices=WhyNot.choices, blank=True)
    ended_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "practitioner"],
                name="one_live_interest",
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="interest_ends_somehow",
                condition=Q(ended_at=None, ended_how="") | Q(ended_at__isnull=False) & ~Q(ended_how=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Interest {self.pk}"
