"""The queue: parts of the list, filters, orders, pages; what is asked wrongly is said in words."""

from datetime import timedelta
from urllib.parse import parse_qs

import psycopg
import pytest
from django.core.cache import cache
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import actions
from cases.models import Case, SavedSearch, Status
from cases.queries import few_with
from config.middleware import principal_of
from conflicts.actions import fence
from foundation.devstack.template import url_of
from foundation.events.models import AccessRecord, Event
from notifications.inbound_models import Reply
from notifications.talk import settle_reply, write_by_receipt
from screening.models import Band
from tests.abuse.test_rows import As
from workspace.queue.forms import QueueForm
from workspace.queue.orders import ORDERS
from workspace.queue.tabs import TABS

QUEUE = "workspace:queue"


def page(client, **asked):
    return client.get(reverse(QUEUE), asked)


def references(response):
    return [row.reference for row in response.context["rows"]]


def place_in(response):
    """Return the cursor of the page behind this one."""
    return parse_qs(response.context["further"].lstrip("?"))["at"][0]


@pytest.fixture
def cora(client, cast):
    client.force_login(cast.cora)
    return cast.cora


def set_plain(case, **columns):
    Case.objects.filter(pk=case.pk).update(**columns)


def test_the_queue_takes_twelve_statements_however_many_cases_there_are(client, cora, make_case, now):
    for _n in range(3):
        make_case()
    actions.save_search(name="Mine", asked={"band": "HIGH"}, is_shared=False, by=cora, at=now)
    page(client)
    with CaptureQueriesContext(connection) as asked:
        assert page(client).status_code == 200
    assert len(asked) <= 12, [one["sql"][:150] for one in asked]


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("sort", ["", *ORDERS])
def test_every_part_opens_in_every_order(client, cora, case, tab, sort):
    assert page(client, tab=tab, sort=sort).status_code == 200


def test_every_choice_of_every_filter_is_understood(client, cora, case, cast, now):
    form = QueueForm(office=cast.office, today=now.date())
    for name, field in form.fields.items():
        for value, _words in list(getattr(field, "choices", []))[:6]:
            assert page(client, **{name: value}).status_code == 200, (name, value)


@pytest.mark.parametrize(
    "asked",
    [
        {"band": "no-such"},
        {"language": "' or 1=1"},
        {"caseworker": "9" * 40},
        {"sort": "name"},
        {"date": "5"},
        {"at": "made-up"},
        {"at": "x" * 5000},
    ],
)
def test_what_the_list_does_not_know_is_a_400_in_words(client, cora, case, asked):
    answer = page(client, **asked)
    assert answer.status_code == 400
    assert "list" in answer.content.decode()


def test_an_unknown_part_is_not_there(client, cora, case):
    assert page(client, tab="no-such").status_code == 404


def test_filters_add_up(client, cora, make_case):
    both, one, none = make_case(), make_case(), make_case()
    set_plain(both, codes=["language:ara", "state:NY"])
    set_plain(one, codes=["language:ara", "state:NJ"])
    set_plain(none, codes=["language:fra"])
    assert references(page(client, language="ara", state="NY")) == [both.reference]
    assert set(references(page(client, language="ara"))) == {both.reference, one.reference}


def test_what_is_not_known_is_let_through_by_no_filter_for_no(client, cora, make_case):
    unknown, free = make_case(), make_case()
    set_plain(unknown, codes=[])
    set_plain(free, codes=["custody:no"])
    assert references(page(client, custody="no")) == [free.reference]


def test_pages_go_on_where_the_last_ended_and_back(client, cora, make_case, monkeypatch):
    monkeypatch.setattr("workspace.queue.views.PER_PAGE", 2)
    made = [make_case() for _n in range(5)]
    for sort in ORDERS:
        seen, asked = [], {"sort": sort}
        while True:
            answer = page(client, **asked)
            seen += references(answer)
            if not answer.context["further"]:
                break
            asked = {"sort": sort, "at": place_in(answer)}
        assert sorted(seen) == sorted(one.reference for one in made), sort
        back = client.get(reverse(QUEUE) + answer.context["earlier"])
        assert references(back) == seen[2:4], sort


