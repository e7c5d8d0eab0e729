"""An office: what it says of itself, its own figures and looks, and each change of them on record."""

import uuid
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import phonenumbers
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from phonenumbers import NumberParseException, PhoneNumberFormat

from foundation.database.rows import ALL, ANY, OFFICE, Rows, Rule, everyone

OWN_OFFICE = "id = (SELECT sec.office_id())"

# What an office says of itself to people who seek help, and what it lets them do.
SAID_OF_ITSELF = (
    *("name", "address", "phone", "hours_in", "other_phone", "other_hours_in", "look_days"),
    *("takes_forms", "shut_in", "notice_in", "notice_from", "notice_until", "exit_url"),
)
# Its own figures of the rules, in place of the program's; what is empty is the program's.
OWN_FIGURES = ("auto_pct", "max_pct", "asset_cap", "service_area", "tps_only")
# How its public pages and its receipt look.
LOOKS = ("languages", "reviewed_in", "receipt_shows")
# How long it keeps what nobody must keep, in days; empty: as the installation says.
KEEPING = ("draft_days",)
# All that is changed on record, from a day on, and undone (office_changes.py).
CHANGED_ON_RECORD = (*SAID_OF_ITSELF, *OWN_FIGURES, *LOOKS, *KEEPING)
RECEIPT_SHOWS = ("name", "phone", "other_phone", "hours", "web")


def _in_active(words: dict[str, str]) -> str:
    """Return what is written in the active language, else in the site's first, else in any."""
    for language in (str(get_language()), settings.LANGUAGE_CODE, *words):
        if words.get(language):
            return words[language]
    return ""


def plain_receipt() -> list[str]:
    """Return what stands on a receipt's paper where nobody chose; the name only if the person wants it."""
    return ["name", "phone", "web"]


@lru_cache(maxsize=256)
def tel_uri(number: str) -> str:
    """Return a phone number as a link dials it: "tel:+12125550100"; one that is none by its digits alone."""
    try:
        parsed = phonenumbers.parse(number, "US")
    except NumberParseException:
        parsed = None
    if parsed and phonenumbers.is_possible_number(parsed):
        return phonenumbers.format_number(parsed, PhoneNumberFormat.RFC3966)
    return "tel:" + "".join(char for char in number if char.isdigit())


