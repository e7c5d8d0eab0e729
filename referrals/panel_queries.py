"""The panel as pages show it: each practitioner with what they take, and what keeps them from being asked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.models import Track
from foundation.accounts.away import away_between
from foundation.accounts.models import Membership, Office, Role
from foundation.badges import BAD, GOOD, WARN, Badge
from foundation.countries import country_name
from foundation.states import STATES
from intake.words import spoken_words
from referrals.models import PanelImport, Practitioner, Queue, ReferralStatus
from referrals.panel import has_credentials
from referrals.queries import panel_of

SOON = 60  # days before credentials run out in which it is said


@dataclass(frozen=True)
class PanelRow:
    """One practitioner: `state` says whether a case may be offered, `why` what keeps them from it."""

    practitioner: Practitioner
    name: str
    kind: str
    state: Badge
    why: str
    open_cases: int
    languages: str
    takes: str
    verified: str
    may_be_verified: bool


def panel_rows(office: Office, *, on: date) -> list[PanelRow]:
    """Return an office's practitioners by name."""
    return [panel_row(one, on=on) for one in panel_of(office)]


def panel_row(one: Practitioner, *, on: date) -> PanelRow:
    held = getattr(one, "live", None)
    open_cases = one.assignments.filter(ended_at=None).count() if held is None else held
    state, why = _standing(one, open_cases, on=on)
    return PanelRow(
        practitioner=one,
        name=one.user.name,
        kind=str(one.get_kind_display()),
        state=state,
        why=why,
        open_cases=open_cases,
        languages=", ".join(spoken_words(code) for code in one.languages),
        takes=_takes(one),
        verified=one.verified_by.name if one.verified_by else "",
        may_be_verified=has_credentials(one),
    )


def _standing(one: Practitioner, open_cases: int, *, on: date) -> tuple[Badge, str]:
    """Return whether cases may be offered, in a word and a sentence; the first reason that holds."""
    if not one.user.is_active:
        return Badge(_("Shut out"), BAD), _("They cannot sign in.")
    if one.verified_at is None:
        why = _("Verify the credentials.") if has_credentials(one) else _("Credentials are missing.")
        return Badge(_("Not verified"), WARN), why
    if one.is_expired(on=on):
        return Badge(_("Run out"), BAD), _("The credentials have run out: look them up again.")
    if away := away_between(one.user, on, on).first():
        day = {"day": date_format(away.ends_on)}
        return Badge(_("Away"), WARN), _("They are away until %(day)s.") % day
    if not one.accepting:
        return Badge(_("Paused"), WARN), _("They take no new cases now.")
    if open_cases >= one.capacity:
        return Badge(_("Full"), WARN), _("They hold as many cases as they take.")
    left = (one.expires_on - on).days if one.expires_on else None
    soon = _("The credentials run out soon.") if left is not None and left <= SOON else ""
    return Badge(_("Takes cases"), GOOD), soon


def _takes(one: Practitioner) -> str:
    """Return in one line which cases somebody takes, as they said."""
    parts: list[Any] = [Track(code).label for code in one.tracks]
    parts += [_("people who are held")] if one.detained else []
    parts += [_("any state")] if one.remote else [STATES.get(code, code) for code in one.states]
    parts += [country_name(code) for code in one.countries]
    return " · ".join(str(part) for part in parts)


def unlisted_attorneys(office: Office) -> list[Membership]:
    """Return the attorneys of an office who are not on its panel."""
    members = office.memberships.filter(
        roles__contains=[Role.ATTORNEY], user__practitioner=None, user__is_active=True
    )
    return list(members.select_related("user").order_by("user__name"))


@dataclass(frozen=True)
class QueueRow:
    """A queue with how many cases wait in it, and how many were offered out of it."""

    queue: Queue
    waiting: int
    offered: int


def queue_rows(office: Office) -> list[QueueRow]:
    """Return an office's queues, the open ones first."""
    live = {
        "waiting": Count("referrals", filter=Q(referrals__status=ReferralStatus.QUEUED)),
        "offered": Count("referrals", filter=Q(referrals__status=ReferralStatus.OFFERED)),
    }
    rows: QuerySet[Any] = office.queues.annotate(**live)
    ordered = sorted(rows, key=lambda queue: (queue.closed_at is not None, queue.name))
    return [QueueRow(queue, queue.waiting, queue.offered) for queue in ordered]


def imports_of(office: Office) -> list[PanelImport]:
    """Return the lists of practitioners that were taken in, newest first, each with how many `lines`."""
    rows: QuerySet[Any] = PanelImport.objects.filter(office=office).annotate(lines=Count("entries"))
    return list(rows.select_related("imported_by", "undone_by").order_by("-imported_at")[:20])