def test_a_place_of_another_order_is_refused(client, cora, make_case, monkeypatch):
    monkeypatch.setattr("workspace.queue.views.PER_PAGE", 1)
    make_case(), make_case()
    place = place_in(page(client))
    assert page(client, at=place).status_code == 200
    assert page(client, sort="date", at=place).status_code == 400
    assert page(client, at=place[:-2] + "xx").status_code == 400


def test_a_day_gone_by_comes_first_by_date_and_stands_in_overdue(client, cora, make_case, now, cast):
    today = cast.office.today(now)
    ahead, gone = make_case(), make_case()
    far = today + timedelta(days=30)
    set_plain(ahead, live_date=far, live_key="individual_hearing", look_by=far, codes=[])
    set_plain(gone, live_date=today - timedelta(days=8), live_key="notice_due", look_by=far, codes=[])
    answer = page(client, sort="date")
    assert references(answer) == [gone.reference, ahead.reference]
    assert "gone by 8 days" in answer.content.decode()
    assert references(page(client, tab="overdue")) == [gone.reference]


@pytest.fixture
def forgetful():
    """Leave no number behind that another test's person would be shown."""
    yield
    cache.clear()


@pytest.mark.usefixtures("forgetful")
def test_a_tab_counts_no_further_than_999(client, cora, case, monkeypatch, statements):
    monkeypatch.setattr("workspace.queue.views.MOST", 0)
    monkeypatch.setattr("workspace.queue.tabs.MOST", 0)
    assert "0+" in page(client).content.decode()
    with statements() as asked:
        assert "0+" in page(client).content.decode()
    beyond = [sql for sql in asked if "count(*)" in sql.lower() and "cases_case" in sql]
    assert len(beyond) == 1 and beyond[0].count("LIMIT") < len(TABS)  # what is beyond is not looked at again


def test_no_count_goes_over_the_whole_table(client, cora, case, statements):
    with statements() as asked:
        page(client)
    counting = [sql for sql in asked if "count(*)" in sql.lower() and "cases_case" in sql]
    assert len(counting) == 1 and counting[0].count("LIMIT") == 1


def test_a_filter_reads_nothing_sealed(client, cora, case):
    """Names are opened for the page alone: one reading, of the identity, for the purpose of the queue."""
    before = AccessRecord.objects.count()
    page(client, language="ara", minor="yes", custody="ice", names="confirmed", reason="NO_REP")
    assert AccessRecord.objects.count() == before


def test_another_office_sees_nothing_of_ours(client, cast, case, cora, now):
    search = actions.save_search(name="Ours", asked={}, is_shared=True, by=cora, at=now)
    client.force_login(cast.otto)
    assert references(page(client)) == []
    assert client.get(reverse("workspace:saved-list", args=[search.pk])).status_code == 404


def test_a_saved_list_says_how_many_are_new_until_it_is_opened(client, cora, make_case, now):
    make_case()
    before = now - timedelta(days=1)
    search = actions.save_search(name="Everything", asked={"tab": ""}, is_shared=False, by=cora, at=before)
    assert "1 new" in page(client).content.decode()
    assert client.get(reverse("workspace:saved-list", args=[search.pk])).status_code == 302
    assert "1 new" not in page(client).content.decode()


def test_a_saved_list_says_when_a_code_is_gone(client, cora, cast, now, case):
    tag = actions.make_tag(cast.office, name="clinic", by=cora, at=now)
    asked = {"tag": str(tag.pk), "band": "HIGH"}
    search = actions.save_search(name="Clinic", asked=asked, is_shared=False, by=cora, at=now)
    actions.end_tag(tag, by=cora, at=now)
    assert page(client).status_code == 200
    answer = client.get(reverse("workspace:saved-list", args=[search.pk])).content.decode()
    assert "not there any more" in answer and "Tag" in answer
    assert "?band=HIGH" in answer


def test_a_colleague_sees_a_shared_list_and_cannot_end_it(client, cast, cora, now, case):
    shared = actions.save_search(name="For all", asked={}, is_shared=True, by=cast.ines, at=now)
    hidden = actions.save_search(name="For me", asked={}, is_shared=False, by=cast.ines, at=now)
    text = page(client).content.decode()
    assert "For all" in text and "For me" not in text
    client.post(reverse("workspace:end-saved-list", args=[shared.pk]))
    assert SavedSearch.objects.get(pk=shared.pk).ended_at is None
    assert client.post(reverse("workspace:end-saved-list", args=[hidden.pk])).status_code == 404


