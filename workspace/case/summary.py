"""One page to print of a case, for the attorney or a partner: what somebody has to know."""

from dataclasses import dataclass
from datetime import date, datetime

from conflicts.queries import a_number_of
from foundation.accounts.models import Office
from intake.words import spoken_words
from workspace.dates.queries import DateLine, date_lines
from workspace.desk import Desk
from workspace.intakes.queries import Contact, contact_of
from workspace.names.queries import masked
from workspace.strip import Fact, strip_of

PURPOSE = "one page"


@dataclass(frozen=True)
class Summary:
    """What the one page says, who printed it and when. The A-Number is masked, the story is not on it."""

    reference: str
    person: str
    born: str
    facts: list[Fact]
    language: str
    a_number: str
    contact: Contact | None
    dates: list[DateLine]
    office: str
    phone: str
    printed_by: str
    printed_at: datetime
    today: date


def summary_of(desk: Desk) -> Summary:
    """Open what stands on one page for whoever may see the case."""
    office: Office = desk.case.office
    number = a_number_of(desk.case.matter_id, purpose=PURPOSE) if desk.sees_names else ""
    return Summary(
        reference=desk.case.reference,
        person=desk.person,
        born=desk.born,
        facts=[fact for fact in strip_of(desk, "overview").facts if fact.words],
        language=spoken_words(desk.answers.get("spoken_language") or ""),
        a_number=masked(number),
        contact=contact_of(desk.case),
        dates=date_lines(desk.case, today=desk.today),
        office=office.name,
        phone=office.phone,
        printed_by=desk.user.name,
        printed_at=desk.at,
        today=desk.today,
    )
