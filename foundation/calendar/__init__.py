"""Business days and dates of which only a part is known. Pure: no clock, no database."""

from foundation.calendar.business_days import (
    add_business_days,
    anniversary,
    is_business_day,
    roll_back,
    roll_forward,
)
from foundation.calendar.partial_date import PartialDate, age_on

__all__ = [
    "PartialDate",
    "add_business_days",
    "age_on",
    "anniversary",
    "is_business_day",
    "roll_back",
    "roll_forward",
]
