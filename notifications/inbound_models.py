"""What comes in from outside, and what people of a case and staff write to one another."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.matters import MatterModel
from foundation.database.rows import ALL, OFFICE, OFFICE_MATTERS, Rows, Rule, matter_rows
from foundation.vault.fields import SensitiveText
from foundation.work.models import MAY_DECIDE, Due, line_indexes, stuck_in_line


def _person(**kwargs: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **kwargs)


class By(models.TextChoices):
    """By which way something came in."""

    TEXT = "text", _("Text message")
    EMAIL = "email", _("E-mail")
    RECEIPT = "receipt", _("On the return page")


class Placed(models.TextChoices):
    """Whether it is known whose case something belongs to."""

    YES = "yes", _("On the case of its person")
    UNKNOWN = "unknown", _("No person has this number or address")
    SEVERAL = "several", _("Several people have this number or address")


class Arrival(Due):
    """Something that came through a door from outside and nobody read: a text, a mail, what became of one.

    Its key is worked out of what the other side calls it, so that a copy is no second row. `content` is
    sealed under a key of the house (vault/box.py), since the door sees no matter and opens none; once the
    worker has taken it, it is empty, and the row stays a while to know a copy by. `to_forget`: it was taken,
    and the other side is to delete what goes by this name there.
    """

    PRIVACY: ClassVar = {"internal": "id office content came_at to_forget"}
    ROWS: ClassVar[Rows] = {
        "anonymous": Rule("insert"),
        "administrator": Rule(MAY_DECIDE, OFFICE),
        "system": Rule(ALL),
    }

    id = models.UUIDField(primary_key=True, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    content = models.TextField(blank=True)
    came_at = models.DateTimeField()
    to_forget = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [stuck_in_line("arrival")]
        indexes = [*line_indexes("arrival"), models.Index(fields=["came_at"], name="arrival_by_age")]

    def __str__(self) -> str:
        return f"Arrival {self.pk}"


class Reply(MatterModel):
    """What the person of a matter wrote to us; of the office's matter while nobody knows whose it is.

    Never shown to whoever wrote it. `translation` stands beside the words, never in their place. `left_out`:
    pictures or files came with it, which are not taken by this way. *Answered* once somebody answered or said
    that it needs no answer.
    """

    PRIVACY: ClassVar = {
        "internal": "by placed left_out came_at translated_by translated_at answered_at answered_by"
    }
    ROWS: ClassVar[Rows] = {
        **matter_rows(applicant="insert select(id,office_id,file_id,by,answered_at)"),
        # whoever places one moves it from the office's matter to its person's
        "caseworker": Rule("select insert update delete", OFFICE_MATTERS),
    }

    by = models.CharField(max_length=8, choices=By.choices)
    placed = models.CharField(max_length=8, choices=Placed.choices, default=Placed.YES)
    words = SensitiveText(group="talk")
    sender = SensitiveText(group="talk", null=True, default=None)
    translation = SensitiveText(group="talk", null=True, default=None)
    left_out = models.BooleanField(default=False)
    came_at = models.DateTimeField()
    translated_by = _person(null=True)
    translated_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = _person(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["matter_id", "came_at"], name="reply_unanswered", condition=Q(answered_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"Reply {self.pk}"


class Draft(MatterModel):
    """What staff write to the person of a matter: edited until it is sent, by one after the other.

    `words` is what the person reads, in their language; `original` what it was translated from, kept beside.
    Sent, it stands on the return page (intake: Posting) and stays here as it was.
    """

    PRIVACY: ClassVar = {"internal": "changed_by changed_at number sent_by sent_at"}
    ROWS: ClassVar[Rows] = matter_rows()

    words = SensitiveText(group="talk")
    original = SensitiveText(group="talk", null=True, default=None)
    number = models.PositiveIntegerField(default=1)
    changed_by = _person()
    changed_at = models.DateTimeField()
    sent_by = _person(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter_id"], name="one_open_draft", condition=Q(sent_at=None))
        ]

    def __str__(self) -> str:
        return f"Draft {self.pk}"
