"""What no page may be: `manage.py check` says so before an old answer is read as one to a new question."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error

from intake.questionnaire.earlier import RETIRED
from intake.questionnaire.page import Page
from intake.questionnaire.path import FLOW


def mistakes(pages: Sequence[Page], retired: dict[int, str]) -> Iterator[str]:
    """Yield in words what stands twice among these pages, or once belonged to a page that is retired."""
    numbers = Counter(page.number for page in pages)
    keys = Counter(page.key for page in pages)
    questions = Counter(question for page in pages for question in page.form.questions())
    for what, counted in (("number", numbers), ("key", keys), ("question", questions)):
        yield from (
            f"The {what} {mark} stands {times} times." for mark, times in counted.items() if times > 1
        )
    yield from (f"The number {number} is retired." for number in sorted(numbers.keys() & retired.keys()))
    yield from (f"The key {key} is retired." for key in sorted(keys.keys() & set(retired.values())))


def questionnaire_is_whole(**_context: Any) -> list[CheckMessage]:
    return [
        Error(f"intake/questionnaire: {mistake}", id="intake.E006") for mistake in mistakes(FLOW, RETIRED)
    ]
