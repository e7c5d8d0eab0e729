"""Screen an intake; let a person depart from the result."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import User
from foundation.events.ledger import record
from intake.models import Intake
from screening import rules
from screening.facts import facts_of
from screening.models import Finding, Override, Screening


@transaction.atomic
def screen_intake(intake: Intake, *, on: date, by: str, at: datetime | None = None) -> Screening:
    """Run the rules over an intake's answers and keep the result with every finding."""
    result = rules.assess(facts_of(intake, on=on), on=on)
    screening = Screening.objects.create(
        **intake.file,
        intake=intake,
        as_of=on,
        ruleset=result.ruleset,
        guideline_year=result.guideline_year,
        outcome=result.outcome,
        band=result.band,
        score=result.score,
        codes=list(result.codes),
        gates=dict(result.gates),
        points=dict(result.points),
        one_year=result.one_year_dates(),
        created_at=at or timezone.now(),
    )
    Finding.objects.bulk_create(
        Finding(
            **intake.file,
            screening=screening,
            position=position,
            code=finding.code,
            gate=finding.gate,
            result=finding.result,
            citation=finding.citation,
            inputs=dict(finding.inputs),
        )
        for position, finding in enumerate(result.findings)
    )
    record("screening.screened", screening, by=by, data={"outcome": result.outcome, "band": result.band})
    return screening


@transaction.atomic
def override_outcome(screening: Screening, *, outcome: str, reason: str, by: User, at: datetime) -> Override:
    """Record a person's reasoned departure; the screening itself stays as it was."""
    override = Override.objects.create(
        **screening.file, screening=screening, outcome=outcome, reason=reason, decided_by=by, decided_at=at
    )
    record("screening.overridden", screening, by=by, at=at, data={"from": screening.outcome, "to": outcome})
    return override
