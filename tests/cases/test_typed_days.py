"""Days that staff type: read as they are meant, and asked back where they can be two."""

import pytest
from django.core.exceptions import ValidationError

from cases.forms import CaseFactsForm, JudgeDateForm, known_beside
from cases.forms.fields import read_day
from cases.rules import DeadlineFacts


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("2026-11", "2026-11"),
        ("2026-11-24", "2026-11-24"),
        ("12/31/2026", "2026-12-31"),
        ("31/12/2026", "2026-12-31"),
        ("31.12.2026", "2026-12-31"),
        ("8/8/2026", "2026-08-08"),
        ("١٢/٣١/٢٠٢٦", "2026-12-31"),
    ],
)
def test_a_day_is_read_however_it_is_typed(typed, read):
    assert read_day(typed) == read


def test_a_day_that_can_be_two_is_asked_back_with_both():
    with pytest.raises(ValidationError) as asked:
        read_day("12/08/2026")
    words = asked.value.messages[0]
    assert "2026-12-08" in words and "2026-08-12" in words


@pytest.mark.parametrize("typed", ["31/31/2026", "2/30/2026", "soon", "0/1/2026", "13/13/13"])
def test_what_is_no_day_is_asked_for_again(typed):
    with pytest.raises(ValidationError):
        read_day(typed)


def test_what_is_known_stands_beside_its_box():
    facts = DeadlineFacts.from_dict({"arrival": "2026-03", "detained": True})
    form = CaseFactsForm(beside=known_beside(facts))
    assert "March 2026" in str(form.fields["arrival"].help_text)
    assert "yes" in str(form.fields["detained"].help_text)
    assert not form.fields["moved"].help_text


def test_which_date_a_judge_set_is_never_chosen_beforehand():
    form = JudgeDateForm(here=("evidence_detained",))
    assert form.fields["replaces"].choices[0] == ("", "—")
    assert "replaces" in JudgeDateForm({"date": "2027-01-04", "source": "Order"}).errors
