"""Who stands where in which matter, under one name each, and the numbers of those who are gone."""

import hashlib
import uuid
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.expressions import Expression
from django.utils.translation import gettext_lazy as _

from foundation.accounts.matters import MatterModel
from foundation.database.rows import ALL, OFFICE, OFFICE_MATTERS, OWN, OWN_MATTER, Rows, Rule
from foundation.events.models import Identity, current_transaction
from foundation.vault.fields import PersonalText, SensitiveJSON


class PartyRole(models.TextChoices):
    APPLICANT = "applicant", _("Applicant")
    OTHER_NAME = "other_name", _("Another name of the applicant")
    FAMILY = "family", _("Family")
    HELPER = "helper", _("Filled in the form for the applicant")
    FEARED = "feared", _("Someone the applicant fears")
    SPONSOR = "sponsor", _("Sponsor")
    NOTARIO = "notario", _("Notario or preparer")
    OPPOSING = "opposing", _("Opposing party")
    ADVERSE = "adverse", _("On a practitioner's own list")
    STAFF = "staff", _("Staff")
    BOARD = "board", _("Board")


class _Default(Expression):
    """The column's own default, written out: an identity column takes nothing else."""

    def __init__(self) -> None:
        super().__init__(output_field=models.BigIntegerField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "DEFAULT", ()


class Number(Identity):
    """A number the database gives to a row that is saved like any other."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return _Default() if add else super().pre_save(model_instance, add)


class Party(MatterModel):
    """Someone in a matter, under one name. A person with three names is three parties of one matter.

    `details` is what a person reads (role, name, birth date, country), `line` what the names worker needs:
    the name taken apart once, at write. `revision` counts changes of what is compared. A party is `live`
    once its matter was handed in; until then it is asked about and never found.
    """

    PRIVACY: ClassVar = {"internal": "number xid user by_applicant live revision added_at removed_at"}
    ROWS: ClassVar[Rows] = {
        "applicant": Rule("select insert update", f"{OWN_MATTER} AND by_applicant AND user_id IS NULL"),
        "caseworker": Rule("select insert update", f"{OFFICE_MATTERS} AND user_id IS NULL"),
        "administrator": Rule("select", f"{OFFICE_MATTERS} AND user_id IS NULL"),
        "attorney": Rule("select insert update", OWN, f"{OWN} AND {OFFICE}"),
        "names": Rule("select"),
        "system": Rule(ALL),
    }

    number = Number(unique=True, editable=False)
    xid = models.BigIntegerField(db_default=current_transaction(), db_index=True, editable=False)
    details = SensitiveJSON(group="conflict", null=True)
    line = PersonalText(group="conflict", null=True)
    # Whose list of their own it stands on, for a practitioner's adverse parties.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="adverse_parties"
    )
    by_applicant = models.BooleanField(default=False)
    live = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "parties"
        triggers = [
            pgtrigger.Trigger(
                name="followed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="NEW.xid = pg_current_xact_id()::text::bigint; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="gone",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func="INSERT INTO conflicts_goneparty (number, xid, gone_at)"
                " VALUES (OLD.number, pg_current_xact_id()::text::bigint, now()); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"Party {self.pk}"


class GoneParty(models.Model):
    """The number of a party that was erased, so that the names worker lets go of it; kept for a day."""

    PRIVACY: ClassVar = {"internal": "number xid gone_at"}
    ROWS: ClassVar[Rows] = {"names": Rule("select"), "system": Rule(ALL)}

    number = models.BigIntegerField(primary_key=True)
    xid = models.BigIntegerField(db_index=True)
    gone_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "gone parties"

    def __str__(self) -> str:
        return f"GoneParty {self.number}"


def list_matter(user_id: int) -> uuid.UUID:
    """Return the id of a practitioner's own list; the database works out the same (sec.list_file)."""
    return uuid.UUID(bytes=hashlib.sha256(f"adverse list|{user_id}".encode()).digest()[:16])
