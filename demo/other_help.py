"""The directory of the demo office: all of it is invented. Two organizations are asked to take somebody."""

from datetime import datetime, timedelta
from typing import Any

from cases.models import Case
from directory.actions import add_organization
from directory.models import Organization
from foundation.accounts.models import Office, User
from referrals import actions as referrals
from referrals.hand_over_queries import draft_for

WEEKS = {"Cedar Lane Walk-In Desk (example)": 30}  # since when nobody checked it
ORGANIZATIONS: list[dict[str, Any]] = [
    {
        "name": "Harbor Light Law Project (example)",
        "helps_with": ["lawyer", "advice"],
        "relief": ["asylum", "u", "t", "vawa"],
        "taking": "open",
        "takes_held": "no",
        "states": ["NY", "NJ"],
        "cities": "New York City, Newark",
        "languages": ["eng", "spa", "ara", "fra", "amh"],
        "phone": "(212) 555-0171",
        "web": "https://harborlight.example.org",
        "email": "referrals@harborlight.example.org",
        "say_first": "Ask for the intake line",
        "is_public": True,
    },
    {
        "name": "Open Gate Detention Line (example)",
        "helps_with": ["advice", "lawyer"],
        "relief": ["asylum", "bond"],
        "taking": "waiting",
        "takes_held": "yes",
        "everywhere": True,
        "languages": ["eng", "spa", "fra", "hat", "pan"],
        "phone": "(800) 555-0172",
        "email": "intake@opengate.example.org",
        "say_first": "Say that it is about somebody who is held",
        "is_public": True,
    },
    {
        "name": "Small Steps for Children (example)",
        "helps_with": ["lawyer"],
        "relief": ["sij", "asylum"],
        "taking": "open",
        "takes_children": "yes",
        "states": ["NY"],
        "languages": ["eng", "spa", "tir"],
        "phone": "(212) 555-0173",
        "email": "children@smallsteps.example.org",
        "is_public": True,
    },
    {
        "name": "Riverside Care after Torture (example)",
        "helps_with": ["health"],
        "taking": "waiting",
        "takes_held": "no",
        "states": ["NY"],
        "cities": "Queens",
        "languages": ["eng", "fra", "ara", "prs"],
        "phone": "(718) 555-0174",
        "walk_in": "12 Example Avenue, Queens, Tuesdays 10 to 3",
        "is_public": True,
    },
    {
        "name": "Night Lamp Safe Homes (example)",
        "helps_with": ["safety", "housing"],
        "taking": "open",
        "states": ["NY", "CT"],
        "languages": ["eng", "spa"],
        "phone": "(800) 555-0175",
        "say_first": "You need not give a name",
        "is_public": True,
    },
    {
        "name": "Cedar Lane Walk-In Desk (example)",
        "helps_with": ["forms", "daily"],
        "taking": "unknown",
        "states": ["NJ"],
        "cities": "Newark",
        "languages": ["eng", "spa", "hat"],
        "walk_in": "5 Example Street, Newark, weekdays in the morning",
        "is_public": True,
    },
    {
        "name": "Three Bridges Pro Bono Circle (example)",
        "helps_with": ["lawyer"],
        "relief": ["asylum"],
        "taking": "full",
        "takes_held": "no",
        "states": ["NY"],
        "languages": ["eng"],
        "email": "circle@threebridges.example.org",
    },
]


def ask_others(office: Office, *, waiting: Case, answered_no: Case, cora: User, at: datetime) -> None:
    """Fill the directory; ask one organization, which has not answered, and another, which said no."""
    made = {entry["name"]: add(office, entry, cora, at) for entry in ORGANIZATIONS}
    harbor, gate = (made[ORGANIZATIONS[n]["name"]] for n in (0, 1))
    ask(waiting, harbor, "email", cora, at)
    asked = ask(answered_no, gate, "phone", cora, at)
    no = {"says": "refused", "why": "full", "spoke_with": "Robin Example"}
    referrals.note_phone_answer(asked, **no, by=cora, at=at)


def add(office: Office, entry: dict[str, Any], by: User, at: datetime) -> Organization:
    """Write an organization down as somebody did who checked it then."""
    since = at - timedelta(weeks=WEEKS.get(entry["name"], 1))
    return add_organization(office, is_checked=True, by=by, at=since, **entry)


def ask(case: Case, organization: Organization, how: str, by: User, at: datetime) -> Any:
    today = case.office.today(at)
    said: dict[str, Any] = {"summary": draft_for(case, on=today), "sent_how": how, "days": 5}
    yes: dict[str, Any] = {"consent_how": "safe_way", "consent_on": today}
    return referrals.ask_receiver(case, organization=organization, **said, **yes, by=by, at=at)
