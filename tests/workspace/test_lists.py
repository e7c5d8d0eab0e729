"""Lists whose filters and columns are one place each: what is declared is shown, asked for and kept."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.template.loader import render_to_string
from django.urls import reverse

from foundation.filters import Filter
from workspace.home.supervising import Longest
from workspace.queue.forms import QueueForm
from workspace.rows import CODE, Column


class WithScore(QueueForm):
    """The queue's form with one field more."""

    score = Filter(
        label="Score",
        choices=[("7", "Seven")],
        narrow=lambda cases, score: cases.filter(score=score) if score else cases,
    )


def test_a_filter_is_added_by_one_field(client, cast, make_case, monkeypatch):
    early, late = make_case(), make_case()
    type(early).objects.filter(pk=early.pk).update(score=7)
    monkeypatch.setattr("workspace.queue.views.QueueForm", WithScore)
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:queue"), {"score": "7", "status": "in_triage"}).content.decode()
    assert early.reference in page and late.reference not in page
    assert "Score: Seven" in page
    assert 'href="?status=in_triage"' in page  # taking it off keeps the other
    assert "Score" in client.get(reverse("workspace:queue-filter")).content.decode()


@dataclass(frozen=True)
class LongestWithTrack(Longest):
    """A row of a home page with one field more."""

    track: Annotated[str, Column(CODE, heading="Track", at_end=True)]


def test_a_column_of_a_table_is_added_by_one_field():
    row = LongestWithTrack(
        address="/x/", what="North", reference="R-1", since=date(2026, 1, 2), track="defensive"
    )
    page = render_to_string("components/table.html", {"rows": [row], "columns": LongestWithTrack.columns()})
    assert '<td data-label="Track"><span class="code">defensive</span>' in page
    assert page.count("<th>") == page.count("<td ") == len(Longest.columns()) + 1


def test_a_column_of_a_home_page_is_added_by_one_field():
    row = LongestWithTrack(
        address="/x/", what="North", reference="R-1", since=date(2026, 1, 2), track="defensive"
    )
    page = render_to_string("components/row_list.html", {"rows": [row]})
    assert page.index("North") < page.index("R-1") < page.index("defensive")


def test_every_look_of_a_column_is_a_template():
    from workspace import rows

    looks = [value for name, value in vars(rows).items() if name.isupper()]
    assert looks
    for look in looks:
        assert render_to_string(look, {"cell": {"value": None}, "row": {"address": ""}}) is not None
