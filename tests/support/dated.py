"""The dates of some facts as the engine prints them, as of Monday 23 November 2026 unless said otherwise.

November 2026: the 26th is Thanksgiving (Thursday), the 28th a Saturday, the 29th a Sunday.
"""

from datetime import date

from cases.batch import deadlines_item

TODAY = date(2026, 11, 23)
PARTIAL = "Only a part of this date is known: the first day it can mean is used, and the last is beside it."


def dates(on=TODAY, **facts):
    """Return {key: printed date} of some facts; of several of a key the first."""
    found = deadlines_item({"facts": facts, "as_of": on.isoformat()})
    first: dict[str, dict] = {}
    for due in found:
        first.setdefault(due["key"], due)
    return first


def day(key, **facts):
    """Return a row's date and its date before it was moved, as text."""
    due = dates(**facts)[key]
    return due["date"], due["unmoved_date"]


def decided(on, by="judge", **more):
    return {"decision": {"date": on, "by": by, **more}}


def granted(on, kind="asylum"):
    return {"granted": {"date": on, "kind": kind}}
