"""What the office shares: collections, counts, assessments, the timeline of a country, and the matrix."""

import ast
import time
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from evidence import sentinel
from evidence.actions.claims import add_claim_point, cite_passage
from evidence.actions.collections import collect, make_collection, uncollect
from evidence.actions.library import add_document
from evidence.actions.shelf import take_from_shelf
from evidence.models import Collection, Document, LinkCheck, Passage, ReportPassage
from evidence.queries.claims import hearing_of, matrix_of, origins_of, suggestions_for
from evidence.queries.library import found_in, timeline_of
from evidence.queries.links import drifted
from evidence.rules.adverse import against
from evidence.search.office import search_office
from evidence.words import age_words, page_ranges, use_words, warning_words
from foundation.events.models import Event
from foundation.refused import Forbidden
from tests.evidence.test_shelf import load

ROOT = Path(__file__).resolve().parents[2]
TEXT = (Path(__file__).parent / "statements" / "ridgeline.txt").read_text()


@pytest.fixture
def document(cast, now):
    return add_document(TEXT, capture="paste", by=cast.ade, at=now)


def point_of(accepted, cast, now, **parts):
    words = {"ground": "race", "assertion": "Children are recruited as soldiers.", **parts}
    return add_claim_point(accepted.case, **words, by=cast.ade, at=now)


def cited(passage, point, cast, now, relation="supports"):
    return cite_passage(passage, claim_point=point, relation=relation, note="", by=cast.ade, at=now)


def test_a_collection_takes_no_source_of_another_office(document, cast, now):
    theirs = make_collection(name="Hospitals", by=cast.otto, at=now)
    with pytest.raises(Forbidden):
        collect(document, collection=theirs, by=cast.ade, at=now)
    with pytest.raises(Forbidden):
        collect(document, collection=theirs, by=cast.otto, at=now)


def test_a_collection_is_the_offices_and_has_each_source_once(client, document, cast, now):
    client.force_login(cast.ade)
    client.post(reverse("evidence:collections"), {"name": "Hospitals in the north"})
    made = Collection.objects.get()
    assert client.post(reverse("evidence:collections"), {"name": made.name}).status_code == 422
    for _ in range(2):
        client.post(reverse("evidence:document-collect", args=[document.pk]), {"collection": made.pk})
    client.force_login(cast.cora)
    page = client.get(reverse("evidence:collection", args=[made.pk]))
    assert page.content.decode().count(document.title) == 1
    client.force_login(cast.otto)
    assert client.get(reverse("evidence:collection", args=[made.pk])).status_code == 404
    one = made.collected.get()
    assert client.post(reverse("evidence:uncollect", args=[one.pk])).status_code == 404
    client.force_login(cast.cora)
    client.post(reverse("evidence:uncollect", args=[one.pk]))
    assert not made.collected.exists() and Document.objects.filter(pk=document.pk).exists()


def test_putting_in_and_taking_out_are_on_record_once_each(document, cast, now):
    made = make_collection(name="Hospitals", by=cast.ade, at=now)
    for _ in range(2):
        collect(document, collection=made, by=cast.cora, at=now)
    one = made.collected.get()
    for _ in range(2):
        uncollect(one, by=cast.ade, at=now)
    events = Event.objects.filter(name__in=["evidence.collected", "evidence.uncollected"]).order_by("seq")
    assert [(event.name, event.subject_id, event.actor) for event in events] == [
        ("evidence.collected", str(document.pk), f"user:{cast.cora.pk}"),
        ("evidence.uncollected", str(document.pk), f"user:{cast.ade.pk}"),
    ]
    assert {event.data["collection"] for event in events} == {str(made.pk)}


def test_few_uses_are_not_counted_aloud():
    assert [use_words(n) for n in (0, 2, 3, 9, 10, 400)] == [
        *("", ""),
        *("cited 3 times or more",) * 2,
        *("cited 10 times or more",) * 2,
    ]


def test_a_count_of_uses_keeps_nothing_of_the_case(document, accepted, cast, now):
    passages = list(Passage.objects.filter(kind="quotation"))[:3]
    for passage in passages:
        cited(passage, point_of(accepted, cast, now), cast, now)
    document.refresh_from_db()
    assert document.uses == 3
    assert not {field.name for field in Document._meta.get_fields()} & {"case", "cases", "citation"}


def test_an_assessment_is_a_persons_and_shown_in_the_matrix(client, document, accepted, cast, now):
    client.force_login(cast.otto)
    url = reverse("evidence:document-assess", args=[document.pk])
    assert client.post(url, {"independence": "independent"}).status_code == 404
    client.force_login(cast.ade)
    assert client.post(url, {"independence": "perfect"}).status_code == 422
    client.post(url, {"independence": "independent", "method": "witnessed"})
    document.refresh_from_db()
    assert (document.independence, document.assessed_by) == ("independent", cast.ade)
    cited(Passage.objects.filter(kind="quotation")[0], point_of(accepted, cast, now), cast, now)
    page = client.get(reverse("evidence:matrix", args=[accepted.case.pk])).content.decode()
    assert "Independent of all parties" in page and "work product" in page


def test_two_papers_that_quote_one_organization_are_one_source(accepted, cast, now):
    point = point_of(accepted, cast, now)
    quote = "“It was shelled,” said Lena Okoro of Ridgeline Watch."
    for paper in ("The Morning Post", "Evening News"):
        text = f"A headline\n\nTAIZ — {paper} reported today. {quote}"
        document = add_document(text, capture="paste", by=cast.ade, at=now, details={"publisher": paper})
        for passage in Passage.objects.filter(snapshot__document=document):
            cited(passage, point, cast, now)
    row = matrix_of(accepted.case, today=now.date(), hearing=None)[0]
    assert row.supports == 4
    assert row.sources == ["Ridgeline Watch"]
    assert origins_of([]) == {}


