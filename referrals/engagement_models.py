"""What becomes of an accepted case: reserved, represented, handed to a colleague, given back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from foundation.accounts.matters import MatterModel
from foundation.badges import GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import Rows, matter_rows
from foundation.files.models import Upload
from referrals.panel_models import Practitioner
from referrals.sees import OWN_OR_FIRM


class HowEnded(models.TextChoices):
    """How an assignment ended, for whoever held it: "" where that was before anybody noted it."""

    GIVEN_BACK = "given_back", _("You gave it back.")
    TAKEN_BACK = "taken_back", _("Your office took it back from you.")
    CLOSED = "closed", _("The case was closed.")
    LEFT = "left", _("What you held was handed over, as you were away or shut out.")
    OVERDUE = "overdue", _("No engagement was signed in time.")
    HANDED_ON = "handed_on", _("A colleague took it over from you.")


class EngagementScope(models.TextChoices):
    """For what somebody is engaged; "" where nobody said."""

    FULL = "full", _("The whole case")
    LIMITED = "limited", _("A part of it, as the letter says")
    CONSULT = "consult", _("Advice only")


class LetterHow(models.TextChoices):
    """Where the signed engagement letter is; "" where nobody said."""

    FILE = "file", _("Among the files of the case")
    PAPER = "paper", _("Signed on paper, kept by the attorney")


class PapersBack(models.TextChoices):
    """What became of the person's papers when their lawyer left; "" where nobody said."""

    PERSON = "person", _("Given back to the person")
    OFFICE = "office", _("Given to the office")
    NONE = "none", _("There were none")
    NOT_YET = "not_yet", _("Not yet: still with the attorney")


class Assignment(MatterModel):
    """Accepted responsibility: the case is reserved, and represented once the engagement is signed.

    Not signed in time it raises an alarm (`alarmed_at`), and some days later the case goes back. `letter` is
    the signed engagement among the files of the case. `papers_back` says what became of the person's papers
    once it ended.
    """

    PRIVACY: ClassVar = {
        "internal": "user case practitioner offer reserved_at engaged_on engaged_recorded_at ended_at"
        " ended_how alarmed_at scope letter_how letter papers_back"
    }
    ROWS: ClassVar[Rows] = matter_rows(attorney="select insert update", attorney_sees=OWN_OR_FIRM)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="assignments")
    offer = models.OneToOneField("referrals.Offer", on_delete=models.PROTECT, related_name="assignment")
    reserved_at = models.DateTimeField()
    engaged_on = models.DateField(null=True)
    engaged_recorded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=10, choices=HowEnded.choices, blank=True)
    alarmed_at = models.DateTimeField(null=True)
    scope = models.CharField(max_length=8, choices=EngagementScope.choices, blank=True)
    letter_how = models.CharField(max_length=6, choices=LetterHow.choices, blank=True)
    letter = models.ForeignKey(Upload, null=True, on_delete=models.SET_NULL, related_name="+")
    papers_back = models.CharField(max_length=8, choices=PapersBack.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="one_live_assignment", condition=Q(ended_at=None)),
            models.CheckConstraint(
                name="engagement_is_whole",
                condition=Q(engaged_on=None, engaged_recorded_at=None)
                | Q(engaged_on__isnull=False, engaged_recorded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Assignment {self.pk}"


class AppearanceForm(models.TextChoices):
    """By which form a lawyer says to whom it concerns that they represent somebody (8 CFR 292.4, 1003.17)."""

    EOIR28 = "eoir28", _("EOIR-28, to the immigration court")
    G28 = "g28", _("G-28, to USCIS, ICE or CBP")


class AppearanceState(BadgeChoices):
    NOT_NEEDED = "not_needed", _("Not needed")
    TO_FILE = "to_file", _("To be filed")
    FILED = "filed", _("Filed")
    ACCEPTED = "accepted", _("Accepted")

    @property
    def tone(self) -> str:
        return {AppearanceState.TO_FILE: WARN, AppearanceState.ACCEPTED: GOOD}.get(self, QUIET)


class Appearance(MatterModel):
    """How one form of appearance stands in an assignment; without a row nobody said."""

    PRIVACY: ClassVar = {"internal": "user assignment form state filed_on noted_by noted_at"}
    ROWS: ClassVar[Rows] = matter_rows(attorney="select insert update", attorney_sees=OWN_OR_FIRM)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="appearances")
    form = models.CharField(max_length=6, choices=AppearanceForm.choices)
    state = models.CharField(max_length=10, choices=AppearanceState.choices)
    filed_on = models.DateField(null=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "form"], name="one_appearance_of_a_form"),
            models.CheckConstraint(
                name="appearance_filed_on_a_day",
                condition=Q(state__in=["filed", "accepted"], filed_on__isnull=False)
                | Q(state__in=["not_needed", "to_file"], filed_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Appearance {self.pk}"
