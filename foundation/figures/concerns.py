"""Which figures someone must look at on a given day, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foundation.figures.reading import Figure

OUT_OF_DATE, UNVERIFIED = "out_of_date", "unverified"


@dataclass(frozen=True)
class Concern:
    """One reason to look at one figure: out_of_date or unverified, with the reason in a sentence."""

    figure: Figure
    kind: str
    why: str


def concerns(figures: Iterable[Figure], *, on: date) -> list[Concern]:
    """Return what is out of date or unverified on a day, in the order of the files.

    A figure that another of its group has replaced, or will replace, is history and nobody's concern.
    """
    listed = []
    for group in _groups(figures).values():
        current = _in_force(group, on)
        if current is None:
            listed.append(_not_in_force(group, on))
        else:
            listed += _of_current(current, on)
    return sorted(listed, key=lambda concern: (concern.figure.file, concern.figure.line))


def _groups(figures: Iterable[Figure]) -> dict[tuple[str, str], list[Figure]]:
    groups: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.file, figure.group), []).append(figure)
    return groups


def _starts(figure: Figure) -> date:
    return figure.effective_from or date.min


def _in_force(group: list[Figure], on: date) -> Figure | None:
    """Return the newest figure of a group that holds on a day."""
    held = [each for each in group if _starts(each) <= on <= (each.effective_to or date.max)]
    return max(held, key=_starts) if held else None


def _not_in_force(group: list[Figure], on: date) -> Concern:
    ended = [figure for figure in group if figure.effective_to and figure.effective_to < on]
    if ended:
        last = max(ended, key=_starts)
        return Concern(last, OUT_OF_DATE, f"ended on {last.effective_to}, and nothing replaces it")
    first = min(group, key=_starts)
    return Concern(first, OUT_OF_DATE, f"holds only from {first.effective_from}")


def _of_current(figure: Figure, on: date) -> list[Concern]:
    listed = []
    if figure.check_by and figure.check_by < on:
        listed.append(Concern(figure, OUT_OF_DATE, f"was to be checked by {figure.check_by}"))
    if figure.is_marked:
        listed.append(Concern(figure, UNVERIFIED, "its source says it must still be verified"))
    elif figure.confidence in ("medium", "low"):
        listed.append(Concern(figure, UNVERIFIED, f"confidence is {figure.confidence}"))
    return listed
