"""Answers as a browser would send them."""

from intake.questionnaire.fields import PartialDateField
from intake.questionnaire.path import BY_KEY
from intake.review import fields


def typed(key, values):
    """Return the cleaned answers of one page as its form sends them."""
    if key == "family_here":
        sent = {}
        for number, one in enumerate(values["family_here"], 1):
            sent |= {f"name_{number}": one["name"], f"related_{number}": one["related"]}
            sent |= date_parts(f"born_{number}", one["birth_date"])
        return sent
    if values.get("skips_story"):
        return {"press": "skip-section"}
    if key == "earlier_entries":
        sent = {"earlier_entries": values["earlier_entries"]}
        for number, day in enumerate(values["earlier_dates"], 1):
            sent |= date_parts(f"earlier_{number}", day)
        return sent
    sent = {}
    for name, value in values.items():
        if isinstance(fields().get(name), PartialDateField):
            sent |= date_parts(name, value)
        else:
            sent[name] = value
    return sent


def date_parts(name, day):
    if not day:
        return {f"{name}_unknown": "on"}
    year, month, day = [*str(day).split("-"), "", ""][:3]
    return {f"{name}_year": year, f"{name}_month": month.lstrip("0"), f"{name}_day": day}


def number_of(key):
    return BY_KEY[key].number
