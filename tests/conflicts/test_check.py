"""The check from asking to decision: refusals first."""

import pytest

from conflicts import actions
from conflicts.models import ConflictHit
from conflicts.queries import standing
from screening.queries import latest_screening
from tests.conftest import answer_names


@pytest.fixture
def abuser(case, cast, now):
    """Amina's caseworker writes down whom she fears."""
    return actions.add_party(
        case.file, role="feared", name="Yusuf al-Rahman", birth_date="1980", by=cast.cora, at=now
    )


def asks_for_help(make_case, given="يوسف", family="عبد الرحمن", born="1980-05-06"):
    return make_case(
        names={"given_names": given, "family_name": family}, about={"birth_date": born, "citizenship": ["SY"]}
    )


def test_a_check_that_nobody_answered_is_never_clear(make_draft, now):
    from intake.actions import submit_intake

    draft = make_draft()
    submit_intake(draft, at=now)
    assert standing(draft.file_id) == "pending"
    answer_names()
    assert standing(draft.file_id) == "clear"


def test_the_abuser_who_asks_for_help_too_is_held(abuser, case, make_case):
    answer_names()
    other = asks_for_help(make_case, "Yousef", "Rahman")
    hit = ConflictHit.objects.exclude(status="superseded").get(kind="conflict")
    assert (hit.file_id, hit.other_file_id) == (other.file_id, case.file_id)
    assert standing(other.file_id) == standing(case.file_id) == "possible"
    assert latest_screening(other.intake).outcome == "CONFLICT_HOLD"
