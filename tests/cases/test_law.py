"""Who checks the law files, what they record, and how it lies over the files' own columns."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cases import law
from cases.data import deadline_rules
from cases.models import LawCheck, LawReader
from config.middleware import principal_of
from foundation.database.principal import acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden

ROW = "oyd_outer"


@pytest.fixture
def today(cast, now):
    return cast.office.today(now)


@pytest.fixture
def reader(cast, now):
    return law.name_law_reader(cast.ade, by=cast.ines, at=now)


def look(user, today, now, row=ROW, still_right=True):
    return law.check_law(
        row, checked_on=today, against="8 CFR 208.4", still_right=still_right, by=user, at=now
    )


def test_an_administrator_names_an_attorney_once_and_ends_it(reader, cast, now):
    assert law.name_law_reader(cast.ade, by=cast.ines, at=now) == reader
    law.end_law_reader(reader, by=cast.ines, at=now)
    law.end_law_reader(reader, by=cast.ines, at=now)
    names = Event.objects.filter(name__startswith="cases.law_").order_by("seq").values_list("name", flat=True)
    assert list(names) == ["cases.law_reader_named", "cases.law_reader_ended"]


@pytest.mark.parametrize("who", ["cora", "ade", "otto"])
def test_nobody_else_names(who, cast, now):
    with pytest.raises(Forbidden):
        law.name_law_reader(cast.ade, by=getattr(cast, who), at=now)


@pytest.mark.parametrize("whom", ["cora", "otto"])
def test_only_an_attorney_of_the_office_is_named(whom, cast, now):
    with pytest.raises(law.NotAnAttorney):
        law.name_law_reader(getattr(cast, whom), by=cast.ines, at=now)


def test_the_newest_check_of_the_office_counts(reader, cast, now, today):
    look(cast.ade, today, now)
    look(cast.ade, today, now + timedelta(minutes=1), still_right=False)
    assert law.latest_checks(cast.office)[ROW].still_right is False
    assert law.latest_checks(cast.other) == {}


@pytest.mark.parametrize("who", ["bea", "cora", "ines"])
def test_who_was_not_named_checks_nothing(who, reader, cast, now, today):
    with pytest.raises(Forbidden):
        look(getattr(cast, who), today, now)


def test_who_was_ended_checks_nothing_more(reader, cast, now, today):
    law.end_law_reader(reader, by=cast.ines, at=now)
    with pytest.raises(Forbidden):
        look(cast.ade, today, now)


def test_a_row_that_is_not_there_and_a_day_ahead_are_refused(reader, cast, now, today):
    with pytest.raises(law.NoSuchRow):
        look(cast.ade, today, now, row="visa_lottery")
    with pytest.raises(law.NotYet):
        look(cast.ade, today + timedelta(days=1), now)


def test_a_check_is_never_edited(reader, cast, now, today):
    look(cast.ade, today, now)
    with acting_as(principal_of(cast.ade)), pytest.raises(DatabaseError), transaction.atomic():
        LawCheck.objects.update(still_right=False)


# --- the page -------------------------------------------------------------------------------------


def test_the_page_names_a_reader_and_takes_a_check(client, cast, today):
    client.force_login(cast.ines)
    page = reverse("workspace:law")
    assert client.post(reverse("workspace:law-reader-name"), {"user": cast.ade.pk}).url == page
    client.force_login(cast.ade)
    typed = {f"{ROW}-checked_on": today.isoformat(), f"{ROW}-against": "eCFR", f"{ROW}-still_right": "no"}
    assert client.post(reverse("workspace:law-check", args=[ROW]), typed).url == page
    rows = {row.key: row for row in client.get(page).context["page"].rows}
    assert set(rows) == set(deadline_rules())
    assert (rows[ROW].checked_by, rows[ROW].is_due, rows[ROW].state.tone) == ("Ade", True, "bad")
    client.force_login(cast.ines)
    ended = reverse("workspace:law-reader-end", args=[LawReader.objects.get().pk])
    assert client.post(ended).url == page


def test_a_check_without_its_page_is_refused_with_what_was_typed(client, reader, cast, today):
    client.force_login(cast.ade)
    typed = {f"{ROW}-checked_on": today.isoformat(), f"{ROW}-against": "", f"{ROW}-still_right": "yes"}
    assert client.post(reverse("workspace:law-check", args=[ROW]), typed).status_code == 422
    assert client.post(reverse("workspace:law-check", args=["nothing"]), typed).status_code == 404


def test_a_check_stands_beside_the_date_it_is_about_and_one_that_says_wrong_makes_it_unsure(
    client, reader, cast, case, today, now
):
    client.force_login(cast.cora)
    address = reverse("workspace:dates", args=[case.pk])
    assert "not checked" in client.get(address).content.decode()
    look(cast.ade, today, now)
    page = client.get(address).content.decode()
    assert f"{today}, Ade: 8 CFR 208.4" in page and "must be changed" not in page
    look(cast.ade, today, now + timedelta(seconds=1), still_right=False)
    assert "must be changed" in client.get(address).content.decode()


def test_the_fee_of_the_day_stands_beside_the_filing(client, cast, case):
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:dates", args=[case.pk])).content.decode()
    assert "Fee on that day" in page and "$100" in page


def test_what_the_person_told_about_the_year_stands_beside_it(client, cast, make_case, now):
    case = make_case(
        coming={
            "arrival": (cast.office.today(now) - timedelta(days=500)).isoformat(),
            "earlier_entries": "yes",
            "earlier_dates": ["2019-05"],
        },
        late_reason={"late_reason": ["papers"]},
    )
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:dates", args=[case.pk])).content.decode()
    assert "May 2019" in page
