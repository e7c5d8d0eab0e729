"""Another organization of the directory, and a person handed over to it, by the actions the pages use."""

from datetime import timedelta

from directory.actions import add_organization
from referrals import actions

KNOWN = {
    "name": "Harbor Aid",
    "helps_with": ["lawyer"],
    "states": ["NY"],
    "languages": ["ara", "eng"],
    "takes_held": "yes",
    "relief": ["asylum"],
    "taking": "open",
    "phone": "(212) 555-0123",
    "email": "intake@harbor.example",
    "is_public": True,
}
SUMMARY = "An adult who speaks Arabic needs a lawyer for asylum in New York."


def organization(office, *, by, at, is_checked=True, **changes):
    """Write an organization down in an office's directory, checked today unless said otherwise."""
    return add_organization(office, is_checked=is_checked, by=by, at=at, **{**KNOWN, **changes})


def ask(case, *, by, at, to=None, **changes):
    """Ask an organization whether it takes the person of a case."""
    to = to or organization(case.office, by=by, at=at, name=f"Harbor Aid {case.hand_overs.count() + 1}")
    said = {
        "summary": SUMMARY,
        "consent_how": "in_person",
        "consent_on": case.office.today(at) - timedelta(days=1),
        "sent_how": "phone",
        "days": 5,
    }
    return actions.ask_receiver(case, organization=to, **{**said, **changes}, by=by, at=at)


def say_yes(hand_over, *, by, at):
    """Have the organization say yes over the telephone."""
    yes = {"says": "accepted", "why": "", "spoke_with": "Ms. Lee"}
    actions.note_phone_answer(hand_over, **yes, by=by, at=at)


def hand_over(case, *, by, at, **changes):
    """Hand a person over: asked, a yes over the telephone, the names given, the case over."""
    made = ask(case, by=by, at=at, **changes)
    say_yes(made, by=by, at=at)
    actions.give_names(made, how="phone", spoke_with="", by=by, at=at)
    return made
