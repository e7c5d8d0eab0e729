"""What is kept goes after its days, nothing else does: an original once it is copied, never under a hold."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Case
from config.checks import what_is_kept_goes_in_time
from foundation.events.models import Event
from foundation.files import work
from foundation.files.models import StoredFile, Upload
from operations.models import Kind, Run
from operations.retention import BadChoice, classes, days_of, sweep
from tests.files import corpus
from tests.files.conftest import files_on_disk, media, send  # noqa: F401  fixtures


@pytest.fixture
def papers(send, case):  # noqa: F811
    """A paper with its safe copy, and one that was refused."""
    send(("fine.pdf", corpus.letter()), ("bomb.png", corpus.pixel_bomb()))
    work.LINE.work_off()
    fine, refused = Upload.objects.order_by("number")
    assert fine.rebuilt_id and refused.rebuilt_id is None
    return fine, refused


def test_an_original_stays_as_long_as_its_matter_unless_days_are_chosen(papers, now):
    assert days_of("originals") == 0
    assert "originals" not in sweep(at=now + timedelta(days=4000))
    assert Upload.objects.filter(original=None).count() == 0


@pytest.mark.parametrize(("days", "is_gone"), [(364, False), (365, False), (366, True)])
def test_an_original_goes_after_its_days_and_its_copy_stays(papers, settings, now, days, is_gone):
    settings.KEPT_DAYS = "originals=365"
    fine, refused = papers
    before = len(files_on_disk(settings.MEDIA_ROOT))
    assert sweep(at=now + timedelta(days=days))["originals"]["gone"] == is_gone
    fine.refresh_from_db()
    refused.refresh_from_db()
    assert (fine.original_id is None) == is_gone and fine.rebuilt_id and refused.original_id
    assert before - len(files_on_disk(settings.MEDIA_ROOT)) == is_gone
    told = Event.objects.filter(name="operations.original_let_go", matter_id=fine.matter_id)
    assert told.count() == is_gone
    if is_gone:
        assert Run.objects.get(kind=Kind.RETENTION).figures["originals"] == {"gone": 1, "left": 0}


def test_nothing_of_a_case_on_hold_goes(papers, settings, case, now):
    settings.KEPT_DAYS = "originals=90"
    Case.objects.filter(pk=case.pk).update(legal_hold=True)
    assert sweep(at=now + timedelta(days=4000))["originals"]["gone"] == 0
    assert StoredFile.objects.filter(quarantined=True).count() == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("orignals=365", "names orignals"),
        ("originals=89", "from 90 to 3650"),
        ("originals=3651", "from 90 to 3650"),
        ("messages=soon", "from 90 to 1200"),
        ("sessions", "from 1 to 30"),
    ],
)
def test_days_that_cannot_be_chosen_are_refused_at_start_in_a_sentence(settings, words, said):
    settings.KEPT_DAYS = words
    (problem,) = what_is_kept_goes_in_time(None)
    assert said in problem.msg
    with pytest.raises(BadChoice):
        days_of("originals")


def test_days_within_the_bounds_are_taken(settings):
    settings.KEPT_DAYS = "originals=90, messages=1200"
    assert what_is_kept_goes_in_time(None) == []
    assert (days_of("originals"), days_of("messages"), days_of("sessions")) == (
        90,
        1200,
        classes()["sessions"].days,
    )


def test_the_one_table_says_all_of_it_and_how_long_ago_cases_ended(client, cast, case, settings, tamper, now):
    settings.KEPT_DAYS = "originals=365"
    tamper("update cases_case set status = 'closed', closed_at = %s", now - timedelta(days=4 * 365))
    client.force_login(cast.ines)
    page = client.get(reverse("workspace:keeping"))
    shown = page.content.decode()
    for words in ("Files just as they were sent", "Days: 365", "Logs of the machine", "Backups of the keys"):
        assert words in shown
    assert [count for _words, count in page.context["held"].ages] == [0, 0, 1, 0]


def test_the_installation_page_says_how_much_went_and_is_left(client, cast, now):
    figures = {"sessions": {"gone": 500, "left": 1200}, "runs": {"gone": 0, "left": 0}}
    Run.objects.create(kind=Kind.RETENTION, begun_at=now, ended_at=now, figures=figures)
    client.force_login(cast.ines)
    shown = client.get(reverse("operations:installation")).content.decode()
    assert "Removed: 500. Left for the next time: 1200." in shown
