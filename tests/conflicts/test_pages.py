"""The pages about names: refusals, what they show, and what never stands in an address."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from conflicts import actions
from conflicts.models import ConflictHit, NameSearch
from conflicts.queries import standing
from foundation.database.principal import NAMES_WORKER, acting_as
from foundation.events.models import AccessRecord
from tests.conftest import answer_names

BOTH = {"channels": ["call", "email"]}


@pytest.fixture
def pair(case, make_case, cast, now):
    """A possible conflict between Amina's case and another."""
    actions.add_party(
        case.matter, role="feared", name="Yusuf al-Rahman", birth_date="1980", by=cast.cora, at=now
    )
    answer_names()
    other = make_case(
        name={"given_names": "Yousef", "family_name": "Rahman"},
        born={"birth_date": "1980-05-06"},
        reach={"phone": "+12125550188", **BOTH},
    )
    return ConflictHit.objects.exclude(status="superseded").get(kind="conflict"), case, other


def test_another_office_and_a_fenced_colleague_find_no_hit(client, cast, pair, now):
    hit, _case, other = pair
    client.force_login(cast.otto)
    assert client.get(reverse("workspace:hit", args=[hit.pk])).status_code == 404
    actions.fence(other.matter_id, user=cast.cora, office_id=other.office_id, by=cast.ines, at=now)
    client.force_login(cast.cora)
    assert client.get(reverse("workspace:hit", args=[hit.pk])).status_code == 404
    page = client.get(reverse("workspace:conflicts")).content.decode()
    assert "Yousef" not in page and "Yusuf" not in page
    assert client.get(other.get_absolute_url()).status_code == 404


def test_a_hit_is_explained_part_by_part_and_decided_with_a_reason(client, cast, pair):
    hit, case, other = pair
    client.force_login(cast.cora)
    listed = client.get(reverse("workspace:conflicts")).content.decode()
    assert "Yousef Rahman" in listed and str(hit.pk) in listed
    page = client.get(reverse("workspace:hit", args=[hit.pk])).content.decode()
    for expected in (
        "another form of the same name",
        "1980-05-06",
        case.reference,
        other.reference,
        "likeness",
    ):
        assert expected in page, expected
    assert not re.search(r"0\.\d{3}", page)  # no bare number
    decide = reverse("workspace:hit-decide", args=[hit.pk])
    assert client.post(decide, {"confirmed": "no", "reason": ""}).status_code == 422
    assert client.post(decide, {"confirmed": "no", "reason": "Another man."}).status_code == 302
    assert standing(case.matter_id) == "clear"
    assert "Another man." in client.get(reverse("workspace:hit", args=[hit.pk])).content.decode()


def test_the_case_page_says_how_its_names_stand(client, cast, pair, now):
    _hit, case, _other = pair
    client.force_login(cast.cora)
    assert "Possible conflict" in client.get(case.get_absolute_url()).content.decode()
    add = reverse("workspace:party-add", args=[case.pk])
    assert client.post(add, {"role": "family", "name": "Lina Canary"}).status_code == 302
    page = client.get(reverse("workspace:people", args=[case.pk])).content.decode()
    assert "Lina Canary" in page
    client.post(reverse("workspace:names-check", args=[case.pk]))
    assert "Waiting" in client.get(reverse("workspace:conflicts")).content.decode()


@pytest.mark.parametrize(
    ("who", "text", "found"),
    [
        ("cora", "yousif rahmaan", True),
        ("cora", "يوسف الرحمن", True),
        ("cora", "(212) 555-0188", True),
        ("cora", "amina@test.example", True),
        ("cora", "reference", True),
        ("cora", "locator", True),
        ("cora", "Wilhelmina Oosterhuis", False),
        ("ines", "yousif rahmaan", True),
        ("otto", "yousif rahmaan", False),
        ("otto", "(212) 555-0188", False),
        ("ade", "yousif rahmaan", False),
    ],
)
def test_search_forgives_spelling_and_script_and_shows_only_what_one_may_see(
    client, cast, pair, who, text, found
):
    _hit, _case, other = pair
    text = {"reference": other.reference.lower(), "locator": other.intake.locator}.get(text, text)
    client.force_login(getattr(cast, who))
    answer = client.post(reverse("workspace:search"), {"q": text})
    if answer.status_code == 302:
        assert not any(word in answer.url for word in text.split())
        answer_names()
        answer = client.get(answer.url)
    assert answer.status_code == 200
    assert (other.reference in answer.content.decode()) is found


