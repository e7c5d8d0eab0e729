"""Citations as the immigration court's practice manual shows them (app. I), ready to paste. [to verify]"""

from dataclasses import dataclass
from datetime import date

MONTHS = [
    *("Jan.", "Feb.", "Mar.", "Apr.", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
]


@dataclass(frozen=True)
class Source:
    """What a citation is made of; `pincite` a page, paragraph or section, `speaker` who is quoted."""

    kind: str
    title: str
    publisher: str = ""
    published: date | None = None
    precision: str = ""
    url: str = ""
    pincite: str = ""
    speaker: str = ""
    symbol: str = ""


def cite(source: Source) -> str:
    """Return the citation of a source; what is not known is left out, never made up."""
    style = {"statement": _statement, "report": _report, "news": _news, "un": _un}.get(source.kind, _other)
    text = style(source)
    if source.speaker:
        text += f" (quoting {source.speaker})"
    if source.url:
        text += f", available at {source.url}"
    return text + "."


def _statement(source: Source) -> str:
    return _joined([source.publisher, f"Press Release, {source.title}"], source)


def _report(source: Source) -> str:
    return _joined([source.publisher, source.title], source)


def _news(source: Source) -> str:
    pin = f", at {source.pincite}" if source.pincite else ""
    parts = [source.title, source.publisher, _day(source)]
    return ", ".join(part for part in parts if part) + pin


def _un(source: Source) -> str:
    return _joined(
        [source.publisher, source.title, f"U.N. Doc. {source.symbol}" if source.symbol else ""], source
    )


def _other(source: Source) -> str:
    return _joined([source.publisher, source.title], source)


def _joined(parts: list[str], source: Source) -> str:
    text = ", ".join(part for part in parts if part)
    if source.pincite:
        text += f", at {source.pincite}"
    day = _day(source)
    return f"{text} ({day})" if day else text


def _day(source: Source) -> str:
    when = source.published
    if when is None:
        return ""
    if source.precision == "year":
        return str(when.year)
    month = MONTHS[when.month - 1]
    return f"{month} {when.year}" if source.precision == "month" else f"{month} {when.day}, {when.year}"
