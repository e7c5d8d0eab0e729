"""What somebody of the staff wants to be mailed, and when: never whether they are told in the app."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.database.rows import ALL, OWN, STAFF, Rows, Rule
from notifications.data import groups, told_kind
from notifications.hours import hours_out_of, next_of, zone_of


class How(models.TextChoices):
    """How a group of events is mailed. Whatever it is, it stands in the app."""

    AT_ONCE = "at_once", _("Mail at once")
    DIGEST = "digest", _("In the day's digest")
    NOT = "not", _("No mail")


class Preference(models.Model):
    """How one colleague wants to be mailed: a row comes with their first choice, or their first digest.

    `hows` holds {group: How} of what is not mailed at once; a group that must be answered never counts.
    Between the hours `quiet_from` and `quiet_until`, by the clock of `zone` ("" the office's), mail waits.
    `day_told_on` and `week_told_on` are when a digest was last written, so that two clocks write one.
    """

    PRIVACY: ClassVar = {
        "internal": "id user hows quiet_from quiet_until zone wants_week day_told_on week_told_on changed_at"
    }
    ROWS: ClassVar[Rows] = {
        **{role: Rule("select insert update", OWN) for role in STAFF},
        "system": Rule(ALL),
    }

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    hows = models.JSONField(default=dict)
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_until = models.PositiveSmallIntegerField(null=True)
    zone = models.CharField(max_length=60, blank=True)
    wants_week = models.BooleanField(default=True)
    day_told_on = models.DateField(null=True)
    week_told_on = models.DateField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="preference_quiet_from_and_until",
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__lte=23, quiet_until__lte=23) & ~Q(quiet_from=models.F("quiet_until")),
            )
        ]

    def __str__(self) -> str:
        return f"Preference {self.user_id}"

    def how(self, group: str) -> str:
        """Return how a group of events is mailed: what must be answered at once, whatever was chosen."""
        return How.AT_ONCE if groups().get(group) else self.hows.get(group, How.AT_ONCE)

    def how_of(self, kind: str) -> str:
        """Return how messages of a kind are mailed."""
        return self.how(told_kind(kind).group)

    def mail_from(self, kind: str, at: datetime, *, zone: str) -> datetime:
        """Return from when on a message of a kind may be mailed: `at`, or the end of the quiet hours."""
        if self.quiet_from is None or self.quiet_until is None or told_kind(kind).goes:
            return at
        clock = zone_of(self.zone) or zone_of(zone)
        return next_of(hours_out_of(self.quiet_from, self.quiet_until), at, clock) if clock else at


class Subscription(models.Model):
    """That somebody is told when something grows: of a kind of message, about a thing an app above knows.

    `since` is from when on what is new counts: it moves on when they are told.
    """

    PRIVACY: ClassVar = {"internal": "id user kind about since"}
    ROWS: ClassVar[Rows] = {
        **{role: Rule("select insert delete", OWN) for role in STAFF},
        "system": Rule(ALL),
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=40)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("user", "kind", "about", name="one_subscription_of_a_thing")]

    def __str__(self) -> str:
        return f"Subscription {self.pk}"
