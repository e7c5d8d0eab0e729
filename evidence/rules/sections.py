"""What a report's section is about, and the run-in heading of its paragraphs."""

import re
from functools import cache

from evidence.data import topics

HEADING = re.compile(r"[A-Z“\"][^.:;?]{2,90}:(?=\s)")


@cache
def topic_of(section: str) -> str:
    """Return the topic of a section path ("Section 6. … > Women"): the last part that has one decides."""
    for part in reversed(section.lower().split(" > ")):
        for topic in topics():
            if any(word in part for word in topic.words):
                return topic.code
    return ""


def leaf(section: str) -> str:
    """Return the last part of a section path."""
    return section.rsplit(" > ", 1)[-1]


def placed(section: str, text: str) -> str:
    """Return a paragraph under its section's name, as the model of meaning reads it too."""
    return f"{leaf(section)}: {text}"


def heading(text: str) -> str:
    """Return a paragraph's run-in heading ("Child Marriage:"), or nothing."""
    match = HEADING.match(text)
    return match.group() if match else ""


def topics_in(text: str) -> list[str]:
    """Return the topics whose words stand in a text: what a source without sections is filtered by."""
    return [code for code, pattern in _patterns().items() if pattern.search(text)]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        t.code: re.compile(rf"\b(?:{'|'.join(map(re.escape, t.words))})", re.IGNORECASE) for t in topics()
    }
