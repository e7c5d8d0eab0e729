"""The whole questionnaire, and the path somebody takes through it.

First safety and consent, then what is urgent and how to reach somebody, then only the names a conflict check
needs, then whether our program can help, then dates; why somebody is afraid comes late and may be skipped.
(ABA Model Rule 1.18 cmt. 4: no more than is needed before the conflict check.) Who has something urgent may
send that alone first: the short way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from intake.questionnaire import before, closing, coming, contact, fear, names, program, urgent
from intake.questionnaire.page import Page
from intake.told import Answers, Saved, Told

SECTIONS = [room.SECTION for room in (before, urgent, contact, names, program, coming, fear, closing)]
FLOW = [page for section in SECTIONS for page in section.pages]
BY_NUMBER = {page.number: page for page in FLOW}
BY_KEY = {page.key: page for page in FLOW}
CONSENT, DOCUMENTS, REVIEW = BY_KEY["consent"], BY_KEY["documents"], BY_KEY["review"]
FIRST = [page for page in FLOW if page.is_first]  # up to consent
LATER = [page for page in FLOW if not page.is_first and page is not REVIEW]
WHO_FILLS = ("who_fills", "helper")  # of those before consent the pages that are kept
ASKED = REVIEW.key  # under this page it is kept which pages had been asked when the form was sent


@dataclass(frozen=True)
class Path:
    """The pages after consent that somebody is asked, in their order, the review left out.

    `values` is {question: value} of what was told on them; `outside` are those that were answered though
    the answers that lead to them say otherwise.
    """

    saved: Saved
    pages: list[Page]
    values: dict[str, Any]
    outside: frozenset[str]


def walk(saved: Saved, *, on: date | None = None, story_is_open: bool = False) -> Path:
    """Return the path through the questionnaire that these answers open.

    Which pages were asked is a matter of the day of asking, never of the day of reading: what was sent is
    walked as of the day it was sent, and keeps the pages that had been asked by then and those answered
    since. A draft is walked as of `on` (as of the day it was last saved, unless given), and keeps an answered
    page whose branch was open on any day since it was begun: an earlier answer closes it, no passing of days.
    """
    today = saved.day if saved.is_sent or on is None else on
    first = {"story_is_open": story_is_open}
    for page in FIRST:
        first |= saved.answers.get(page.key, {}) if page.asked(Told(first, on=today)) else {}
    ordered = [page for page in LATER if _is_on_way(page, saved)]
    so_far = Told(first, on=today, figures=saved.figures)
    for page in ordered:
        if _is_asked(page, so_far, saved):
            so_far.values |= saved.answers.get(page.key, {})
    # Asked again of everything: an answer further down, as the arrival, can open a page further up.
    pages = [page for page in ordered if _is_asked(page, so_far, saved)]
    for page in pages:
        first |= saved.answers.get(page.key, {})
    kept = (page for page in pages if page.key in saved.stands and page.key in saved.answers)
    outside = frozenset(page.key for page in kept if not _was_open(page, so_far, saved))
    return Path(saved, pages, first, outside)


def _is_on_way(page: Page, saved: Saved) -> bool:
    """Tell whether a page is asked at all of somebody who sends what is urgent first."""
    return page.is_short or not saved.is_short or saved.is_sent or page.key in saved.answers


def _is_asked(page: Page, told: Told, saved: Saved) -> bool:
    if page.key in saved.stands or page.asked(told):
        return True
    return not saved.is_sent and page.key in saved.answers and _was_open(page, told, saved)


def _was_open(page: Page, told: Told, saved: Saved) -> bool:
    """Tell whether these answers open a page, on the day they are looked at or on one before."""
    return page.asked(told) or any(page.asked(told.as_of(day)) for day in saved.days_before(told.on))


def first_pages(told: Told) -> list[Page]:
    """Return the pages before and of consent that this person is asked."""
    return [page for page in FIRST if page.asked(told)]


def first_answers(told: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what was answered before consent, page by page, as far as it is kept."""
    kept = [BY_KEY[key] for key in WHO_FILLS]
    asked = [page for page in kept if page.asked(Told(told, on=date.min))]
    return {page.key: {key: told.get(key, "") for key in page.form.questions()} for page in asked}


def first_unanswered(answers: Answers, pages: list[Page]) -> Page | None:
    """Return the first of these pages still to be answered, or None when all are."""
    return next((page for page in pages if not is_answered(answers, page)), None)


def is_answered(answers: Answers, page: Page) -> bool:
    return page.key in answers and page.is_answered_by(answers[page.key])


def previous_page(page: Page, pages: list[Page]) -> Page | None:
    """Return the page before this one, or None on the first."""
    place = pages.index(page)
    return pages[place - 1] if place else None


def earlier_pages(page: Page, pages: list[Page]) -> list[Page]:
    """Return those of these pages that come before a page in the questionnaire; it need not be among them."""
    before_it = FLOW[: FLOW.index(page)]
    return [earlier for earlier in pages if earlier in before_it]


def is_up_to(page: Page, other: Page) -> bool:
    """Tell whether a page stands before another in the questionnaire, or is the same."""
    return FLOW.index(page) <= FLOW.index(other)


def next_page(page: Page, pages: list[Page]) -> Page:
    """Return the first of these pages that comes after a page in the questionnaire."""
    return next(following for following in FLOW[FLOW.index(page) + 1 :] if following in pages)
