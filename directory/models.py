"""Other organizations that help people: what an office knows of them, and since when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.rules import CHECK_DAYS
from foundation.badges import BAD, GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import Rows, Rule, office_rows


class Help(models.TextChoices):
    """What kind of help an organization gives."""

    LAWYER = "lawyer", _("A lawyer for the whole case")
    ADVICE = "advice", _("Advice about the law")
    FORMS = "forms", _("Help with forms")
    SAFETY = "safety", _("Safety from violence at home")
    HEALTH = "health", _("Health, also after torture")
    HOUSING = "housing", _("A place to stay")
    DAILY = "daily", _("Food, money, daily life")
    OTHER = "other", _("Other help")


# The help that takes a case on.
LEGAL = (Help.LAWYER.value, Help.ADVICE.value, Help.FORMS.value)


class Relief(models.TextChoices):
    """What protection its legal help is for; the codes are those of the screening where it has one."""

    ASYLUM = "asylum", _("Asylum, withholding, Convention against Torture")
    TPS = "tps", _("Temporary Protected Status")
    SIJ = "sij", _("Children without a parent (SIJ)")
    U = "u", _("Victims of a crime (U)")
    T = "t", _("Victims of trafficking (T)")
    VAWA = "vawa", _("Violence in the family (VAWA)")
    PAROLE = "parole", _("Parole")
    FOLLOWING = "i730", _("Family of refugees and asylees (I-730)")
    BOND = "bond", _("Release from detention (bond)")


class Known(models.TextChoices):
    """Yes, no, or that nobody knows."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class Taking(BadgeChoices):
    """Whether an organization takes new people now."""

    OPEN = "open", _("Takes new people")
    WAITING = "waiting", _("Has a waiting list")
    FULL = "full", _("Takes nobody now")
    UNKNOWN = "unknown", _("Not known whether it takes people")

    @property
    def tone(self) -> str:
        return {Taking.OPEN: GOOD, Taking.WAITING: WARN, Taking.FULL: BAD}.get(self, QUIET)


# What people who seek help may read of an organization. Not: its address for referrals, who checked it.
WHOM = "helps_with states everywhere cities languages takes_held takes_children relief taking"
SHOWN = f"name {WHOM} phone web walk_in say_first"
PUBLIC = f"{SHOWN} checked_on"
# What staff write down of it.
DETAILS = (*SHOWN.split(), "email", "is_public")
READ_BY_ALL = f"id,office_id,is_public,ended_at,{PUBLIC.replace(' ', ',')}"
# The day by the office's own calendar is the query's to ask (directory/queries.py); this is one day wider.
MAY_BE_SHOWN = f"is_public AND ended_at IS NULL AND checked_on > current_date - {CHECK_DAYS + 1}"


class DirectoryImport(models.Model):
    """A list of organizations taken in at once; undone as a whole while nothing of it was used."""

    PRIVACY: ClassVar = {"internal": "id office imported_by imported_at undone_by undone_at"}
    ROWS: ClassVar[Rows] = office_rows(
        caseworker="select insert update(undone_by_id,undone_at)",
        administrator="select insert update(undone_by_id,undone_at)",
    )

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="directory_imports")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Import {self.pk}"


class Organization(models.Model):
    """An organization an office can send people to.

    `helps_with` are codes of Help, `states` USPS codes (`everywhere`: in any of them), `languages` ISO 639-3,
    `relief` codes of Relief; an empty list says that nobody knows. `email` takes referrals and is not shown
    to the public. `checked_on` is the day somebody last made sure that all of this holds, None: nobody did.
    `used_at` says when it was changed, checked again or named to somebody: its import stands since.
    """

    PRIVACY: ClassVar = {
        "public": PUBLIC,
        "internal": "id office email is_public checked_by ended_at imported used_at changed_at",
    }
    WRITTEN: ClassVar = ",".join((*DETAILS, "checked_on,checked_by_id,ended_at,used_at,changed_at"))
    ROWS: ClassVar[Rows] = {
        "anonymous": Rule(f"select({READ_BY_ALL})", MAY_BE_SHOWN),
        **office_rows(
            caseworker=f"select insert update({WRITTEN})",
            administrator=f"select insert update({WRITTEN})",
        ),
    }

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="organizations")
    name = models.CharField(max_length=160)
    helps_with = models.JSONField(default=list)
    states = models.JSONField(default=list)
    everywhere = models.BooleanField(default=False)
    cities = models.CharField(max_length=200, blank=True)
    languages = models.JSONField(default=list)
    takes_held = models.CharField(max_length=8, choices=Known, default=Known.UNKNOWN)
    takes_children = models.CharField(max_length=8, choices=Known, default=Known.UNKNOWN)
    relief = models.JSONField(default=list)
    taking = models.CharField(max_length=8, choices=Taking, default=Taking.UNKNOWN)
    phone = models.CharField(max_length=40, blank=True)
    web = models.CharField(max_length=200, blank=True)
    walk_in = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    say_first = models.CharField(max_length=300, blank=True)
    is_public = models.BooleanField(default=False)
    checked_on = models.DateField(null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    imported = models.ForeignKey(
        DirectoryImport, null=True, on_delete=models.PROTECT, related_name="organizations"
    )
    used_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "office", Lower("name"), name="one_organization_per_name", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="organization_checked_by_someone",
                condition=Q(checked_on=None, checked_by=None)
                | Q(checked_on__isnull=False, checked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="organization_codes",
                condition=Q(takes_held__in=Known.values)
                & Q(takes_children__in=Known.values)
                & Q(taking__in=Taking.values),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:organization", args=[self.pk])
