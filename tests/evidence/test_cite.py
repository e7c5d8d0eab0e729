from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from evidence.actions.claims import AlreadyCited, add_claim_point, cite_passage, withdraw_citation
from evidence.actions.library import AlreadyInLibrary, NothingToQuote, add_document
from evidence.models import Citation, Passage, Snapshot
from evidence.queries.claims import cited_points, is_intact
from evidence.queries.library import latest_snapshot, library
from evidence.search.office import search_office
from evidence.search.shelf import Filters
from foundation.refused import Forbidden

TEXT = (Path(__file__).parent / "statements" / "ridgeline.txt").read_text()


@pytest.fixture
def document(cast, now):
    return add_document(TEXT, capture="paste", by=cast.ade, at=now)


@pytest.fixture
def point(accepted, cast, now):
    return add_claim_point(
        accepted.case, ground="political_opinion", assertion="Hospitals were shelled.", by=cast.ade, at=now
    )


@pytest.fixture
def citation(document, point, cast, now):
    passage = Passage.objects.filter(kind="quotation").first()
    return cite_passage(passage, claim_point=point, relation="supports", note="", by=cast.ade, at=now)


def test_a_statement_is_taken_apart(document):
    assert document.title == "Ridgeline Watch Condemns Shelling of Hospitals in Taiz"
    assert (document.publisher, document.dateline) == ("Ridgeline Watch", "Geneva")
    assert str(document.published_date) == "2018-03-14"
    assert document.countries[0] == "YEM"
    assert latest_snapshot(document).passages.filter(kind="paragraph").count() == 5
    speakers = set(latest_snapshot(document).passages.filter(kind="quotation").values_list("speaker"))
    assert speakers == {("Lena Okoro",)}


def test_the_same_text_is_kept_once_per_office(document, cast, now):
    with pytest.raises(AlreadyInLibrary) as refused:
        add_document(TEXT, capture="paste", by=cast.ade, at=now)
    assert refused.value.document == document
    assert not library(cast.otto).exists()
    add_document(TEXT, capture="paste", by=cast.otto, at=now)


@pytest.mark.parametrize("text", ["", "   \n", "Only a title"])
def test_a_text_without_anything_to_quote_is_refused(cast, now, text):
    with pytest.raises(NothingToQuote):
        add_document(text, capture="paste", by=cast.ade, at=now)
    assert not Snapshot.objects.exists()


def test_a_snapshot_never_changes(document):
    for attempt in (lambda: Snapshot.objects.update(text="changed"), lambda: Snapshot.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_citation_freezes_words_place_and_hash(citation):
    snapshot = citation.snapshot
    assert snapshot.text[citation.start : citation.end] == citation.exact
    assert snapshot.text[: citation.start].endswith(citation.prefix)
    assert citation.sha256 == snapshot.sha256
    assert is_intact(citation)
    with pytest.raises(DatabaseError), transaction.atomic():
        Citation.objects.update(exact="something else")


def test_a_quotation_that_differs_from_its_source_is_not_rendered(citation, cast, client, tamper):
    tamper("update evidence_citation set exact = 'Everyone was safe'")
    cited = cited_points(citation.case)[0]
    assert cited.citations == [] and cited.locked
    client.force_login(cast.ade)
    page = client.get(reverse("workspace:evidence", args=[citation.case.pk])).content.decode()
    assert "Everyone was safe" not in page
    assert "Quotation withheld" in page


def test_only_an_attorney_with_access_cites(document, point, cast, now):
    passage = Passage.objects.first()
    for other in (cast.bea, cast.cora, cast.otto):
        with pytest.raises(Forbidden):
            cite_passage(passage, claim_point=point, relation="supports", note="", by=other, at=now)


def test_one_passage_is_cited_once_per_point_until_withdrawn(citation, point, cast, now):
    values = {"claim_point": point, "relation": "context", "note": "", "by": cast.ade, "at": now}
    with pytest.raises(AlreadyCited):
        cite_passage(citation.passage, **values)
    withdraw_citation(citation, by=cast.ade)
    assert cited_points(point.case)[0].citations == []
    cite_passage(citation.passage, **values)


def test_what_a_case_cites_is_as_private_as_the_case(citation, cast, client):
    for other in (cast.bea, cast.otto):
        client.force_login(other)
        url = reverse("evidence:citation-withdraw", args=[citation.pk])
        assert client.post(url).status_code in (403, 404)


def test_the_library_is_searched_by_words_and_country(document, cast):
    def found(words, who=cast.cora, **filters):
        return {hit.passage.snapshot.document for hit in search_office(words, who, Filters(**filters))}

    assert found("hospitals shelled", iso3="YEM", kind="statement", first_year=2018) == {document}
    assert found("hospitals in Yemen") == {document}
    assert not found("volcano") and not found("hospitals", iso3="PER") and not found("the of")
    assert not found("hospitals", kind="news") and not found("hospitals", last_year=2017)
    assert not found("hospitals", who=cast.otto)
    assert list(library(cast.cora, Filters("YEM", kind="statement"))) == [document]
    assert not library(cast.cora, Filters("PER")).exists()


@pytest.mark.parametrize("words", ['"unclosed', "a & | !", "x\0y", "😀" * 2500, "the of and", "%_\\"])
def test_odd_search_words_get_an_answer(client, cast, document, words):
    client.force_login(cast.cora)
    assert client.get(reverse("evidence:documents"), {"q": words, "country": words}).status_code == 200


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"text": TEXT, "kind": "poem"},
        {"text": TEXT, "kind": "statement", "url": "javascript:alert(1)"},
        {"text": "a\x00b", "kind": "statement"},
    ],
)
def test_a_bad_source_gets_a_message(client, cast, form):
    client.force_login(cast.ade)
    response = client.post(reverse("evidence:document-add"), form)
    assert response.status_code == 422
    assert response.context["form"].errors


def test_details_are_confirmed_by_a_person(document, cast, client):
    client.force_login(cast.ade)
    url = reverse("evidence:document-confirm", args=[document.pk])
    good = {
        "title": "A title",
        "publisher": "X",
        "published_date": "2018-03-14",
        "published_precision": "day",
    }
    assert client.post(url, {**good, "kind": "statement", "published_date": "14/3"}).status_code == 422
    assert client.post(url, {**good, "kind": "statement"}).status_code == 302
    document.refresh_from_db()
    assert (document.confirmed_by, document.publisher) == (cast.ade, "X")
