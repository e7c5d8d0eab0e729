"""What is to be looked at before a packet is filed: remarks, each a code with its exhibit and pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from packets.binding.paper import is_letter
from packets.rules.certificates import INTERPRETATION, lacking

FOREIGN, ENGLISH, FEW_WORDS = 0.4, 0.04, 40  # shares of a page's letters and words; words that tell nothing
MOST = 25_000_000


@dataclass(frozen=True)
class Remark:
    """`exhibit` is a key, "" for the whole packet; `pages` are stamped numbers; `detail` a code or number."""

    code: str
    exhibit: str = ""
    pages: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class Bound:
    """One exhibit as it was bound: its page numbers, what is known of each page, and what it is."""

    key: str
    labels: Sequence[str]
    pages: Sequence[Mapping[str, Any]]
    digests: Sequence[str]
    part: str
    is_translated: bool
    certificate: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, Sequence[int]] = field(default_factory=dict)
    quotes_missing: int = 0
    unapproved: int = 0
    is_source: bool = False
    publisher: str = ""
    published: date | None = None
    changed: str = ""
    days: Sequence[date] = ()


def lint(
    exhibits: Sequence[Bound],
    volumes: Iterable[Mapping[str, Any]],
    *,
    oldest_years: int,
    due: date | None,
    today: date,
) -> list[Remark]:
    """Return everything that is to be looked at, exhibit by exhibit."""
    remarks = [remark for exhibit in exhibits for remark in _of(exhibit, oldest_years, today)]
    remarks += _twice(exhibits)
    remarks += [Remark("volume_too_large", detail=str(v["number"])) for v in volumes if v["size"] > MOST]
    if due is None:
        remarks.append(Remark("no_due_date"))
    else:
        if today > due:
            remarks.append(Remark("after_due_date"))
        late = [one for one in exhibits if any(day > due for day in one.days)]
        remarks += [Remark("dated_after_due", one.key) for one in late]
    return remarks


def _of(exhibit: Bound, oldest_years: int, today: date) -> Iterator[Remark]:
    yield from _pages(exhibit)
    yield from _certificates(exhibit)
    for role, pages in exhibit.named.items():
        yield Remark("names", exhibit.key, tuple(exhibit.labels[page] for page in pages), role)
    if exhibit.quotes_missing:
        yield Remark("quotation_not_found", exhibit.key, detail=str(exhibit.quotes_missing))
    if exhibit.unapproved:
        yield Remark("not_approved", exhibit.key, detail=str(exhibit.unapproved))
    if exhibit.is_source:
        yield from _source(exhibit, oldest_years, today)


def _pages(exhibit: Bound) -> Iterator[Remark]:
    looked = list(zip(exhibit.labels, exhibit.pages, strict=True))
    found = {
        "no_text": [label for label, page in looked if not page["letters"]],
        "covered_text": [label for label, page in looked if page["covered"]],
        "not_letter": [label for label, page in looked if not is_letter(page["width"], page["height"])],
        "foreign": [label for label, page in looked if is_foreign(page) and not exhibit.is_translated],
    }
    for code, labels in found.items():
        if labels:
            yield Remark(code, exhibit.key, tuple(labels))


def is_foreign(page: Mapping[str, Any]) -> bool:
    """Tell whether a page seems to be in another language than English: by its letters, else by its words."""
    if page["letters"] and page["foreign"] / page["letters"] >= FOREIGN:
        return True
    return bool(page["words"] >= FEW_WORDS and page["english"] / page["words"] < ENGLISH)


def _certificates(exhibit: Bound) -> Iterator[Remark]:
    needs = exhibit.part in ("declaration", "witness") or exhibit.is_translated
    kind = exhibit.certificate.get("kind", "")
    if needs and not kind:
        yield Remark("no_certificate", exhibit.key, detail=exhibit.part)
    elif kind and kind != "none" and (missing := lacking(exhibit.certificate)):
        code = "interpretation_incomplete" if kind == INTERPRETATION else "translation_incomplete"
        yield Remark(code, exhibit.key, detail=" ".join(missing))


def _source(exhibit: Bound, oldest_years: int, today: date) -> Iterator[Remark]:
    if not exhibit.publisher:
        yield Remark("no_publisher", exhibit.key)
    if exhibit.published is None:
        yield Remark("no_date", exhibit.key)
    elif (today - exhibit.published).days > oldest_years * 365.25:
        yield Remark("source_old", exhibit.key, detail=str(exhibit.published.year))
    if exhibit.changed:
        yield Remark("source_changed", exhibit.key, detail=exhibit.changed)


def _twice(exhibits: Sequence[Bound]) -> Iterator[Remark]:
    """Yield each exhibit whose pages are those of one before it."""
    seen: dict[tuple[str, ...], str] = {}
    for exhibit in exhibits:
        own = tuple(exhibit.digests)
        if own and own in seen:
            yield Remark("twice", exhibit.key, detail=seen[own])
        elif own:
            seen[own] = exhibit.key
