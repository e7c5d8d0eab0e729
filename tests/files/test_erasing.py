"""Erasing a matter takes everything that declares itself part of it, and nothing of anyone else's."""

import pytest
from django.db import connection

from foundation.accounts.matters import MatterModel
from foundation.database.rows import all_tables
from foundation.events.models import Event
from foundation.files.actions import path_of, store_file
from foundation.files.erasing import erase_matters, matter_models
from intake.models import Answer, Intake


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def rows_of(matter_id):
    """Return {table: rows} of a matter in every table that has such a column, the ledger's left out."""
    found = {}
    for table, model in all_tables().items():
        names = {field.name for field in model._meta.concrete_fields}
        if "matter_id" in names and not table.startswith(("events_", "accounts_")):
            found[table] = model._base_manager.filter(matter_id=matter_id).count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM keys.case_key_wrap WHERE file_id = %s", [matter_id])
        found["keys"] = cursor.fetchone()[0]
    return {table: count for table, count in found.items() if count}


def test_nothing_of_a_matter_is_left_but_what_happened(accepted, make_case, cast, now):
    from cases.actions import add_note

    case, other = accepted.case, make_case()
    add_note(case, text="called", by=cast.cora, at=now)
    stored = store_file([b"x"], matter=case.matter, name="x", content_type="x", on=case.office.today(now))
    before = rows_of(other.matter_id)
    assert before.pop("conflicts_conflicthit")  # "may be one person with Amina" is about her too
    assert len(rows_of(case.matter_id)) > 10
    with pytest.raises(Exception, match=r"protected|violates|denied"):
        Intake.objects.get(matter_id=case.matter_id).delete()  # never by halves
    erase_matters([case.matter_id])
    assert rows_of(case.matter_id) == {}
    assert not path_of(stored.pk).exists()
    assert rows_of(other.matter_id) == before
    assert Event.objects.filter(matter_id=case.matter_id).exists()


def test_what_refers_goes_before_what_it_refers_to():
    order = matter_models()
    assert len(order) > 12 and all(issubclass(model, MatterModel) for model in order)
    assert order.index(Answer) < order.index(Intake)
