"""Days on which courts and agencies are open: not Saturdays, Sundays or federal holidays.

Holidays are the eleven of 5 U.S.C. § 6103(a) with their observed days (§ 6103(b)), from the `holidays`
package. Closures by executive order are left out on purpose: whether they move a legal date is
unsettled, and leaving them out never makes a date later.
"""

from datetime import date, timedelta
from functools import cache, lru_cache

import holidays

ONE_DAY = timedelta(days=1)
MANY = 8192  # days whose rolled day is kept: some twenty years


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """Return a year's federal holidays and the days they are observed on, next New Year's included."""
    days = holidays.country_holidays("US", years=(year, year + 1), observed=True)
    return frozenset(day for day in days if day.year == year)


def is_business_day(day: date) -> bool:
    """Tell whether courts and agencies are open that day."""
    return day.weekday() < 5 and day not in federal_holidays(day.year)


@lru_cache(maxsize=MANY)
def roll_forward(day: date) -> date:
    """Return the day itself, or the next business day after it (8 CFR 1.2)."""
    while not is_business_day(day):
        day += ONE_DAY
    return day


@lru_cache(maxsize=MANY)
def roll_back(day: date) -> date:
    """Return the day itself, or the last business day before it (our safe reading)."""
    while not is_business_day(day):
        day -= ONE_DAY
    return day


@lru_cache(maxsize=MANY)
def add_business_days(day: date, count: int) -> date:
    """Return the day `count` business days after `day`; 0 is the day itself, or the next open one."""
    day = roll_forward(day)
    for _ in range(count):
        day = roll_forward(day + ONE_DAY)
    return day


def anniversary(day: date) -> date:
    """Return the same day next year; 29 February becomes 28 February (policy: the safe reading)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
