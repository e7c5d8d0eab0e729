"""How the names of each matter stand: one row that everyone reads and one rule writes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conflicts.rules import standing
from foundation.accounts.matters import MatterModel
from foundation.database.rows import ALL, ASSISTED, OFFICE_MATTERS, Rows, Rule


class State(models.TextChoices):
    CLEAR = standing.CLEAR, _("Nothing found")
    PENDING = standing.PENDING, _("Not answered yet")
    UNREAD = standing.UNREAD, _("A name that cannot be compared")
    POSSIBLE = standing.POSSIBLE, _("Possible conflict")
    CONFIRMED = standing.CONFIRMED, _("Conflict")


class Standing(MatterModel):
    """How one matter's names stand, by `conflicts/rules/standing.py`; a matter without a row is pending.

    `conflicts/actions/standing.py: settle` writes it in the transaction of what changed it; that a question
    makes a clear matter pending, the database does itself (`conflicts/sql.py`), since an applicant may ask
    and not read.
    """

    PRIVACY: ClassVar = {"internal": "state changed_at"}
    ROWS: ClassVar[Rows] = {
        "caseworker": Rule("select insert update", OFFICE_MATTERS),
        "administrator": Rule("select", OFFICE_MATTERS),
        # Whoever is offered a matter, too: it is not theirs to accept before its names are clear.
        "attorney": Rule("select", "file_id = ANY(ARRAY(SELECT f FROM sec.reachable_files() f))"),
        "assistant": Rule("select", ASSISTED),
        "names": Rule("select insert update"),
        "system": Rule(ALL),
    }

    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter_id"], name="one_standing"),
            models.CheckConstraint(name="standing_state", condition=Q(state__in=State.values)),
        ]

    def __str__(self) -> str:
        return f"Standing {self.pk}"
