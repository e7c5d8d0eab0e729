"""Who works for whom, and who is away: days that somebody said of a member of an office."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from foundation.database.rows import ALL, OFFICE, OWN, STAFF, Rows, Rule

USER = settings.AUTH_USER_MODEL


class Assistance(models.Model):
    """That an assistant works for an attorney: until `ends_on`, that day included, or until it was ended.

    While it lives the assistant reads what the attorney holds, and nothing that is only offered to them.
    """

    PRIVACY: ClassVar = {"internal": "id office assistant attorney begun_by begun_at ends_on ended_at"}
    ROWS: ClassVar[Rows] = {
        **{role: Rule("select", OFFICE) for role in STAFF},
        "administrator": Rule("select insert update(ends_on,ended_at)", OFFICE),
        "system": Rule(ALL),
    }

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="assistances")
    assistant = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    attorney = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assistant", "attorney"],
                name="one_live_assistance",
                condition=models.Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="assistance_of_two", condition=~models.Q(assistant=models.F("attorney"))
            ),
        ]

    def __str__(self) -> str:
        return f"Assistance {self.pk}"


class Away(models.Model):
    """That somebody is away from one day to another, both included; `cover` is None where nobody covers."""

    PRIVACY: ClassVar = {"internal": "id office user starts_on ends_on cover said_by said_at ended_at"}
    ROWS: ClassVar[Rows] = {
        **{role: Rule("select insert update(ended_at)", OFFICE, f"{OFFICE} AND {OWN}") for role in STAFF},
        # for everybody of the office; what a caseworker may, a supervisor may anyway
        "administrator": Rule("select insert update(ended_at)", OFFICE),
        "supervisor": Rule("select insert update(ended_at)", OFFICE),
        "system": Rule(ALL),
    }

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="aways")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    cover = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    said_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="away_from_to", condition=models.Q(starts_on__lte=models.F("ends_on"))
            ),
            models.CheckConstraint(
                name="away_covered_by_another",
                condition=models.Q(cover=None) | ~models.Q(cover=models.F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"Away {self.pk}"
