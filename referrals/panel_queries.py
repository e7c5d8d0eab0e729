"""The panel as pages show it: each practitioner with what they take, and what keeps them from being asked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.models import Track
from foundation.accounts.away import away_now
from foundation.accounts.models import Away, Membership, Office, Role
from foundation.badges import BAD, GOOD, WARN, Badge
from foundation.countries import country_name
from foundation.states import STATES
from intake.words import spoken_words
from referrals.models import Cover, PanelImport, Practitioner, Queue, ReferralStatus, Trained
from referrals.panel import has_cover, has_credentials
from referrals.panel_models import needs_cover
from referrals.queries import panel_of

SOON = 60  # days before credentials or cover run out in which it is said


@dataclass(frozen=True)
class PanelRow:
    """One practitioner: `state` says whether a case may be offered, `why` what keeps them from it.

    `runs_out` says what has run out or will soon; "" for nothing.
    """

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
    cover: str
    may_be_covered: bool
    trainings: list[Trained]
    runs_out: str


@dataclass(frozen=True)
class PanelOn:
    """What one look at a panel goes by: the day, who is away then, whether cover is asked for."""

    day: date
    away: dict[int, Away]
    needs_cover: bool


def panel_on(office: Office, *, on: date) -> PanelOn:
    return PanelOn(on, away_now(office, on=on), needs_cover(office.pk))


def panel_rows(office: Office, *, on: date, firm: int | None = None, due: bool = False) -> list[PanelRow]:
    """Return an office's practitioners by name: of one firm, or (`due`) those of whom something runs out."""
    panel, look = panel_of(office), panel_on(office, on=on)
    rows = [panel_row_on(one, look) for one in (panel.filter(firm=firm) if firm else panel)]
    return [row for row in rows if row.runs_out or not due]


def panel_row(one: Practitioner, *, on: date) -> PanelRow:
    return panel_row_on(one, panel_on(one.office, on=on))


def panel_row_on(one: Practitioner, look: PanelOn) -> PanelRow:
    """Return a practitioner's row by what was asked once for the whole panel."""
    held = getattr(one, "live", None)
    open_cases = one.assignments.filter(ended_at=None).count() if held is None else held
    state, why = _standing(one, open_cases, look)
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
        cover=cover_words(one, on=look.day),
        may_be_covered=has_cover(one) and not one.is_cover_over(on=look.day),
        trainings=_trainings(one),
        runs_out=_runs_out(one, on=look.day),
    )


def _trainings(one: Practitioner) -> list[Trained]:
    kept: list[Trained] | None = getattr(one, "trainings", None)
    return list(one.trained.filter(dropped_at=None).select_related("training")) if kept is None else kept


def _standing(one: Practitioner, open_cases: int, look: PanelOn) -> tuple[Badge, str]:
    """Return whether cases may be offered, in a word and a sentence; the first reason that holds."""
    return _not_fit(one, look) or _not_now(one, open_cases, look) or (Badge(_("Takes cases"), GOOD), "")


def _not_fit(one: Practitioner, look: PanelOn) -> tuple[Badge, str] | None:
    """Return what somebody must look up or mend before anything is offered."""
    if not one.user.is_active:
        return Badge(_("Shut out"), BAD), _("They cannot sign in.")
    if one.verified_at is None:
        why = _("Verify the credentials.") if has_credentials(one) else _("Credentials are missing.")
        return Badge(_("Not verified"), WARN), why
    if one.is_expired(on=look.day):
        return Badge(_("Run out"), BAD), _("The credentials have run out: look them up again.")
    if look.needs_cover and not one.is_covered(on=look.day):
        return Badge(_("Not covered"), BAD), _("The office asks for verified malpractice cover.")
    return None


def _not_now(one: Practitioner, open_cases: int, look: PanelOn) -> tuple[Badge, str] | None:
    if away := look.away.get(one.user_id):
        day = {"day": date_format(away.ends_on)}
        return Badge(_("Away"), WARN), _("They are away until %(day)s.") % day
    if not one.accepting:
        return Badge(_("Paused"), WARN), _("They take no new cases now.")
    if open_cases >= one.capacity:
        return Badge(_("Full"), WARN), _("They hold as many cases as they take.")
    return None


def cover_words(one: Practitioner, *, on: date) -> str:
    """Say who insures somebody, until when, and whether anybody verified it."""
    if not one.cover:
        return _("Malpractice cover: nobody said.")
    words = {"cover": str(one.get_cover_display())}
    if one.cover == Cover.NONE:
        return _("Malpractice cover: none.")
    if one.is_cover_over(on=on):
        return _("Malpractice cover: %(cover)s, run out.") % words
    if one.cover_verified_at is None:
        return _("Malpractice cover: %(cover)s, not verified.") % words
    return _("Malpractice cover: %(cover)s, verified.") % words


def _runs_out(one: Practitioner, *, on: date) -> str:
    """Return what of somebody has run out or will soon, in sentences."""
    said = [
        _soon(one.expires_on, on, _("The credentials have run out."), _("The credentials run out soon.")),
        _soon(
            one.cover_until,
            on,
            _("The malpractice cover has run out."),
            _("The malpractice cover runs out soon."),
        ),
    ]
    return " ".join(words for words in said if words)


def _soon(day: date | None, on: date, over: str, soon: str) -> str:
    if day is None or (day - on).days > SOON:
        return ""
    return over if day < on else f"{soon} ({date_format(day)})"


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
