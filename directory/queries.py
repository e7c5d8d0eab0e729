"""The directory as pages show it: to staff with how old each line is, to the public what is sure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from directory import rules
from directory.models import PUBLIC, DirectoryImport, Help, Known, Organization, Relief, Taking
from directory.rules import CHECK_DAYS, Asks, Fit, Offers, is_unchecked
from foundation.accounts.models import Office
from foundation.accounts.office import tel_uri
from foundation.badges import GOOD, QUIET, WARN, Badge
from foundation.languages import language_name, own_name
from foundation.states import STATES

WORDS: dict[str, Any] = {
    "HELP": _("helps with the law"),
    "NO_HELP": _("does not help with the law"),
    "HELP_UNKNOWN": _("not known how it helps"),
    "STATE": _("helps there"),
    "LANGUAGE": _("speaks the language"),
    "HELD": _("helps people who are held"),
    "CHILDREN": _("helps children who are alone"),
    "RELIEF": _("for this kind of protection"),
    "ROOM": _("takes new people"),
    "NO_STATE": _("does not help there"),
    "NO_LANGUAGE": _("does not speak the language"),
    "NO_HELD": _("does not help people who are held"),
    "NO_CHILDREN": _("does not help children who are alone"),
    "NO_RELIEF": _("not for this kind of protection"),
    "NO_ROOM": _("takes nobody now"),
    "STATE_UNKNOWN": _("not known where it helps"),
    "LANGUAGE_UNKNOWN": _("not known whether it speaks the language"),
    "HELD_UNKNOWN": _("not known whether it helps people who are held"),
    "CHILDREN_UNKNOWN": _("not known whether it helps children who are alone"),
    "RELIEF_UNKNOWN": _("not known for which protection"),
    "ROOM_UNKNOWN": _("not known whether it takes people"),
    "UNCHECKED": _("not checked for 180 days: call before you send somebody"),
}


@dataclass(frozen=True)
class Entry:
    """One organization in words; `takes` says whom it helps, `checked` how sure that is."""

    id: int
    name: str
    helps: str
    place: str
    languages: str
    languages_own: str
    relief: str
    takes: list[str]
    taking: Badge
    phone: str
    phone_uri: str
    web: str
    walk_in: str
    say_first: str
    checked_on: date | None


@dataclass(frozen=True)
class StaffEntry:
    """An organization as its office reads it: what the public does not see beside what it does.

    `not_shown` says why the public does not see one that it should; "" where it does, or is not meant to.
    """

    organization: Organization
    entry: Entry
    checked: Badge
    checked_by: str
    not_shown: str


def organizations_of(office: Office) -> QuerySet[Organization]:
    """Return an office's organizations by name, those taken out among them, but for imports undone."""
    rows = Organization.objects.filter(office=office).exclude(imported__undone_at__isnull=False)
    return rows.select_related("checked_by", "office").order_by("name", "pk")


def staff_entries(organizations: Iterable[Organization], *, on: date) -> list[StaffEntry]:
    return [staff_entry(one, on=on) for one in organizations]


def staff_entry(one: Organization, *, on: date) -> StaffEntry:
    """Return what staff read of an organization on a day."""
    unchecked = is_unchecked(one.checked_on, on=on)
    hidden = unchecked and one.is_public and one.ended_at is None
    return StaffEntry(
        organization=one,
        entry=entry_of(one),
        checked=checked_badge(one, on=on),
        checked_by=one.checked_by.name if one.checked_by else "",
        not_shown=str(_("Not shown to the public until somebody checks it.")) if hidden else "",
    )


def checked_badge(one: Organization, *, on: date) -> Badge:
    """Say how old what is known of an organization is."""
    if one.ended_at:
        return Badge(str(_("Taken out")), QUIET)
    if one.checked_on is None:
        return Badge(str(_("Nobody checked it")), WARN, "alert")
    if is_unchecked(one.checked_on, on=on):
        return Badge(str(_("Not checked for 180 days")), WARN, "alert")
    return Badge(str(_("Checked")), GOOD, "check")


