"""Who stands on an office's panel: practitioners, their firms, trainings, mentors and who insures them."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.away import away_between
from foundation.database.rows import OFFICE, OWN, Rows, Rule, office_rows
from referrals.rules import Hours

# Who changes what says who they are, or who insures them, is looked up anew, whichever program changed it.
UNVERIFY = """
    IF (OLD.kind, OLD.bar_state, OLD.bar_number, OLD.eoir_id) IS DISTINCT FROM
       (NEW.kind, NEW.bar_state, NEW.bar_number, NEW.eoir_id)
       AND NEW.verified_at IS NOT DISTINCT FROM OLD.verified_at THEN
        NEW.verified_at = NULL;
        NEW.verified_by_id = NULL;
    END IF;
    IF (OLD.cover, OLD.cover_until) IS DISTINCT FROM (NEW.cover, NEW.cover_until)
       AND NEW.cover_verified_at IS NOT DISTINCT FROM OLD.cover_verified_at THEN
        NEW.cover_verified_at = NULL;
        NEW.cover_verified_by_id = NULL;
    END IF;
    RETURN NEW;
"""


def kept_by_leaders(changes: str) -> Rows:
    """Return rules for what an administrator or a supervisor keeps, and the rest of the office reads."""
    written = f"insert update({changes})"
    return office_rows(
        caseworker="select",
        attorney="select",
        assistant="select",
        administrator=f"select {written}",
        others={"supervisor": Rule(written, OFFICE)},
    )


class Firm(models.Model):
    """A firm or organization that practitioners belong to; ended, nobody joins it any more.

    Whom its coordinators answer for follows from who is in it now (referrals/sql.py), and from nothing else.
    """

    PRIVACY: ClassVar = {"internal": "id office name batch ended_at"}
    ROWS: ClassVar[Rows] = kept_by_leaders("name,ended_at")

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="firms")
    name = models.CharField(max_length=120)
    # The list that brought it, with which it may be undone.
    batch = models.ForeignKey(
        "referrals.PanelImport", null=True, on_delete=models.PROTECT, related_name="firms"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("office", Lower("name"), name="one_firm_per_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("panel:firm", args=[self.pk])


class Training(models.Model):
    """Something an office wants its practitioners to have learned; ended, no queue asks for it anew."""

    PRIVACY: ClassVar = {"internal": "id office name ended_at"}
    ROWS: ClassVar[Rows] = kept_by_leaders("ended_at")

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="trainings")
    name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("office", Lower("name"), name="one_training_per_name")]

    def __str__(self) -> str:
        return self.name


class PanelRules(models.Model):
    """What an office holds its panel to; without a row, to nothing beside verified credentials.

    `needs_cover`: nothing is offered to whoever has no verified malpractice cover. [to verify: whether the
    office's own insurer or a program's rules require it]
    """

    PRIVACY: ClassVar = {"internal": "id office needs_cover"}
    ROWS: ClassVar[Rows] = office_rows(
        caseworker="select",
        attorney="select",
        assistant="select",
        administrator="select insert update(needs_cover)",
    )

    office = models.OneToOneField("accounts.Office", on_delete=models.PROTECT, related_name="+")
    needs_cover = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"PanelRules {self.office_id}"


class PractitionerKind(models.TextChoices):
    ATTORNEY = "attorney", _("Attorney")
    ACCREDITED = "accredited", _("Accredited representative")


class Cover(models.TextChoices):
    """Whose malpractice insurance covers a practitioner; "" where nobody said: not known is no No."""

    OWN = "own", _("A policy of their own")
    FIRM = "firm", _("Their firm's policy")
    OFFICE = "office", _("This office's policy")
    OTHER = "other", _("Another program's policy")
    NONE = "none", _("None")


# What says who somebody is before a court: a change of it ends what was verified.
CREDENTIALS = ("kind", "bar_state", "bar_number", "eoir_id")
# What says who insures them: a change of it ends what was verified of it.
COVER = ("cover", "cover_until")
# What a practitioner says of themselves, and may change at any time.
PROFILE = (
    *("languages", "countries", "states", "tracks", "detained", "remote", "capacity", "accepting"),
    *("time_zone", "opens", "closes", "browses"),
)
SAYS = (*CREDENTIALS, *COVER, *PROFILE, "expires_on")  # what is theirs to say, with what is looked up
# What the office says of them: in which firm, whether they answer for it, who stands by them.
PLACE = ("firm_id", "coordinates", "mentor_id")
VERIFIED = ("verified_by_id", "verified_at", "cover_verified_by_id", "cover_verified_at")
LED = f"update({','.join((*SAYS, *PLACE, *VERIFIED))})"


class Practitioner(models.Model):
    """Someone who may represent people: an attorney or an accredited representative (8 CFR 1292.1).

    Nothing is offered to them before somebody else of the office looked up their credentials (`verified_at`),
    nor after `expires_on`. `languages` they speak are ISO 639-3 codes, `countries` they know ISO 3166-1
    alpha-2, `states` they take cases in USPS codes; `tracks` as on a case. `detained`: they take people whom
    immigration holds; `remote`: they work from afar where a court lets them. `coordinates`: they answer for
    the people of their firm. An offer's time runs on business days from `opens` to `closes`, in `time_zone`
    or, without one, in that of the office. `browses`: they chose to look at the board of what waits.
    """

    PRIVACY: ClassVar = {
        "internal": f"id user office {' '.join(SAYS)} firm coordinates mentor verified_by verified_at"
        " cover_verified_by cover_verified_at",
    }
    ROWS: ClassVar[Rows] = {
        **office_rows(
            caseworker="select",
            assistant="select",
            administrator=f"select insert {LED}",
            others={"supervisor": Rule(f"insert {LED}", OFFICE)},
        ),
        "attorney": Rule(f"select update({','.join(SAYS)})", OFFICE, f"{OFFICE} AND {OWN}"),
    }

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practitioner"
    )
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="practitioners")
    kind = models.CharField(
        max_length=12, choices=PractitionerKind.choices, default=PractitionerKind.ATTORNEY
    )
    firm = models.ForeignKey(Firm, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    coordinates = models.BooleanField(default=False)
    mentor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="mentees"
    )
    bar_state = models.CharField(max_length=2, blank=True)
    bar_number = models.CharField(max_length=40, blank=True)
    eoir_id = models.CharField(max_length=20, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(null=True)
    cover = models.CharField(max_length=8, choices=Cover.choices, blank=True)
    cover_until = models.DateField(null=True, blank=True)
    cover_verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cover_verified_at = models.DateTimeField(null=True)
    languages = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    states = models.JSONField(default=list)
    tracks = models.JSONField(default=list)
    detained = models.BooleanField(default=False)
    remote = models.BooleanField(default=False)
    capacity = models.PositiveSmallIntegerField(default=3)
    accepting = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=60, blank=True)
    opens = models.PositiveSmallIntegerField(default=9)
    closes = models.PositiveSmallIntegerField(default=17)
    browses = models.BooleanField(default=False)

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="changed_credentials_are_unverified",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=UNVERIFY,
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="practitioner_verified_by_someone_else",
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False) & ~Q(verified_by=F("user")),
            ),
            models.CheckConstraint(
                name="practitioner_cover_verified_by_someone_else",
                condition=Q(cover_verified_at=None, cover_verified_by=None)
                | Q(cover_verified_at__isnull=False, cover_verified_by__isnull=False)
                & ~Q(cover_verified_by=F("user")),
            ),
            models.CheckConstraint(
                name="practitioner_coordinates_a_firm", condition=Q(coordinates=False) | Q(firm__isnull=False)
            ),
            models.CheckConstraint(
                name="practitioner_hours", condition=Q(opens__lt=F("closes"), closes__lte=24)
            ),
            models.CheckConstraint(
                name="practitioner_is_not_their_own_mentor",
                condition=Q(mentor=None) | ~Q(mentor=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("panel:practitioner", args=[self.pk])

    def is_expired(self, *, on: date) -> bool:
        return self.expires_on is not None and self.expires_on < on

    def is_covered(self, *, on: date) -> bool:
        """Tell whether somebody verified their malpractice cover, and it has not run out."""
        return self.cover_verified_at is not None and not self.is_cover_over(on=on)

    def is_cover_over(self, *, on: date) -> bool:
        return self.cover_until is not None and self.cover_until < on

    def may_be_asked(self, *, on: date) -> bool:
        """Tell, as the database has it now, whether a case may be offered to them."""
        if not self.is_fit(on=on) or self.away(on=on):
            return False
        row = Practitioner.objects.filter(pk=self.pk, accepting=True).first()
        return row is not None and row.has_room()

    def is_fit(self, *, on: date) -> bool:
        """Tell, as the database has it now, whether they may take what was offered to them."""
        row = Practitioner.objects.filter(
            pk=self.pk,
            verified_at__isnull=False,
            user__is_active=True,
            office__memberships__user=F("user"),
        ).first()
        if row is None or row.is_expired(on=on):
            return False
        return row.is_covered(on=on) or not needs_cover(row.office_id)

    def was_trained_in(self, wanted: Iterable[int]) -> bool:
        """Tell whether they were trained in each of these."""
        return set(wanted) <= set(self.trained.filter(dropped_at=None).values_list("training", flat=True))

    def away(self, *, on: date) -> bool:
        """Tell whether they are away on a day."""
        return away_between(self.user, on, on).exists()

    @property
    def hours(self) -> Hours:
        """When they work, by their own clock."""
        return Hours(self.time_zone or self.office.time_zone, self.opens, self.closes)

    def has_room(self) -> bool:
        """Tell whether they hold fewer cases than they said they can take."""
        return self.assignments.filter(ended_at=None).count() < self.capacity


def needs_cover(office_id: int) -> bool:
    """Tell whether an office offers to nobody without verified malpractice cover."""
    return PanelRules.objects.filter(office=office_id, needs_cover=True).exists()


class Trained(models.Model):
    """That somebody was trained in something of the office's list, on a day; dropped where that was wrong."""

    PRIVACY: ClassVar = {"internal": "id office practitioner training taken_on noted_by noted_at dropped_at"}
    ROWS: ClassVar[Rows] = kept_by_leaders("dropped_at")

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="trained")
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="taken")
    taken_on = models.DateField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "training"], name="trained_once", condition=Q(dropped_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"Trained {self.pk}"
