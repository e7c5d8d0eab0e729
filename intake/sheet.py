"""One intake as it lies open before somebody: which pages are asked, what is answered, what is next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from intake import flow
from intake.actions import save_answers
from intake.flow import Page
from intake.forms import PageForm
from intake.models import Intake
from intake.queries import Saved, open_intake
from intake.told import Told

# Pages whose answer can make the whole urgent: after them the phone line is shown at once.
URGENT_PAGES = {"custody", "hearing_date", "fear_interview", "danger"}


@dataclass
class Sheet:
    """`by_receipt`: opened with a receipt, which shows what is answered and never what was said.

    `by_staff`: typed by a caseworker, who is not told what only the person and their attorney may read.
    """

    intake: Intake
    answers: Saved
    on: Any
    by_receipt: bool = False
    by_staff: bool = False
    pages: list[Page] = field(init=False)
    told: Told = field(init=False)

    def __post_init__(self) -> None:
        self._look_again()

    def _look_again(self) -> None:
        story = bool(self.intake.story_open_at)
        pages, self.told = flow.walk(self.answers, on=self.on, story_is_open=story)
        self.pages = [page for page in pages if not (self.by_staff and page.is_secret)]

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
            return self.pages
        shut = {"story"} if not self.intake.story_open_at else set()
        shut |= {page.key for page in flow.FLOW if page.section == "F"} if self.helper else set()
        return [page for page in flow.FLOW[flow.CONSENT : -1] if page.key not in shut]

    @property
    def first_unanswered(self) -> Page | None:
        return flow.first_unanswered(self.answers, self.pages)

    def is_answered(self, page: Page) -> bool:
        return page.key in self.answers

    def form(self, page: Page, data: Any = None, **options: Any) -> PageForm:
        """Return a page's form: with what was sent, with the answer so far, or empty if it must not show."""
        initial = None if self.by_receipt else self.answers.get(page.key)
        return page.make_form(data, initial=initial, helper=self.helper, told=self.told, **options)

    def save(self, page: Page, values: Mapping[str, Any], *, at: datetime) -> bool:
        """Keep a page's answer; True if it makes urgent what was not."""
        before = self.told.is_urgent
        self.answers[page.key] = {} if page.is_secret else values
        self._look_again()
        urgent = self.told.is_urgent
        save_answers(self.intake, page=page.key, values=values, at=at, urgent=urgent)
        return urgent and page.key in URGENT_PAGES and (page.key == "danger" or not before)


def open_sheet(
    file_id: Any, *, at: datetime, purpose: str, by_receipt: bool = False, by_staff: bool = False
) -> Sheet | None:
    """Return the intake of a file as a sheet, or None if it is gone or its time is over."""
    found = open_intake(file_id, purpose=purpose)
    if found is None:
        return None
    intake, answers = found
    return Sheet(intake, answers, intake.office.today(at), by_receipt, by_staff)