def entry_of(one: Organization) -> Entry:
    """Put an organization into words."""
    takes = {
        "takes_held": (_("helps people who are held"), _("does not help people who are held")),
        "takes_children": (_("helps children who are alone"), _("does not help children who are alone")),
    }
    said = {Known.YES.value: 0, Known.NO.value: 1}
    told = [str(words[said[v]]) for name, words in takes.items() if (v := getattr(one, name)) in said]
    return Entry(
        id=one.pk,
        name=one.name,
        helps=_named(Help, one.helps_with),
        place=place_of(one),
        languages=", ".join(language_name(code) for code in one.languages),
        languages_own=", ".join(own_name(code) for code in one.languages),
        relief=_named(Relief, one.relief),
        takes=told,
        taking=Taking(one.taking).badge,
        phone=one.phone,
        phone_uri=tel_uri(one.phone) if one.phone else "",
        web=one.web,
        walk_in=one.walk_in,
        say_first=one.say_first,
        checked_on=one.checked_on,
    )


def _named(choices: Any, codes: Iterable[str]) -> str:
    return ", ".join(str(choices(code).label) for code in codes if code in choices.values)


def place_of(one: Organization) -> str:
    """Say where an organization helps."""
    states = [str(STATES[code]) for code in one.states if code in STATES]
    parts = [str(_("every state"))] if one.everywhere else states
    return "; ".join(filter(None, [one.cities, ", ".join(parts)]))


def to_check(office: Office, *, on: date) -> QuerySet[Organization]:
    """Return the organizations of an office's list that somebody should check."""
    old = Q(checked_on=None) | Q(checked_on__lte=on - timedelta(days=CHECK_DAYS))
    return organizations_of(office).filter(old, ended_at=None)


def shown_to_public(office: Office, *, on: date, state: str = "", language: str = "") -> list[Entry]:
    """Return what people who seek help may read, those that take people now first."""
    newest = on - timedelta(days=CHECK_DAYS)
    rows = Organization.objects.filter(
        office=office, is_public=True, ended_at=None, checked_on__gt=newest, checked_on__lte=on
    )
    if state:
        rows = rows.filter(Q(states__contains=[state]) | Q(everywhere=True))
    if language:
        rows = rows.filter(languages__contains=[language])
    order = {value: place for place, value in enumerate(Taking.values)}
    listed = rows.only("id", *PUBLIC.split())
    return [entry_of(one) for one in sorted(listed, key=lambda one: (order[one.taking], one.name.casefold()))]


@dataclass(frozen=True)
class Match:
    """An organization beside somebody's need: what speaks for it, what is not known, and what against it."""

    organization: Organization
    entry: Entry
    checked: Badge
    reasons: list[str]
    doubts: list[str]
    against: list[str]

    @property
    def fits(self) -> bool:
        return not self.against


def matches_for(office: Office, asks: Asks, *, on: date) -> list[Match]:
    """Return an office's organizations, those that suit first, the others below with why not."""
    by_id = {one.pk: one for one in organizations_of(office).filter(ended_at=None)}
    fits = rules.rank(asks, [_offers(one) for one in by_id.values()], on=on)
    return [_match(by_id[fit.id], fit, on=on) for fit in fits]


def _offers(one: Organization) -> Offers:
    return Offers(
        one.pk,
        helps_with=one.helps_with,
        languages=one.languages,
        states=one.states,
        everywhere=one.everywhere,
        takes_held=one.takes_held,
        takes_children=one.takes_children,
        relief=one.relief,
        taking=one.taking,
        checked_on=one.checked_on,
    )


def _match(one: Organization, fit: Fit, *, on: date) -> Match:
    return Match(
        one,
        entry_of(one),
        checked_badge(one, on=on),
        reasons=_words(fit.reasons),
        doubts=_words(fit.doubts),
        against=_words(fit.against),
    )


def _words(codes: Sequence[str]) -> list[str]:
    return [str(WORDS[code]) for code in codes]


@dataclass(frozen=True)
class ImportLine:
    """An import that was done: whether it may still be undone, or when it was."""

    id: int
    by: str
    at: datetime
    organizations: int
    may_be_undone: bool
    undone_by: str
    undone_at: datetime | None


def imports_of(office: Office) -> list[ImportLine]:
    """Return the imports of an office, the newest first."""
    rows = DirectoryImport.objects.filter(office=office).select_related("imported_by", "undone_by")
    rows = rows.annotate(
        count=Count("organizations"),
        used=Count("organizations", filter=Q(organizations__used_at__isnull=False)),
    )
    return [
        ImportLine(
            id=one.pk,
            by=one.imported_by.name,
            at=one.imported_at,
            organizations=one.count,
            may_be_undone=not one.used and one.undone_at is None,
            undone_by=one.undone_by.name if one.undone_by else "",
            undone_at=one.undone_at,
        )
        for one in rows.order_by("-imported_at")
    ]
