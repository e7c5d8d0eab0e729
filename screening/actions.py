"""Screen an intake, and again when something changed; let a person confirm the result or depart from it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import User
from foundation.events.ledger import record
from intake.models import Intake
from screening import rules
from screening.facts import facts_of
from screening.models import Finding, Override, Review, Screening, Why
from screening.queries import Stood, latest_screening, stood


@transaction.atomic
def screen_intake(
    intake: Intake,
    *,
    on: date,
    by: Any,
    at: datetime | None = None,
    facts: rules.Facts | None = None,
    why: str = Why.OPENED,
) -> Screening:
    """Run the rules and keep the result with every finding; over the answers unless facts are given."""
    config = rules.config_of(intake.office.own_figures)
    result = rules.assess(facts or facts_of(intake, on=on), on=on, config=config)
    return _keep(intake, result, on=on, by=by, at=at or timezone.now(), why=why)


@transaction.atomic
def rescreen_intake(
    intake: Intake, *, facts: rules.Facts, on: date, by: Any, at: datetime, why: str
) -> Screening | None:
    """Run the rules again and keep a new screening only where something differs from the latest."""
    result = rules.assess(facts, on=on, config=rules.config_of(intake.office.own_figures))
    latest = latest_screening(intake)
    if not differs(result, stood([latest], purpose="rescreen")[latest.pk]):
        return None
    return _keep(intake, result, on=on, by=by, at=at, why=why)


def differs(result: rules.Assessment, kept: Stood) -> bool:
    """Tell whether a result says anything else than the screening that stood, its inputs included."""
    before = kept.screening
    plain = (
        (result.ruleset, before.ruleset),
        (result.guideline_year, before.guideline_year),
        (result.outcome, before.outcome),
        (result.band, before.band),
        (result.score, before.score),
        (list(result.codes), before.codes),
        (result.gates, before.gates),
        (result.points, before.points),
        (result.floors, before.floors),
        (result.one_year_dates(), kept.one_year),
    )
    findings = [(each.code, each.result, each.citation, dict(each.inputs)) for each in result.findings]
    return any(new != old for new, old in plain) or findings != kept.findings


def _keep(
    intake: Intake, result: rules.Assessment, *, on: date, by: Any, at: datetime, why: str
) -> Screening:
    screening = Screening.objects.create(
        **intake.matter.columns,
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
        floors=dict(result.floors),
        one_year=result.one_year_dates(),
        why=why,
        created_at=at,
    )
    Finding.objects.bulk_create(
        Finding(
            **intake.matter.columns,
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
    data = {"outcome": result.outcome, "band": result.band, "why": str(why)}
    record("screening.screened", screening, by=by, at=at, data=data)
    return screening


@transaction.atomic
def review_screening(
    screening: Screening, *, outcome: str, band: str, reason: str, by: User, at: datetime
) -> Review:
    """Record that a person looked at a screening and confirmed it, or departed from it with a reason."""
    if outcome == screening.outcome:
        record("screening.confirmed", screening, by=by, at=at, data={"outcome": outcome, "band": band})
    else:
        override_outcome(screening, outcome=outcome, reason=reason, by=by, at=at)
    return Review.objects.create(
        **screening.matter.columns,
        screening=screening,
        outcome=outcome,
        band=band,
        reason=reason,
        decided_by=by,
        decided_at=at,
    )


@transaction.atomic
def override_outcome(screening: Screening, *, outcome: str, reason: str, by: User, at: datetime) -> Override:
    """Record a person's reasoned departure; the screening itself stays as it was."""
    override = Override.objects.create(
        **screening.matter.columns,
        screening=screening,
        outcome=outcome,
        reason=reason,
        decided_by=by,
        decided_at=at,
    )
    record("screening.overridden", screening, by=by, at=at, data={"from": screening.outcome, "to": outcome})
    return override