def test_an_attorney_finds_their_own_people_in_any_spelling(client, cast, accepted):
    client.force_login(cast.ade)
    page = client.post(reverse("workspace:search"), {"q": "Ameena Canary Surname"}).content.decode()
    assert accepted.case.reference in page


def test_a_late_worker_is_said_and_is_not_nothing(client, cast, pair):
    client.force_login(cast.cora)
    answer = client.post(reverse("workspace:search"), {"q": "Yousef"})
    page = client.get(answer.url).content.decode()
    assert "has not answered" in page
    assert client.get(reverse("workspace:search")).status_code == 200


def test_a_search_is_forgotten_within_minutes_and_as_the_next_is_asked(client, cast, pair, now):
    client.force_login(cast.cora)
    first = client.post(reverse("workspace:search"), {"q": "Yousef"}).url
    names = answer_names()
    assert client.get(first).status_code == client.get(first).status_code == 200  # and back from a case
    client.post(reverse("workspace:search"), {"q": "Rahman"})
    assert NameSearch.objects.count() == 1 and client.get(first).status_code == 404
    with acting_as(NAMES_WORKER):
        names.forget()
    assert NameSearch.objects.count() == 1
    NameSearch.objects.update(asked_at=now - timedelta(minutes=5))
    with acting_as(NAMES_WORKER):
        names.forget()
    assert NameSearch.objects.count() == 0


def test_what_is_known_of_both_or_not_is_said_of_people_who_share_a_number_alone(client, cast, make_case):
    number = {"a_number": "A012345678"}
    make_case(born={**number, "birth_date": "1987-03-04"}, citizenship={"citizenship": ["LB"]})
    make_case(
        name={"given_names": "Wilhelmina", "family_name": "Oosterhuis"},
        born={**number, "birth_date": "1991-12-30"},
    )
    client.force_login(cast.cora)
    hit = ConflictHit.objects.get(kind="duplicate")
    page = client.get(reverse("workspace:hit", args=[hit.pk])).content.decode()
    assert re.findall(r'class="how">([^<]+)<', page)[:2] == ["different", "different"]


def test_someone_elses_search_is_not_found(client, cast, pair):
    client.force_login(cast.cora)
    url = client.post(reverse("workspace:search"), {"q": "Yousef"}).url
    assert NameSearch.objects.count() == 1
    client.force_login(cast.ines)
    assert client.get(url).status_code == 404


def test_a_search_leaves_one_record_of_the_names_it_showed(client, cast, pair):
    client.force_login(cast.cora)
    url = client.post(reverse("workspace:search"), {"q": "Yousef Rahman"}).url
    answer_names()
    before = AccessRecord.objects.filter(purpose="search", group="identity").count()
    client.get(url)
    assert AccessRecord.objects.filter(purpose="search", group="identity").count() == before + 1


@pytest.mark.parametrize(
    "text", ["😀", "''; drop table", "a" * 400, "<script>alert(1)</script>", "\u202eabc", "1"]
)
def test_bad_search_text_is_answered(client, cast, text):
    client.force_login(cast.cora)
    answer = client.post(reverse("workspace:search"), {"q": text}, follow=True)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_own_list_page(client, cast):
    client.force_login(cast.cora)
    assert client.get(reverse("workspace:my-list")).status_code == 403
    client.force_login(cast.ade)
    url = reverse("workspace:my-list")
    assert client.post(url, {"names": "Ivan Petrov\n😀"}).status_code == 422
    assert client.post(url, {"names": "Ivan Petrov\nОльга Іваненко"}).status_code == 302
    page = client.get(url).content.decode()
    assert "Ivan Petrov" in page and "Ольга" in page
    remove = re.search(r'action="(/my/list/[^"]+/remove/)"', page)[1]
    client.force_login(cast.bea)
    assert client.post(remove).status_code == 403
    client.force_login(cast.ade)
    assert client.post(remove).status_code == 302


def test_the_administrator_sees_whether_the_names_worker_is_there(client, cast):
    client.force_login(cast.ines)
    assert "It does not answer" in client.get(reverse("home")).content.decode()
    answer_names()
    assert "names in memory" in client.get(reverse("home")).content.decode()
    assert client.get("/health/ready").json()["names"] == "ok"


def test_without_it_the_web_process_is_healthy_all_the_same(client, db):
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["names"]) == (200, "silent")
