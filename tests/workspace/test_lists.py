"""Lists whose filters and columns are one place each: what is declared is shown, asked for and kept."""

from dataclasses import dataclass
from typing import Annotated

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from foundation.filters import Filter
from screening.models import Band
from workspace.home.queries import Waiting
from workspace.queue.forms import QueueForm
from workspace.queue.queries import CaseRow, case_rows
from workspace.rows import CODE, Column


class WithUrgency(QueueForm):
    """The queue's form with one field more."""

    band = Filter(
        label="How urgent",
        choices=[("", "All"), *Band.choices],
        narrow=lambda cases, band: cases.filter(band=band) if band else cases,
    )


def test_a_filter_is_added_by_one_field(client, cast, make_case, monkeypatch):
    urgent, calm = make_case(), make_case()
    type(urgent).objects.filter(pk=urgent.pk).update(band=Band.CRITICAL)
    type(calm).objects.filter(pk=calm.pk).update(band=Band.ROUTINE)
    monkeypatch.setattr("workspace.queue.views.QueueForm", WithUrgency)
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:queue"), {"band": Band.CRITICAL}).content.decode()
    assert urgent.reference in page and calm.reference not in page
    assert "Filter by: How urgent" in page
    assert '<a href="?band=CRITICAL" aria-current="page">' in page
    assert '<a href="?status=in_triage&amp;band=CRITICAL">' in page  # another choice keeps this one


def test_the_next_page_of_a_list_is_filtered_as_this_one(client, cast, make_case, monkeypatch):
    monkeypatch.setattr("workspace.queue.views.PER_PAGE", 1)
    for _n in range(2):
        make_case()
    client.force_login(cast.cora)
    first = client.get(reverse("workspace:queue"), {"status": "in_triage"}).content.decode()
    assert '<a class="btn btn-outline-primary" href="?status=in_triage&amp;page=2">' in first


@dataclass(frozen=True)
class WithTrack(CaseRow):
    """A row of the queue with one field more."""

    track: Annotated[str, Column(CODE, heading="Track of the case")]


@dataclass(frozen=True)
class WaitingWithTrack(Waiting):
    """A row of a home page with one field more."""

    track: Annotated[str, Column(CODE, at_end=True)]


def test_a_column_of_a_table_is_added_by_one_field(case):
    [row] = case_rows([case], purpose="test", today=timezone.localdate())
    wider = WithTrack(**vars(row), track="affirmative")
    page = render_to_string("components/table.html", {"rows": [wider], "columns": WithTrack.columns()})
    assert "<th>Track of the case</th>" in page
    assert '<td data-label="Track of the case"><span class="code">affirmative</span>' in page
    assert page.count("<th>") == page.count("<td ") == len(CaseRow.columns()) + 1


def test_a_column_of_a_home_page_is_added_by_one_field():
    row = WaitingWithTrack(
        address="/x/", band=Band.HIGH.badge, reference="R-1", queue="North", track="defensive"
    )
    page = render_to_string("components/row_list.html", {"rows": [row]})
    assert page.index("R-1") < page.index("North") < page.index("defensive")


def test_every_look_of_a_column_is_a_template():
    from workspace import rows

    looks = [value for name, value in vars(rows).items() if name.isupper()]
    assert looks
    for look in looks:
        assert render_to_string(look, {"cell": {"value": None}, "row": {"address": ""}}) is not None
