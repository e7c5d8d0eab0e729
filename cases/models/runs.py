"""Runs of the rules over every open case of an office, and the cases that came out differently."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from foundation.accounts.matters import MatterModel
from foundation.badges import BAD, GOOD, WARN, BadgeChoices
from foundation.database.rows import Rows, matter_rows, office_rows
from foundation.work.models import MAY_DECIDE, Due, line_indexes, stuck_in_line


class RunKind(models.TextChoices):
    TRY = "try", _("Other figures, tried")
    CHANGE = "change", _("The rules changed")


class RunState(BadgeChoices):
    """Where a run stands: worked out from its row, never kept."""

    RUNNING = "running", _("Running")
    STUCK = "stuck", _("Stuck")
    GIVEN_UP = "given_up", _("Given up")
    DONE = "done", _("Done")

    @property
    def tone(self) -> str:
        return {RunState.RUNNING: WARN, RunState.DONE: GOOD}.get(self, BAD)


class RulesRun(Due):
    """The rules over all open cases of an office: with figures somebody tries, or after rules changed.

    A try keeps nothing but what would move. After a change each case that differs is screened again. `code`
    and `figures` are the stamps of the rules it ran with (cases/stamp.py). It goes on after `last`, the case
    it came to. `counts` is {"outcome" or "band": {value: [now, then]}}.
    """

    PRIVACY: ClassVar = {
        "internal": "id office kind asked_by asked_at on settings files code figures ruleset there_are"
        " looked_at last counts finished_at"
    }
    ROWS: ClassVar[Rows] = office_rows(caseworker="select insert", administrator=f"insert {MAY_DECIDE}")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="rules_runs")
    kind = models.CharField(max_length=6, choices=RunKind.choices)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    on = models.DateField()
    settings = models.JSONField(default=dict)
    files = models.JSONField(default=dict)
    code = models.CharField(max_length=16)
    figures = models.CharField(max_length=16)
    ruleset = models.CharField(max_length=20)
    there_are = models.PositiveIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    last = models.UUIDField(null=True)
    counts = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="rules_run_kind", condition=Q(kind__in=RunKind.values)),
            models.CheckConstraint(
                name="rules_run_tried_by_someone", condition=Q(kind="change") ^ Q(asked_by__isnull=False)
            ),
            models.CheckConstraint(
                name="rules_run_finished_out_of_line",
                condition=Q(finished_at=None) | Q(next_try_at=None),
            ),
            stuck_in_line("rules_run"),
        ]
        indexes = [*line_indexes("rules_run"), models.Index(fields=["office", "-asked_at"])]

    def __str__(self) -> str:
        return f"RulesRun {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("workspace:rules-run", args=[self.pk])

    @property
    def state(self) -> RunState:
        if self.finished_at:
            return RunState.DONE
        if self.stuck_at:
            return RunState.STUCK
        return RunState.RUNNING if self.next_try_at else RunState.GIVEN_UP


class RulesMove(MatterModel):
    """A case that comes out differently in a run: {"outcome", "band", "score", "codes"} before and after.

    `dates` counts the dates that moved. After a change a caseworker notes that they have read it.
    """

    PRIVACY: ClassVar = {"internal": "run case before after dates read_by read_at"}
    ROWS: ClassVar[Rows] = matter_rows(
        caseworker="select update(read_by_id,read_at)", attorney="", administrator="select"
    )

    run = models.ForeignKey(RulesRun, on_delete=models.CASCADE, related_name="moves")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField()
    after = models.JSONField()
    dates = models.PositiveSmallIntegerField(default=0)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "case"], name="one_move_per_case_and_run")]
        indexes = [
            models.Index(fields=["office"], name="rules_move_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"RulesMove {self.pk}"
