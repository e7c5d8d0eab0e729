"""The return page: where the matter stands, what is wanted, what was asked for; never anything told.

The receipt may be in other hands. So a wish that a way is not safe is not here, and a helper's receipt shows
that the form was received and no more until staff spoke with the person alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.calendar import add_business_days
from intake.models import ENDED, Intake, Progress, Step, Wish, WishStatus
from intake.posting import on_page
from intake.promises import promise
from notifications.queries import said_to, worded

ROAD = (Step.RECEIVED, Step.READING, Step.SEEKING, Step.TAKEN)
PATIENCE = 2  # business days after the promised one, before somebody should call us
WISHED: dict[str, Any] = {
    Wish.Kind.CALL: _("A call"),
    Wish.Kind.CONTACT: _("A new way to be reached"),
    Wish.Kind.WITHDRAW: _("That we stop"),
    Wish.Kind.DELETE: _("That we delete your answers"),
}
SHOWN = list(WISHED)  # the wishes a receipt may see and take back


@dataclass(frozen=True)
class Stage:
    """One step as the page shows it: `state` is done, here or ahead; no day for what is ahead."""

    title: Any
    words: Any
    since: date | None
    state: str

    @property
    def is_here(self) -> bool:
        return self.state == "here"

    @property
    def is_done(self) -> bool:
        return self.state == "done"


@dataclass(frozen=True)
class Posted:
    """What staff put on the page; `kind` says which way on stands beside it."""

    kind: str
    words: Any
    on: date
    asks: bool


@dataclass(frozen=True)
class Said:
    """A message that was sent, in words fit for a stranger's eyes."""

    words: str
    on: date


@dataclass(frozen=True)
class Wished:
    """What was asked for with this receipt and nobody decided yet."""

    kind: str
    words: Any
    on: date


@dataclass(frozen=True)
class ReturnPage:
    """All the page may say. `end` is the one step that stands alone: news to be told, or how it ended.

    `read_by` is the day the office promised, while nobody has read it; `call_after` when to call us then.
    """

    road: list[Stage]
    end: Stage | None
    is_over: bool
    read_by: date | None
    call_after: date | None
    wanted: list[Posted]
    posted: list[Posted]
    said: list[Said]
    wishes: list[Wished]


def return_page(intake: Intake) -> ReturnPage:
    """Return what the holder of a receipt may see of a matter that was sent."""
    rows = list(Progress.objects.filter(intake=intake).order_by("number")) if intake.may_wish else []
    posted = _posted(intake) if intake.may_wish else []
    newest = Step(rows[-1].step) if rows else Step.RECEIVED
    waits = newest == Step.RECEIVED and intake.may_wish
    return ReturnPage(
        road=_road(intake, rows)[: len(ROAD) if intake.may_wish else 1],
        end=None if newest in ROAD else _stage(intake, newest, rows[-1].since, "here"),
        is_over=newest in ENDED,
        read_by=intake.read_by if waits else None,
        call_after=call_after(intake.read_by) if waits else None,
        wanted=[one for one in posted if one.asks],
        posted=[one for one in posted if not one.asks],
        said=_said(intake) if intake.may_wish else [],
        wishes=_wishes(intake) if intake.may_wish else [],
    )


def call_after(read_by: date | None) -> date | None:
    """Return the day from which somebody who heard nothing should call us."""
    return add_business_days(read_by, PATIENCE) if read_by else None


def _road(intake: Intake, rows: Iterable[Progress]) -> list[Stage]:
    """Return the four steps of the road; the last of them that it came to is where it stands."""
    walked = [row for row in rows if row.step in ROAD]
    came_to = ROAD.index(Step(walked[-1].step)) if walked else 0
    states = ["done"] * came_to + ["here"] + ["ahead"] * (len(ROAD) - came_to - 1)
    moments = {Step.RECEIVED: intake.submitted_at, **{Step(row.step): row.since for row in walked}}
    return [
        _stage(intake, step, moments.get(step) if state != "ahead" else None, state)
        for step, state in zip(ROAD, states, strict=True)
    ]


def _stage(intake: Intake, step: Step, since: datetime | None, state: str) -> Stage:
    day = intake.office.today(since) if since else None
    return Stage(step.label, promise(f"step-{step}") if state == "here" else "", day, state)


def _posted(intake: Intake) -> list[Posted]:
    return [
        Posted(row.kind, own or promise(f"posted-{row.kind}"), intake.office.today(row.posted_at), row.asks)
        for row, own in on_page(intake, purpose="return page")
    ]


def _said(intake: Intake) -> list[Said]:
    messages = said_to(intake.matter_id)
    words = worded(messages, intake.office)
    return [Said(words[one.pk].body, intake.office.today(one.queued_at)) for one in messages]


def _wishes(intake: Intake) -> list[Wished]:
    rows = intake.wishes.filter(status=WishStatus.OPEN, kind__in=SHOWN).order_by("asked_at")
    return [Wished(row.kind, WISHED[row.kind], intake.office.today(row.asked_at)) for row in rows]
