"""One intake as it lies open before somebody: which pages are asked, what is answered, what is next."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from foundation.accounts.models import Office
from intake.answering import Join, Values, save_answers
from intake.models import Intake
from intake.queries import open_intake
from intake.questionnaire import fear
from intake.questionnaire.page import Page, PageForm
from intake.questionnaire.path import (
    LATER,
    WHO_FILLS,
    Path,
    first_pages,
    first_unanswered,
    is_answered,
    is_up_to,
    walk,
)
from intake.told import URGENT_PAGES, Answers, Saved, Told, is_urgent_alone


@dataclass
class Sheet:
    """`by_receipt`: opened with a receipt, which shows what is answered and never what was said.

    `by_staff`: typed by a caseworker, who is not told what only the person and their attorney may read.
    `was_whole`: no page lacked its answer when it was opened.
    """

    intake: Intake
    saved: Saved
    on: date
    by_receipt: bool = False
    by_staff: bool = False
    path: Path = field(init=False)
    was_whole: bool = field(init=False)

    def __post_init__(self) -> None:
        self.path = walk(self.saved, on=self.on, story_is_open=bool(self.intake.story_open_at))
        self.was_whole = self.first_unanswered is None

    @property
    def pages(self) -> list[Page]:
        return [page for page in self.path.pages if not (self.by_staff and page.is_secret)]

    @property
    def answers(self) -> Answers:
        return self.saved.answers

    @property
    def told(self) -> Told:
        """Return what was told on the pages asked, as it is reckoned today."""
        return Told(self.path.values, on=self.on, figures=self.saved.figures)

    @property
    def helper(self) -> bool:
        return self.told.through_helper

    @property
    def for_child(self) -> bool:
        return self.told.says("who_fills", "parent")

    @property
    def is_sent(self) -> bool:
        return self.intake.submitted_at is not None

    @property
    def open_pages(self) -> list[Page]:
        """Return the pages that may be answered: once sent all of them, for which are asked tells answers.

        Not the fear, where a helper answers, nor the story before it is open.
        """
        if not self.is_sent:
            return [*self.before, *self.pages]
        shut = {"story"} if not self.intake.story_open_at else set()
        shut |= {page.key for page in fear.SECTION.pages} if self.helper else set()
        return [page for page in LATER if page.key not in shut]

    @property
    def first_unanswered(self) -> Page | None:
        return first_unanswered(self.answers, [*self.before, *self.pages])

    @property
    def before(self) -> list[Page]:
        """Return the pages about who fills it in, which may be changed while it is a draft."""
        if self.is_sent or self.by_receipt or self.by_staff:
            return []
        return [page for page in first_pages(self.told) if page.key in WHO_FILLS]

    def unanswered_after(self, page: Page) -> Page | None:
        """Return the next page of the form that lacks its answer: further down, else from its start."""
        further = [other for other in [*self.before, *self.pages] if not is_up_to(other, page)]
        return first_unanswered(self.answers, further) or self.first_unanswered

    def rest_after(self, page: Page | None) -> Page | None:
        """Return the next page of what was left out by whoever sent the urgent part first, or None.

        Which pages are asked follows from what was told since: the rest would tell what was told before.
        """
        late = {key: self.answers[key] for key in self.saved.late & self.answers.keys()}
        asked = walk(Saved(late), on=self.on).pages
        rest = [other for other in asked if other in self.open_pages and not other.is_short]
        further = [other for other in rest if page is None or not is_up_to(other, page)]
        return first_unanswered(self.answers, further)

    def is_answered(self, page: Page) -> bool:
        return is_answered(self.answers, page)

    def seen(self, page: Page) -> str:
        """Return what tells one saving of a page from the next; "" of what was sent, where it could tell."""
        saved = None if self.is_sent else self.saved.written.get(page.key)
        return saved.isoformat() if saved else ""

    @property
    def last_saved(self) -> str:
        """Return what tells one saving of anything in this form from the next."""
        return max(self.saved.written.values()).isoformat() if self.saved.written else ""

    def adds_to(self, page: Page) -> bool:
        """Tell whether a page opens empty over what may stand there: what is left blank then stays.

        So does a page by a receipt, and on any device one that is for the person and their attorney alone.
        """
        answered = self.is_answered(page)
        opens_empty = self.by_receipt or page.is_secret
        return opens_empty and (self.is_sent or answered)

    def form(self, page: Page, data: Any = None, **options: Any) -> PageForm:
        """Return a page's form: with what was sent, with the answer so far, or empty if it must not show."""
        adds = self.adds_to(page)
        initial = None if self.by_receipt else self.answers.get(page.key)
        told = None if adds else self.told  # what it asks for must not tell what was told
        known = None if self.by_receipt else self.told  # nor what it asks back
        context: dict[str, Any] = {"told": told, "known": known, "on": self.on, "adds": adds}
        return page.make_form(data, initial=initial, helper=self.helper, **context, **options)

    def ahead(self, page: Page, values: Values, *, at: datetime) -> "Sheet":
        """Return the sheet as it would be with a page answered so; nothing is kept."""
        return replace(self, saved=self.saved.having(page.key, values, at=at))

    def save(self, page: Page, values: Values | None, *, at: datetime, join: Join | None = None) -> bool:
        """Keep a page's answer, or take it back (None); True if with it what could wait cannot any more.

        Opened by a receipt, it is True if what was written is urgent by itself: more would tell what was
        told. `join` as in `save_answers`: how the values are added to what stands.
        """
        before = self.told.cannot_wait
        self.path = save_answers(
            self.intake, page=page.key, values=values, at=at, join=join, saved=self.saved
        )
        self.saved = self.path.saved
        if self.by_receipt:
            return is_urgent_alone(page.key, values, on=self.on)
        return self.told.cannot_wait and page.key in URGENT_PAGES and not before


def open_sheet(
    matter_id: Any,
    *,
    at: datetime,
    purpose: str,
    by_receipt: bool = False,
    by_staff: bool = False,
    office: Office | None = None,
) -> Sheet | None:
    """Return the intake of a matter as a sheet, or None if it is gone or its time is over.

    `office` is one that was read already, as likely its own.
    """
    opened = open_intake(matter_id, purpose=purpose, office=office)
    if opened is None:
        return None
    intake, saved = opened
    return Sheet(intake, saved, intake.office.today(at), by_receipt, by_staff)
