"""What the home pages show."""

from foundation.accounts.models import User
from referrals.queries import assignments_of
from workspace.queue.queries import Row, named


def assigned(user: User) -> list[Row]:
    """Return someone's live assignments with the names of the people."""
    found = list(assignments_of(user))
    rows = named([assignment.case for assignment in found], purpose="home")
    return [Row(row.case, row.person, assignment) for row, assignment in zip(rows, found, strict=True)]
