"""Who opened what, by person and by case: where the reading alarm leads."""

import ast
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.models import Membership, Role, User
from foundation.house import our_sources
from foundation.vault.fields import sealed_fields
from notifications.models import Message
from tests.support.relay import deliver_due
from workspace.readings.words import GROUPS, ORIGINAL, PURPOSES

NOT_READINGS = {"known device", "code", "password", "password-again", "passkey"}  # of signing in


def by_person(client, user, **asked):
    return client.get(reverse("workspace:readings-of", args=[user.pk]), asked)


def text_of(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def read(client, cast, case, make_case):
    """Cora looked at the queue of two and at Amina's case; Ines is signed in now."""
    make_case()
    client.force_login(cast.cora)
    client.get(reverse("workspace:queue"))
    assert client.get(case.get_absolute_url()).status_code == 200
    client.force_login(cast.ines)
    return client


def test_a_page_view_is_one_line_with_the_case_what_was_opened_and_why(read, cast, case):
    page = by_person(read, cast.cora)
    shown = page.context["page"]
    assert (shown.opened, shown.listed) == (1, 2)
    (line,) = [reading for reading in shown.readings if reading.address == case.get_absolute_url()]
    assert line.whose == case.reference and line.why == "Case page"
    assert {"name and birth", "answers", "how to reach the person"} <= set(line.what.split(", "))
    assert case.reference in text_of(page) and "Canary" not in text_of(page)


def test_a_list_says_how_many_people_stood_in_it(client, cast, case, make_case):
    make_case()
    client.force_login(cast.cora)
    client.get(reverse("workspace:queue"))
    client.force_login(cast.ines)
    shown = by_person(client, cast.cora).context["page"]
    (line,) = [reading for reading in shown.readings if reading.why.startswith("List of cases")]
    assert line.whose == "a list with 2 people" and shown.listed == 2 and shown.opened == 0


def test_a_case_shows_who_opened_it_and_who_had_it_in_a_list(read, cast, case):
    read.get(reverse("workspace:queue"))
    page = read.get(reverse("workspace:case-readings", args=[case.pk]))
    lines = {(reading.who, reading.why.split(",")[0]) for reading in page.context["readings"]}
    assert {("Cora", "Case page"), ("Ines", "List of cases")} <= lines


def test_the_case_page_shows_the_part_of_its_case(read, client, cast, case, make_case):
    other = make_case()
    client.force_login(cast.ines)
    read.get(other.get_absolute_url())
    page = read.get(reverse("workspace:history", args=[case.pk]))
    assert [reading.who for reading in page.context["page"].readings] == ["Cora"]  # else: not who looks now
    assert reverse("workspace:case-readings", args=[case.pk]) in text_of(page)


def test_an_attorney_sees_nobodys_readings(client, accepted, cast):
    client.force_login(cast.ade)
    page = client.get(reverse("workspace:history", args=[accepted.case.pk]))
    assert page.context["page"].readings is None
    assert client.get(reverse("workspace:readings")).status_code == 403
    assert client.get(reverse("workspace:case-readings", args=[accepted.case.pk])).status_code == 403


def test_a_caseworker_watches_the_administrators_and_no_colleague(client, cast):
    cleo = User.objects.create(email="cleo@test.example", name="Cleo", password="!")
    Membership.objects.create(user=cleo, office=cast.office, roles=[Role.CASEWORKER])
    client.force_login(cast.cora)
    shown = {reader.name for reader in client.get(reverse("workspace:readings")).context["readers"]}
    assert shown == {"Ines", "Cora"}
    assert by_person(client, cast.ines).status_code == 200
    assert by_person(client, cleo).status_code == by_person(client, cast.ade).status_code == 403
    assert by_person(client, cast.otto).status_code == 404  # of another office


def test_the_alarm_leads_to_the_readings_that_rang_it(client, cast, case, monkeypatch):
    from foundation.vault import watch

    monkeypatch.setitem(watch.BOUNDS, "administrator", watch.Bounds(alarm=0, most=9))
    client.force_login(cast.ines)
    client.get(case.get_absolute_url())
    deliver_due()
    message = Message.objects.filter(kind="reading_alarm", channel="in_app").get()
    client.force_login(message.user)
    assert message.user == cast.cora
    assert case.reference in text_of(client.get(message.link))


def test_what_was_refused_is_marked(client, cast, case, make_case, monkeypatch):
    from foundation.vault import watch

    second = make_case()
    monkeypatch.setitem(watch.BOUNDS, "caseworker", watch.Bounds(alarm=1, most=1))
    client.force_login(cast.cora)
    client.get(case.get_absolute_url())
    assert client.get(second.get_absolute_url()).status_code == 429
    client.force_login(cast.ines)
    refused = [one.whose for one in by_person(client, cast.cora).context["page"].readings if one.is_refused]
    assert refused == [second.reference]


def test_an_original_shows_the_reason_that_was_chosen(cast):
    from workspace.readings.words import why_words

    assert why_words(f"{ORIGINAL}authenticity").endswith("Someone asked whether the document is genuine")


def test_a_ring_fenced_colleague_sees_no_reference(read, client, cast, case, now):
    from conflicts.actions import fence

    fence(case.matter_id, user=cast.ines, office_id=cast.office.pk, by=cast.cora, at=now)
    page = by_person(client, cast.cora)
    assert page.status_code == 200 and case.reference not in text_of(page)
    assert client.get(reverse("workspace:case-readings", args=[case.pk])).status_code == 404


def test_each_day_stands_by_itself(read, cast):
    yesterday = cast.office.today(timezone.now()) - timedelta(days=1)
    assert by_person(read, cast.cora, day=yesterday.isoformat()).context["page"].readings == []
    tomorrow = yesterday + timedelta(days=2)
    assert by_person(read, cast.cora, day=tomorrow.isoformat()).context["page"].day == yesterday + timedelta(
        days=1
    )


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "x", "2026-02-31", "\x00"])
def test_a_day_that_is_none_is_left_out(read, cast, day):
    assert by_person(read, cast.cora, day=day).status_code == 200


def purposes_in(source):
    """Yield the purposes named in a source: arguments, defaults and constants of that name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg == "purpose" and isinstance(node.value, ast.Constant):
            yield node.value.value
        if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "PURPOSE" for t in node.targets):
            yield node.value.value


def test_every_reason_and_every_group_has_words():
    named = {one for path in our_sources() for one in purposes_in(path.read_text())}
    named -= NOT_READINGS | {"mfa", ""}
    assert len(named) > 40
    assert sorted(named - set(PURPOSES)) == []
    groups = {field.group for model in apps.get_models() for field in sealed_fields(model).values()}
    assert sorted(groups - set(GROUPS)) == []
