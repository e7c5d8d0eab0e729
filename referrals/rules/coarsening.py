"""What of a case could point at one person is told less exactly where few people are like them. Pure."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

FEWEST = 5  # people of a country, language and court whom an office met, below which it says less
THIRDS = (1, 11, 21)  # the days on which the parts of a month begin


@dataclass(frozen=True)
class Window:
    """From which day to which something is; both are the same where the day itself is told."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True)
class Shown:
    """What an offer tells of where, from where and when; "" is not known, or not told.

    `court` is a court's code, `state` where it sits or the person is; `days` is by a key of each date.
    """

    country: str
    region: str
    court: str
    state: str
    days: Mapping[str, Window]
    is_coarse: bool = False


def coarsened(exact: Shown, *, met: int, regions: Mapping[str, str]) -> Shown:
    """Return what may be told, by how many people of this country, language and court the office met.

    Fewer than five: the region for the country, the state for the court, a third of its month for a day.
    What kind of date it is and its month always stay, since without them nobody can say yes.
    """
    if met >= FEWEST or exact.is_coarse:
        return exact
    return replace(
        exact,
        country="",
        region=exact.region or regions.get(exact.country, ""),
        court="",
        days={key: third_of(window.first) for key, window in exact.days.items()},
        is_coarse=True,
    )


def third_of(day: date) -> Window:
    """Return the third of its month in which a day lies."""
    begins = max(start for start in THIRDS if start <= day.day)
    later = [start for start in THIRDS if start > begins]
    last = later[0] - 1 if later else monthrange(day.year, day.month)[1]
    return Window(day.replace(day=begins), day.replace(day=last))
