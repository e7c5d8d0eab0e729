"""The day a text was published, as far as the text or its page says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from evidence.data import BYLINE, KICKER, POSTED, PUBLISHED, months, phrases
from evidence.rules import places
from evidence.rules.guess import LIKELY, SURE, UNSURE
from evidence.rules.spans import Span
from evidence.rules.spelling import plain

GAP = r"[ \t\u00a0]*"
DAY = r"\d{1,2}(?:st|nd|rd|th|er|[.ºª])?"
YEAR = r"(?:19|20|١٩|٢٠|۱۹|۲۰)\d{2}"
OF = r"(?:(?:of|de|del|do|من)[ \u00a0]+)?"
# 12:00AM EDT, 3:45 PM UTC, at 14h30, T02:31:05+00:00
TIME = re.compile(
    r"(?:\bat\b|\bà\b|\ba las\b|T)?[ \u00a0]*\d{1,2}[:h.]\d{2}(?::\d{2})?(?:\.\d+)?[ \u00a0]*(?:[ap]\.?m\.?)?"
    r"[ \u00a0]*(?:[A-Z]{2,4}\b|[+-]\d{2}:?\d{2}|Z\b)?",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d")
WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:lun|mar|mercre|jeu|vendre|same)di\b|\bdimanche\b"
    r"|\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b|\b(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?\b"
    r"|(?:الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت)",
    re.IGNORECASE,
)
SMALL_WORDS = re.compile(r"\b(?:on|le|el|la|em|a|the|of|de|dc|d\.c|and|at|er)\b|في|يوم", re.IGNORECASE)
DAY_FIRST = ("fr", "es", "pt", "ar")  # languages in which 02/10 is the second of October


@dataclass(frozen=True)
class Day:
    """A date as a text writes it. `either` holds both days where its numbers do not tell which is which."""

    span: Span
    first_day: date
    precision: str
    either: tuple[date, ...] = ()


@dataclass(frozen=True)
class Published:
    """The publication date: `first_day` is the earliest day it can mean, `line` the whole line.

    Neither span is there where the page says the day beside its text. `where` is a code
    (evidence/words.py), `either` holds the days it may be where nobody can tell.
    """

    span: Span | None
    line: Span | None
    first_day: date
    precision: str
    where: str = "date_line"
    sure: str = SURE
    either: tuple[date, ...] = ()


@cache
def pattern() -> re.Pattern[str]:
    """Return the pattern of a date in any of its forms."""
    longest = sorted(months(), key=lambda name: (-len(name), name))
    named = rf"(?:{'|'.join(re.escape(name) for name in longest)})\.?"
    month = rf"{named}(?:{GAP}[/(]{GAP}{named}{GAP}\)?)?"  # ديسمبر/كانون الأول
    return re.compile(
        rf"(?<![\w/.-])(?:(?P<m1>{month}){GAP}(?P<d1>{DAY}),?(?:{GAP}de[l ]*)?{GAP}(?P<y1>{YEAR})"
        rf"|(?P<d2>{DAY}){GAP}{OF}(?P<m2>{month}),?{GAP}{OF}(?P<y2>{YEAR})"
        rf"|(?P<y3>{YEAR})(?P<s3>[-/.])(?P<n3>\d{{1,2}})(?P=s3)(?P<d3>\d{{1,2}})(?=\D|$)"
        rf"|(?P<a5>\d{{1,2}})(?P<s5>[/.-])(?P<b5>\d{{1,2}})(?P=s5)(?P<y5>{YEAR})"
        rf"|(?P<m4>{month}),?{GAP}{OF}(?P<y4>{YEAR}))(?![\w-])",
        re.IGNORECASE,
    )


def days_in(text: str, start: int = 0, end: int | None = None, *, lang: str = "") -> Iterator[Day]:
    """Yield the dates of a stretch of text in order; a day that does not exist is none."""
    for match in pattern().finditer(text, start, len(text) if end is None else end):
        if day := _day(text, match, lang):
            yield day


def _day(text: str, match: re.Match[str], lang: str) -> Day | None:
    span = Span.of(text, *match.span())
    if match["a5"]:
        return _by_numbers(span, match, lang)
    year = int(match["y1"] or match["y2"] or match["y3"] or match["y4"])
    name = match["m1"] or match["m2"] or match["m4"]
    month = _month(name) if name else int(match["n3"])
    first = _date(year, month, int(re.sub(r"\D", "", match["d1"] or match["d2"] or match["d3"] or "1")))
    return Day(span, first, "month" if match["m4"] else "day") if first else None


def _month(name: str) -> int:
    """Return the number of a month by its first name: "ديسمبر/كانون الأول" says it twice."""
    first = re.split(r"[/(]", name)[0].strip().rstrip(".").lower()
    return months()[first]


def _by_numbers(span: Span, match: re.Match[str], lang: str) -> Day | None:
    """Return a date of three numbers; dots and these languages put the day first, else both may be meant."""
    one, two, year = int(match["a5"]), int(match["b5"]), int(match["y5"])
    day_first, month_first = _date(year, two, one), _date(year, one, two)
    if match["s5"] == "." or lang in DAY_FIRST:
        month_first = month_first if day_first is None else None
    found = list(dict.fromkeys(day for day in (day_first, month_first) if day))
    if not found:
        return None
    return Day(span, min(found), "day", tuple(sorted(found)) if len(found) > 1 else ())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def date_line(line: Span, *, lang: str = "") -> Published | None:
    """Return the date of a line that says a date and nothing else but a lead, a time, a weekday, a place."""
    short = len(line.text) <= LONGEST and NUMBER.search(line.text)
    day = next(days_in(line.text, lang=lang), None) if short else None
    if day is None:
        return None
    rest = line.text[: day.span.start] + " " + line.text[day.span.end :]
    lead = next((use for use in (PUBLISHED, POSTED) if _leads(line.text, use)), "")
    if not lead and not _says_nothing(pattern().sub(" ", rest)):
        return None
    span = Span(day.span.text, line.start + day.span.start, line.start + day.span.end)
    where = {PUBLISHED: "published_line", POSTED: "posted_line"}.get(lead, "date_line")
    sure = UNSURE if day.either else LIKELY if lead == POSTED else SURE
    return Published(span, line, day.first_day, day.precision, where, sure, day.either)


LONGEST = 120  # characters of a line of a date


def _leads(line: str, use: str) -> bool:
    start = line.lstrip(" *|•-–").lower()
    return any(start.startswith(phrase) for phrase in phrases(use))


def _says_nothing(rest: str) -> bool:
    """Tell whether what is left of a line beside its date is a time, a weekday, a place or a kind of text."""
    for small in (TIME, WEEKDAY):
        rest = small.sub(" ", rest)
    rest = places.without(rest)
    for part in re.split(r"[|•·–—,،:()\[\]\t]", rest):
        bare = SMALL_WORDS.sub(" ", part).strip(" .-/*").lower()
        if bare and bare not in phrases(KICKER) and bare not in phrases(BYLINE):
            return False
    return True


def said_by_page(said: str) -> Published | None:
    """Return the day a page names for machines: "2017-04-11T00:00:00-04:00", or written out."""
    day = next(days_in(said.replace("T", " ", 1)), None)
    if day is None or day.either:
        return None
    return Published(None, None, day.first_day, day.precision, "page_head", LIKELY)


def weighed(published: Published, page: Published | None) -> Published:
    """Return a text's date, less sure where its page names another day, which may tell an unsure one."""
    if page is None:
        return published
    near = [day for day in published.either if abs(day - page.first_day) <= timedelta(days=1)]
    if len(near) == 1:
        return replace(published, first_day=near[0], either=(), sure=LIKELY)
    apart = abs(published.first_day - page.first_day) > timedelta(days=7)
    return replace(published, sure=LIKELY) if apart and published.sure == SURE else published


def lang_of(text: str) -> str:
    """Return the language of a text, told by its small words: en, fr, es, pt or ar; nothing where unsure."""
    if len(re.findall(r"[\u0600-\u06ff]", text[:2000])) > 50:
        return "ar"
    words = re.findall(r"[a-z]+", plain(text[:6000].lower()))
    times = {lang: sum(words.count(word) for word in small) for lang, small in SMALL.items()}
    best = max(times, key=lambda lang: times[lang])
    return best if times[best] >= 3 else ""


SMALL = {
    "en": ("the", "of", "and", "in", "was", "that", "to", "for"),
    "fr": ("les", "des", "et", "une", "dans", "est", "du", "le", "par", "au", "sur", "pour"),
    "es": ("los", "las", "y", "el", "una", "con", "del", "por", "que", "su", "se"),
    "pt": ("os", "uma", "da", "do", "em", "nao", "com", "dos", "das", "ao", "pela", "mais"),
}