def test_a_file_holds_no_name_unless_asked_and_its_purpose_is_on_record(client, cora, case):
    address = reverse("workspace:export")
    plain = client.post(address, {"purpose": "report"})
    assert plain["Content-Type"].startswith("text/csv")
    assert case.reference in plain.content.decode() and "Canary" not in plain.content.decode()
    assert Event.objects.get(name="cases.list_exported").data == {
        "purpose": "report",
        "cases": 1,
        "names": False,
    }
    named = client.post(address, {"purpose": "meeting", "with_names": "on"}).content.decode()
    assert "Canary" in named
    assert AccessRecord.objects.filter(purpose="list for meeting").exists()
    assert client.post(address, {"purpose": "no-such"}).status_code == 422


def test_the_most_urgent_stands_first(client, cora, make_case):
    calm, urgent = make_case(), make_case()
    set_plain(calm, band=Band.ROUTINE)
    set_plain(urgent, band=Band.CRITICAL)
    assert references(page(client)) == [urgent.reference, calm.reference]


@pytest.mark.parametrize(("who", "sees"), [("cora", True), ("ines", False)])
def test_where_every_referral_stands_is_one_press_away_for_whoever_may_see_it(client, cast, case, who, sees):
    client.force_login(getattr(cast, who))
    assert (reverse("workspace:placing") in page(client).content.decode()) is sees
    assert (client.get(reverse("workspace:placing")).status_code == 200) is sees


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [(0, "wrote today", "names"), (1, "wrote yesterday", "names"), (9, "wrote 9 days ago", "conflict")],
)
def test_a_person_who_waits_for_an_answer_is_seen_in_the_list(client, cora, case, now, days, words, tone):
    assert "wrote" not in [chip.name for chip in page(client).context["rows"][0].chips]
    write_by_receipt(case.matter, words="Hello?", at=now - timedelta(days=days))
    first = page(client).context["rows"][0].chips[0]
    assert (first.name, first.words, first.tone) == ("wrote", words, tone)
    settle_reply(Reply.objects.get(), by=cora, at=now)
    assert "wrote" not in [chip.name for chip in page(client).context["rows"][0].chips]


def test_each_reader_reads_the_languages_in_their_own_whoever_looked_before(client, cora, case):
    Case.objects.filter(pk=case.pk).update(codes=["language:ara"])
    for chosen, words in (("en", "Arabic"), ("ar", "العربي"), ("en", "Arabic")):
        client.cookies["django_language"] = chosen
        (row,) = page(client).context["rows"]
        assert words in row.language


def test_a_rare_code_is_found_by_its_index_and_no_more_is_told_than_the_list_shows(
    client, cora, cast, make_case, now, statements
):
    rare, fenced, ended, common = make_case(), make_case(), make_case(), make_case()
    for one in (rare, fenced, ended):
        set_plain(one, codes=["language:mam", "state:NY"])
    set_plain(common, codes=["language:ara"])
    set_plain(ended, closed_at=now, status=Status.CLOSED)
    fence(fenced.matter_id, user=cast.cora, office_id=fenced.office_id, by=cast.ines, at=now)
    with As(principal_of(cast.cora)):
        assert few_with(["language:mam"]) == [rare.pk]
        assert few_with(["language:mam", "state:NJ"]) == []
        assert few_with(["language:mam"], most=0) is None
    with As(principal_of(cast.otto)):
        assert few_with(["language:mam"]) == []
    with As(principal_of(cast.ade)), pytest.raises(ProgrammingError):
        few_with(["language:mam"])
    page(client, language="mam")
    with statements() as asked:
        assert references(page(client, language="mam")) == [rare.reference]
    assert len(asked) <= 12
    assert references(page(client, language="mam", tab="ended")) == [ended.reference]


def test_what_was_read_is_not_looked_at_to_count_what_is_unread(cast):
    with psycopg.connect(url_of(connection.settings_dict["NAME"])) as admin:
        (rule,) = admin.execute(
            "select indexdef from pg_indexes where indexname = 'message_unread'"
        ).fetchone()
    assert "(user_id)" in rule and "read_at IS NULL" in rule and "in_app" in rule
