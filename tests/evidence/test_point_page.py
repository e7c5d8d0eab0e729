"""A point, what may be cited for it, and citing stand on one page; the point is carried along."""

import re

import pytest
from django.urls import reverse

from evidence.actions.claims import add_claim_point
from evidence.models import Citation, ReportPassage
from tests.evidence.test_shelf import load


@pytest.fixture
def point(accepted, cast, now):
    load()
    words = "Children are recruited by armed groups."
    return add_claim_point(accepted.case, ground="race", assertion=words, by=cast.ade, at=now)


@pytest.fixture
def ade(client, cast):
    client.force_login(cast.ade)
    return client


def page_of(point):
    return reverse("evidence:suggestions", args=[point.pk])


def cite(client, point, **values):
    return client.post(reverse("evidence:point-cite", args=[point.pk]), values)


def test_a_passage_of_the_shelf_is_cited_in_one_press_and_the_page_stays(ade, point):
    page = ade.get(page_of(point)).content.decode()
    assert 'name="shelf"' in page and "Children are recruited" in page
    shelf = ReportPassage.objects.defer("tsv").first()
    answer = cite(ade, point, shelf=shelf.pk, relation="supports")
    assert answer.url == page_of(point)
    (citation,) = Citation.objects.filter(claim_point=point)
    assert (citation.relation, citation.case_id) == ("supports", point.case_id)
    assert citation.exact[:40] in ade.get(page_of(point)).content.decode()


def test_citing_the_same_passage_twice_says_so_and_cites_once(ade, point):
    shelf = ReportPassage.objects.defer("tsv").first()
    cite(ade, point, shelf=shelf.pk, relation="supports")
    answer = cite(ade, point, shelf=shelf.pk, relation="adverse")
    assert answer.status_code in (409, 422)
    assert Citation.objects.filter(claim_point=point).count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"relation": "supports"},
        {"shelf": "0", "relation": "supports"},
        {"passage": "0", "relation": "supports"},
        {"shelf": "nonsense", "relation": "supports"},
        {"relation": "proves"},
    ],
)
def test_what_is_no_passage_or_says_nothing_of_the_point_is_a_422_in_words(ade, point, values):
    answer = cite(ade, point, **values)
    assert answer.status_code == 422 and "nothing was cited" in answer.content.decode()
    assert not Citation.objects.exists()


def test_a_relation_is_never_preset(ade, point):
    shelf = ReportPassage.objects.defer("tsv").first()
    assert cite(ade, point, shelf=shelf.pk).status_code == 422


def test_the_point_is_carried_to_the_passage_and_to_the_form_that_cites_it(ade, point):
    found = re.search(rf"/passages/(\d+)/\?point={point.pk}", ade.get(page_of(point)).content.decode())
    shelf = ReportPassage.objects.defer("tsv").get(pk=found[1])
    there = reverse("evidence:shelf-passage", args=[shelf.pk])
    page = ade.get(there, {"point": point.pk}).content.decode()
    assert f'name="point" value="{point.pk}"' in page
    onward = ade.post(reverse("evidence:shelf-take", args=[shelf.pk]), {"point": point.pk}).url
    assert onward.endswith(f"?point={point.pk}")
    form = ade.get(onward).content.decode()
    assert f'<option value="{point.pk}" selected' in form


def test_a_point_that_is_none_is_not_carried(ade, point):
    shelf = ReportPassage.objects.defer("tsv").first()
    page = ade.get(reverse("evidence:shelf-passage", args=[shelf.pk]), {"point": "<b>"})
    assert page.status_code == 200 and 'name="point"' not in page.content.decode()


def test_other_words_are_looked_for_in_place_of_the_point_s_own(ade, point):
    page = ade.get(page_of(point), {"q": "zzzz"}).content.decode()
    assert "Nothing on the reference shelf has these words" in page


def test_a_point_of_a_case_that_is_not_theirs_is_a_404(client, cast, point):
    client.force_login(cast.bea)
    assert client.get(page_of(point)).status_code == 404
    assert cite(client, point, relation="supports").status_code == 404


def test_a_point_that_was_added_leads_to_its_page(ade, point):
    address = reverse("evidence:claim-point-add", args=[point.case_id])
    answer = ade.post(address, {"ground": "race", "assertion": "Another point.", "element": ""})
    assert answer.status_code == 302 and "/claim-points/" in answer.url, answer.content.decode()