class Office(models.Model):
    """A legal-aid office: the boundary inside which staff see matters.

    `look_days`: within how many business days it promises that a person reads a form; None: it promises none.
    `takes_forms`: whether strangers may begin one; where not, `shut_in` tells them why in their language.
    `notice_in` stands on every public page from its first day to its last. `own_figures` take the place of
    the program's in the rules; `offered` are the languages of its public pages. All of it is changed through
    accounts/office_changes.py.
    """

    PRIVACY: ClassVar = {
        "public": "id slug name address phone hours_in other_phone other_hours_in time_zone look_days"
        " takes_forms shut_in notice_in notice_from notice_until exit_url"
        " auto_pct max_pct asset_cap service_area tps_only languages reviewed_in receipt_shows"
        " draft_days",
        "internal": "matter_id",
    }
    ROWS: ClassVar[Rows] = {
        **everyone("select"),
        "administrator": Rule(f"select update({','.join(CHANGED_ON_RECORD)})", ANY, OWN_OFFICE),
    }

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    address = models.TextField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    # When somebody answers, in the words of each language of the site: {"en": …}.
    hours_in = models.JSONField(default=dict, blank=True)
    # Somebody else's line, for hours when nobody of ours answers.
    other_phone = models.CharField(max_length=40, blank=True)
    other_hours_in = models.JSONField(default=dict, blank=True)
    time_zone = models.CharField(max_length=60, default="America/New_York")
    look_days = models.PositiveSmallIntegerField(null=True, blank=True)
    takes_forms = models.BooleanField(default=False)
    shut_in = models.JSONField(default=dict, blank=True)
    notice_in = models.JSONField(default=dict, blank=True)
    notice_from = models.DateField(null=True, blank=True)
    notice_until = models.DateField(null=True, blank=True)
    # Where "Leave" leads: an everyday page; empty is that of the installation.
    exit_url = models.URLField(max_length=200, blank=True)
    # Figures of the rules that the office sets and no law (screening/data/ruleset.toml: settings).
    auto_pct = models.PositiveSmallIntegerField(null=True, blank=True)
    max_pct = models.PositiveSmallIntegerField(null=True, blank=True)
    asset_cap = models.PositiveIntegerField(null=True, blank=True)
    service_area = models.JSONField(default=list, blank=True)
    tps_only = models.CharField(max_length=8, blank=True)
    # Which of the program's languages its public pages offer, in their order; empty: all.
    languages = models.JSONField(default=list, blank=True)
    # Who read all of a language who knows it and this work, and when: {"ar": …}.
    reviewed_in = models.JSONField(default=dict, blank=True)
    # What stands on the paper of a receipt beside its two numbers: of RECEIPT_SHOWS.
    receipt_shows = models.JSONField(default=plain_receipt, blank=True)
    draft_days = models.PositiveSmallIntegerField(null=True, blank=True)
    # The matter, and so the key, of what belongs to no person's matter.
    matter_id = models.UUIDField(db_column="file_id", unique=True, default=uuid.uuid4, editable=False)

    def __str__(self) -> str:
        return self.name

    @property
    def office_id(self) -> int:
        """The office that what happens to it is recorded in: itself."""
        return self.pk

    @property
    def hours(self) -> str:
        """The hours of the office's own line in the active language, or in one that has them."""
        return _in_active(self.hours_in)

    @property
    def other_hours(self) -> str:
        return _in_active(self.other_hours_in)

    @property
    def shut_words(self) -> str:
        """Why no new form can be begun, in the active language, or in one that has it."""
        return _in_active(self.shut_in)

    def notice_on(self, day: date) -> str:
        """Return the notice that stands on the public pages on a day, in the active language; "" for none."""
        is_over = bool(self.notice_until and day > self.notice_until)
        is_ahead = bool(self.notice_from and day < self.notice_from)
        return "" if is_over or is_ahead else _in_active(self.notice_in)

    @property
    def notice_today(self) -> str:
        return self.notice_on(self.today(timezone.now()))

    @property
    def offered(self) -> list[str]:
        """The languages its public pages offer, in their order: one at least."""
        known = [code for code, _label in settings.LANGUAGES]
        return [code for code in self.languages if code in known] or known

    @property
    def keeps_drafts(self) -> timedelta:
        """How long a form that nobody sends is kept after it was last worked on."""
        return timedelta(days=self.draft_days or settings.DRAFT_DAYS)

    def is_unreviewed(self, language: str) -> bool:
        """Tell whether nobody who knows a language has read its pages; the site's own is read."""
        return language != settings.LANGUAGE_CODE and not self.reviewed_in.get(language)

    @property
    def is_draft_language(self) -> bool:
        """Whether the active language is one that nobody who knows it has read."""
        return self.is_unreviewed(str(get_language()))

    @property
    def own_figures(self) -> dict[str, Any]:
        """The figures of the rules that it sets itself, {name: value}; all others are the program's."""
        own = {name: getattr(self, name) for name in OWN_FIGURES}
        return {name: value for name, value in own.items() if value not in (None, "", [])}

    @property
    def phone_uri(self) -> str:
        """The office's own line as a link dials it."""
        return tel_uri(self.phone)

    @property
    def other_phone_uri(self) -> str:
        return tel_uri(self.other_phone)

    def today(self, at: datetime) -> date:
        """Return the day it is in this office at a moment in time."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()


class OfficeChange(models.Model):
    """What was changed of an office, before and after: at once, or on a day that was set ahead.

    `fields` is {name: [before, after]} of CHANGED_ON_RECORD, days as "2026-12-01". One that waits for its day
    may be called off; one that took effect may be undone, which is a change of its own.
    """

    PRIVACY: ClassVar = {
        "internal": "id office fields changed_by changed_at starts_on applied_at dropped_by dropped_at"
    }
    ROWS: ClassVar[Rows] = {
        "administrator": Rule("select insert update(fields,applied_at,dropped_by_id,dropped_at)", OFFICE),
        "system": Rule(ALL),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="changes")
    fields = models.JSONField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    starts_on = models.DateField(null=True)
    applied_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="office_change_applied_or_dropped",
                condition=models.Q(applied_at=None) | models.Q(dropped_at=None),
            ),
            models.CheckConstraint(
                name="office_change_waits_for_a_day",
                condition=models.Q(starts_on__isnull=False) | models.Q(applied_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"OfficeChange {self.pk}"
