"""Why something was opened, and what it was: the codes of an access record in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from workspace.files.forms import PURPOSES as WHY_ORIGINAL

OWN_FORM, IN_BACKGROUND = _("The person's own form"), _("Work in the background")
NAMES, DATES, FACTS = _("Comparing names"), _("Dates of the case"), _("Facts of the case")
OFFER, EVIDENCE = _("Offer to an attorney"), _("Evidence for the case")
HAND_OVER = _("Hand-over to another organization")
ORIGINAL = "original: "  # the beginning of a purpose; what follows is the reason somebody chose

# Every purpose that our code opens something for (tests/workspace/test_readings.py).
PURPOSES: dict[str, Any] = {
    "queue": _("List of cases"),
    "many cases": _("Several cases at once"),
    "home": _("Home page"),
    "case page": _("Case page"),
    "dates page": DATES,
    "dates": DATES,
    "next thing": DATES,
    "facts page": FACTS,
    "facts": FACTS,
    "screening page": _("Screening of the case"),
    "papers page": _("Papers of the case"),
    "receipts page": _("Receipts of forms"),
    "search": _("Search"),
    "bursts": _("Requests of a burst"),
    "lost receipt": _("Search for a form that was not sent"),
    "conflict page": _("Page of a possible conflict"),
    "conflicts": _("Page of a possible conflict"),
    "our own people": _("List of our own people"),
    "own list": _("A practitioner's own list"),
    "one page": _("One page to print"),
    "appointment": _("Appointment with the person"),
    "hearing": _("Hearing before the court"),
    "closing": _("Closing of the case"),
    "family": _("Cases of one family"),
    "second person": _("a step that waits for a second person"),
    "matching": _("Finding a practitioner"),
    "letter": _("Letter to the person"),
    "packet": _("Court packet"),
    "declaration": _("Declaration"),
    "official form": _("Working sheet of an official form"),
    "messages": _("Messages with the person"),
    "queue preview": _("Preview of a queue"),
    "offer": OFFER,
    "offers": OFFER,
    "offer summary": OFFER,
    "hand-over": HAND_OVER,
    "hand-over summary": HAND_OVER,
    "conflict check of an offer": OFFER,
    "cite": EVIDENCE,
    "matrix": EVIDENCE,
    "suggest": EVIDENCE,
    "download": _("Download of a file"),
    "restore drill": _("Restore drill"),
    "inbox": _("Messages"),
    "telephone intake": _("Form by telephone"),
    "urgent form": _("Urgent form that was left"),
    "copy for the person": _("Copy of the answers for the person"),
    "change contact": _("New way to reach the person"),
    **dict.fromkeys(
        ("conflict check", "conflict stub", "names worker", "names as written", "same contact"), NAMES
    ),
    "check_conflicts": NAMES,
    **dict.fromkeys(("own form", "own review", "come back", "go on", "landing", "return page"), OWN_FORM),
    **dict.fromkeys(("save answers", "submit", "add to answer", "replace answer", "upload limits"), OWN_FORM),
    **dict.fromkeys(
        ("rebuild", "remind", "rescreen", "send", "arrival", "simulate", "screening"), IN_BACKGROUND
    ),
    **dict.fromkeys(("open case", "follow answers", "move answers"), IN_BACKGROUND),
}

# Every group of sealed fields, as a person would call it.
GROUPS: dict[str, Any] = {
    "identity": _("name and birth"),
    "contact": _("how to reach the person"),
    "answers": _("answers"),
    "narrative": _("arrests and story"),
    "wish": _("what the person asks for"),
    "posting": _("words on the return page"),
    "letter": _("letters to the person"),
    "notes": _("notes and reasons"),
    "tasks": _("tasks"),
    "tries": _("tries to reach the person"),
    "appointments": _("appointments"),
    "hearings": _("hearings"),
    "dates": _("dates and facts"),
    "screening": _("screening"),
    "summary": _("summary of the offer"),
    "file": _("file"),
    "paper": _("what a paper is"),
    "conflict": _("names in the matter"),
    "decision": _("reasons about names"),
    "a_number": _("A-Number"),
    "work product": _("points of the claim"),
    "packet": _("court packet"),
    "declaration": _("declaration"),
    "talk": _("messages with the person"),
    "questions": _("questions asked later"),
    "lodging": _("filing of a court packet"),
    "family": _("people of one family"),
}


def why_words(purpose: str) -> str:
    """Return why something was opened; a purpose of an older program as it was written."""
    if purpose.startswith(ORIGINAL):
        reasons = dict(WHY_ORIGINAL)
        reason = purpose.removeprefix(ORIGINAL)
        return str(_("The file just as it was sent: %s")) % reasons.get(reason, reason)
    return str(PURPOSES.get(purpose, purpose))


def group_words(group: str) -> str:
    return str(GROUPS.get(group, group))