def test_the_age_of_a_source_counts_to_the_hearing(document, accepted, cast, now):
    cited(Passage.objects.filter(kind="quotation")[0], point_of(accepted, cast, now), cast, now)
    (row,) = matrix_of(accepted.case, today=now.date(), hearing=date(2020, 3, 14))
    assert row.weighed[0].age == "2 years old at the hearing"
    (row,) = matrix_of(accepted.case, today=now.date(), hearing=date(2018, 1, 1))
    assert row.weighed[0].age == "published after the hearing"
    assert age_words(200, hearing=False) == "6 months old today"


def test_the_hearing_is_the_one_the_case_has(accepted, cast, now):
    from cases.dates import write_facts

    assert hearing_of(accepted.case, now.date()) is None
    write_facts(
        accepted.case,
        values={"in_proceedings": True, "individual_hearing": "2027-05-04"},
        seen=None,
        by=cast.ade,
        at=now,
    )
    assert hearing_of(accepted.case, now.date()) == date(2027, 5, 4)


def test_the_matrix_is_built_for_its_page_and_nothing_else():
    """Work product: nothing that exports may even name it."""
    for path in ROOT.glob("*/**/*.py"):
        inside = path.relative_to(ROOT)
        if (
            inside.parts[0] in ("tests", ".venv", ".local")
            or inside.as_posix() == "evidence/queries/claims.py"
        ):
            continue
        names = {n.id for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Name)}
        assert "matrix_of" not in names or inside.as_posix() == "evidence/views/claims.py", inside


def test_a_countrys_timeline_has_the_newest_first_and_the_undated_last(document, cast, now):
    load()
    add_document("No date\n\nA paragraph on Yemen.", capture="paste", by=cast.ade, at=now)
    assert [(y.year, len(y.documents)) for y in timeline_of(cast.cora, "YEM")] == [(2018, 1), (None, 1)]
    assert [y.year for y in timeline_of(cast.cora, "SOM")] == [2018, 2017, 2016]
    assert timeline_of(cast.otto, "YEM") == []


def test_each_detail_shows_where_it_was_found(document):
    snapshot = document.snapshots.get()
    found = {one.label: one.words for one in found_in(document, snapshot)}
    assert found["Publisher"] == "Ridgeline Watch" and found["Published on"] == "March 14, 2018"
    assert all(snapshot.text[start:end] for places in document.spans.values() for start, end in places)


def test_a_statement_can_be_found_within_five_seconds_of_being_added(cast, now):
    began = time.monotonic()
    text = TEXT + "\n\n".join(f"Paragraph {n} tells of shelling near Taiz." for n in range(400))
    added = add_document(text, capture="paste", by=cast.ade, at=now)
    hits = search_office("hospitals shelled", cast.cora)
    assert added in {hit.passage.snapshot.document for hit in hits}
    assert time.monotonic() - began < 5


def test_pages_without_text_are_named_in_words():
    assert page_ranges([3, 4, 5, 6, 7, 9]) == "3–7, 9"
    (said,) = warning_words(["NO_TEXT_ON_PAGES", "3", "4"])
    assert said.startswith("No text on pages 3–4.")
    assert warning_words(["NO_PUBLISHER"]) == ["No publisher found."]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("There were no reports of disappearances.", ["nothing_reported"]),
        ("Police investigated and prosecuted two officers.", ["protection"]),
        ("The situation improved during the year.", ["improved"]),
        ("The government generally respected these rights.", ["respected"]),
        ("Militants shelled the hospital.", []),
    ],
)
def test_words_that_may_speak_against_a_claim_are_told(text, reasons):
    assert against(text) == reasons


def test_suggestions_have_reasons_and_look_at_the_other_side(document, accepted, cast, now):
    load()
    point = point_of(accepted, cast, now, place="Somalia", period="2016 to 2017")
    found = suggestions_for(point, cast.ade)
    assert found.helping and all(one.reason for one in found.helping)
    assert {one.hit.passage.year for one in found.helping} <= {2016, 2017, 2018}
    assert all(against(one.hit.passage.text) for one in found.adverse)


def test_a_newer_edition_is_told_once_with_the_cases_that_cite_the_older(accepted, cast, now):
    load()
    taken = take_from_shelf(ReportPassage.objects.get(iso3="SOM", year=2016, n=1), by=cast.ade, at=now)
    cited(taken, point_of(accepted, cast, now), cast, now)
    assert [sentinel.check_editions(at=now) for _ in range(2)] == [1, 0]
    check = LinkCheck.objects.get()
    assert (check.seen, check.edition.year) == ("new_edition", 2018)
    assert check.passages[0]["n"] == taken.n and check.passages[0]["state"] == "gone"
    (one,) = drifted(cast.ade)
    assert one.cases == [accepted.case]
    assert [seen.cases for seen in drifted(cast.bea)] == [[]]


def test_the_page_offers_each_country_a_name_can_mean(client, cast, db):
    load()
    client.force_login(cast.cora)
    library = reverse("evidence:documents")
    page = client.get(library, {"q": "Congolese army", "from": "2016"}).content.decode()
    for code in ("COD", "COG"):
        assert f"?q=Congolese+army&amp;from=2016&amp;country={code}" in page
    chosen = client.get(library, {"q": "Congolese army", "country": "COD"})
    assert chosen.context["either"] == [] and chosen.context["country"] == "COD"
