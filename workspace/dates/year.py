"""What the person told that bears on the year: shown beside it in their words, read by no rule."""

from intake.questionnaire.path import BY_KEY
from intake.review import in_words, label_of
from intake.told import Saved
from workspace.names.queries import STORY

# {page: its questions}: earlier entries and other countries may open exceptions or bars, a reason may excuse.
BESIDE = {
    "coming": ("earlier_entries", "earlier_dates"),
    "asylum_form": ("i589_date", "i589_where"),
    "late_reason": ("late_reason",),
    "torture_elsewhere": ("other_country", "other_country_name", "other_country_long"),
}
YEAR = ("oyd_operative", "oyd_outer")  # the rows it stands beside


def told_about_year(saved: Saved, *, story_waits: bool) -> list[tuple[str, str]]:
    """Return answers as (question, answer in words); of the story nothing while names are open."""
    waits = STORY if story_waits else set()
    told = saved.answers
    return [
        (label_of(BY_KEY[page], key, whole=True), in_words(key, value))
        for page, keys in BESIDE.items()
        for key in keys
        if page not in waits and (value := told.get(page, {}).get(key))
    ]
