"""The pages of a case's screening and dates: who sees what, and what they say."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from cases import actions
from cases.models import CaseFacts, Deadline, JudgeDate
from screening.models import Review, Screening
from screening.queries import latest_screening
from tests.cases.test_rescreening import change
from tests.support.answers import number_of


def page(client, user, name, *ids):
    client.force_login(user)
    return client.get(reverse(f"workspace:{name}", args=ids))


def words(response):
    """Return a page as one line of text, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def post(client, user, name, *ids, **values):
    client.force_login(user)
    return client.post(reverse(f"workspace:{name}", args=ids), values)


def test_an_administrator_is_offered_no_change(client, cast, case):
    text = page(client, cast.ines, "dates", case.pk).content.decode()
    assert "date-done" not in text and "Mark done" not in text


def test_an_attorney_reads_the_screening_and_cannot_screen_again(client, cast, accepted):
    response = page(client, cast.ade, "screening", accepted.case.pk)
    assert "Afraid to go back" in words(response) and "Screen again" not in words(response)


def test_each_finding_says_from_which_answer_and_under_which_rule(client, cast, case):
    response = page(client, cast.cora, "screening", case.pk)
    text = words(response)
    for expected in (
        "Do you have a lawyer now? No",
        "How much money comes into your home? · Dollars, before tax $800",
        "Income in a year $9,600",
        "Poverty guideline for this household $15,960",
        "Guideline of the year 2026",
        "45 CFR 1611.3(c)",
        "Are you afraid to go back to your country? Yes",
        "as of",
        "2026.12",
    ):
        assert expected in text, expected
    told = reverse("workspace:told-us", args=[case.pk])
    assert f"{told}#told-{number_of('money')}" in response.content.decode()


def test_a_missing_fact_says_what_each_answer_would_decide(client, cast, make_case):
    case = make_case(help={"fear": "unsure", "wants": []})
    text = words(page(client, cast.cora, "screening", case.pk))
    assert "If they are not afraid: Refer to another organization" in text
    assert "If they are afraid: Fits our program: ready for review" in text


def test_points_add_up_and_a_floor_that_raised_the_band_is_named(client, cast, make_case):
    case = make_case(danger={"danger": "yes"})
    screening = latest_screening(case.intake)
    text = words(page(client, cast.cora, "screening", case.pk))
    assert f"Score {sum(screening.points.values())}" in text
    assert "Raised to High: in danger now." in text


def test_earlier_screenings_are_listed_with_what_differs(client, cast, case, now):
    change(case, "danger", danger="yes")
    client.force_login(cast.cora)
    response = client.post(reverse("workspace:screen-again", args=[case.pk]), follow=True)
    text = words(response)
    assert "Screened again: something is different" in text
    assert "In danger in the United States now, or wants to talk about it DANGER_NOW" in text
    assert "Urgency: Routine" in text or "Urgency: Medium" in text
    response = client.post(reverse("workspace:screen-again", args=[case.pk]), follow=True)
    assert "Screened again: nothing is different" in words(response)
    assert Screening.objects.count() == 2


def test_a_confirmation_is_recorded_and_shown(client, cast, triaged):
    newest = latest_screening(triaged.intake)
    values = {"screening": newest.pk, "outcome": newest.outcome, "band": triaged.band, "reason": ""}
    assert post(client, cast.cora, "review", triaged.pk, **values).status_code == 302
    assert Review.objects.count() == 2
    assert "Confirmed by Cora" in words(page(client, cast.cora, "screening", triaged.pk))


def test_a_departure_without_a_reason_is_refused_beside_the_form(client, cast, triaged):
    newest = latest_screening(triaged.intake)
    values = {"screening": newest.pk, "outcome": "REFER_OUT", "band": triaged.band, "reason": ""}
    response = post(client, cast.cora, "review", triaged.pk, **values)
    assert response.status_code == 422
    assert "Say why you depart from the screening" in words(response)


def test_the_screening_page_asks_no_more_for_more_findings_and_screenings(
    client, cast, case, now, statements
):
    def cost():
        client.get(reverse("workspace:screening", args=[case.pk]))
        with statements() as asked:
            client.get(reverse("workspace:screening", args=[case.pk]))
        return len(asked)

    client.force_login(cast.cora)
    before = cost()
    change(case, "danger", danger="yes")
    change(case, "where_now", custody="ice")
    actions.rescreen_case(case, by="system:test", at=now + timedelta(seconds=1))
    assert cost() == before


# --- dates ----------------------------------------------------------------------------------------


def test_a_judges_date_is_entered_shown_and_removed(client, cast, case, now):
    values = {"replaces": "master_nondetained", "date": "2027-02-01", "source": "Order of Judge Roe"}
    assert post(client, cast.cora, "judge-date", case.pk, **values).status_code == 302
    text = words(page(client, cast.cora, "dates", case.pk))
    assert "Order of Judge Roe" in text and "A judge's date was entered or removed." in text.replace(
        "&#x27;", "'"
    )
    assert "The order is not in our files" in text
    judge = JudgeDate.objects.get()
    response = post(client, cast.cora, "judge-date-remove", case.pk, judge.pk, **{f"{judge.pk}-reason": ""})
    assert response.status_code == 422
    removed = {f"{judge.pk}-reason": "vacated"}
    assert post(client, cast.cora, "judge-date-remove", case.pk, judge.pk, **removed).status_code == 302
    assert "vacated" in words(page(client, cast.cora, "dates", case.pk))


def test_a_date_is_confirmed_done_waived_and_opened_again(client, cast, case):
    one = Deadline.objects.get(key="oyd_operative")
    for name, status in (("date-confirm", "confirmed"), ("date-done", "done"), ("date-reopen", "open")):
        assert post(client, cast.cora, name, case.pk, one.pk).status_code == 302
        one.refresh_from_db()
        assert one.status == status
    assert post(client, cast.cora, "date-waive", case.pk, one.pk).status_code == 422
    values = {f"{one.pk}-reason": "not needed here"}
    assert post(client, cast.cora, "date-waive", case.pk, one.pk, **values).status_code == 302
    assert "not needed here" in words(page(client, cast.cora, "dates", case.pk))


def test_another_cases_date_cannot_be_reached_through_this_one(client, cast, make_case):
    one, other = make_case(), make_case()
    deadline = Deadline.objects.filter(case=other).first()
    assert post(client, cast.cora, "date-done", one.pk, deadline.pk).status_code == 404


def test_the_dates_page_asks_no_more_for_more_dates(client, cast, case, now, statements):
    def cost():
        client.get(reverse("workspace:dates", args=[case.pk]))
        with statements() as asked:
            client.get(reverse("workspace:dates", args=[case.pk]))
        return len(asked)

    client.force_login(cast.cora)
    actions.write_facts(case, values={"moved": "2026-11-02"}, seen=None, by=cast.cora, at=now)
    before = cost()
    values = {"moved": "2026-11-02", "briefing_schedule": "2026-11-03", "ead_expires": "2027-11-03"}
    seen = CaseFacts.objects.get().pk
    actions.write_facts(case, values=values, seen=seen, by=cast.cora, at=now + timedelta(hours=1))
    assert cost() == before


# --- facts ----------------------------------------------------------------------------------------

# What the decisions' part of the form sends: none kept, one written down.
FORMS = {"decisions-TOTAL_FORMS": "1", "decisions-INITIAL_FORMS": "0"}
DECIDED = {"decisions-0-by": "judge", "decisions-0-date": "2026-11", "decisions-0-asylum_merits": "yes"}
FULL = {
    "individual_hearing": "2027-03-01",
    "in_proceedings": "yes",
    "ead_stops": "2026-03-01 2026-03-11\n2026-05-01",
    "granted_date": "2026-10-01",
    "granted_kind": "asylum",
    "moved": "2026-11-02",
    "not_so": ["arrival"],
}


def facts(client, case, user, **values):
    return post(client, user, "case-facts", case.pk, **FORMS, **values)


def test_facts_are_kept_shown_again_and_counted(client, cast, case):
    assert facts(client, case, cast.cora, **FULL, **DECIDED).status_code == 302
    response = page(client, cast.cora, "case-facts", case.pk)
    form = response.context["form"]
    assert {key: form.initial[key] for key in FULL} == FULL
    (decision,) = form.decisions.initial_forms
    shown = {key: decision.initial[key] for key in ("by", "date", "asylum_merits")}
    assert shown == {"by": "judge", "date": "2026-11", "asylum_merits": "yes"}
    assert "Moved to a new address" in words(page(client, cast.cora, "dates", case.pk))


def test_the_same_facts_sent_again_are_no_new_row(client, cast, case):
    facts(client, case, cast.cora, **FULL, **DECIDED)
    ref = CaseFacts.objects.get().pk
    form = page(client, cast.cora, "case-facts", case.pk).context["form"]
    again = {**FULL, **DECIDED, "decisions-0-ref": form.decisions.initial_forms[0].initial["ref"]}
    again |= {"decisions-TOTAL_FORMS": "2", "decisions-INITIAL_FORMS": "1", "seen": str(ref)}
    assert client.post(reverse("workspace:case-facts", args=[case.pk]), again).status_code == 302
    assert CaseFacts.objects.count() == 1


def test_a_decision_that_was_not_so_is_ticked_away(client, cast, make_case):
    case = make_case(refused={"decision": "judge", "decision_date": "2026-11-20"})
    assert Deadline.objects.filter(case=case, key="bia_appeal_court_order", status="open").exists()
    gone = {"decisions-INITIAL_FORMS": "1", "decisions-0-by": "judge", "decisions-0-date": "2026-11-20"}
    sent = {**FORMS, **gone, "decisions-0-DELETE": "on"}
    assert post(client, cast.cora, "case-facts", case.pk, **sent).status_code == 302
    assert not Deadline.objects.filter(case=case, key="bia_appeal_court_order", status="open").exists()


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("moved", {"moved": "2 November"}),
        ("ead_stops", {"ead_stops": "in March"}),
        ("ead_stops", {"ead_stops": "2026-03-11 2026-03-01"}),
        ("children", {"children": "Lina"}),
        ("assets", {"assets": "a house"}),
        ("granted_kind", {"granted_date": "2026-11-03"}),
        ("birth_date", {"birth_date": "1850-01-01"}),
        ("not_so", {"arrival": "2026-01-01", "not_so": ["arrival"]}),
    ],
)
def test_a_fact_that_cannot_be_read_is_named_beside_its_field(client, cast, case, field, values):
    response = facts(client, case, cast.cora, **values)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("by", {"decisions-0-date": "2026-11-03"}),
        ("date", {"decisions-0-by": "board", "decisions-0-date": "2026-13"}),
    ],
)
def test_a_decision_that_cannot_be_read_is_named_beside_its_field(client, cast, case, field, values):
    response = facts(client, case, cast.cora, **values)
    assert response.status_code == 422
    assert list(response.context["form"].decisions.forms[0].errors) == [field]


def test_facts_written_meanwhile_are_not_overwritten(client, cast, case, now):
    actions.write_facts(case, values={"moved": "2026-11-02"}, seen=None, by=cast.cora, at=now)
    assert facts(client, case, cast.cora, moved="2026-11-05").status_code == 409


def test_what_the_form_is_sent_without_is_refused_and_not_lost(client, cast, case):
    """A form cut short has no decisions' part: nothing is taken to be gone."""
    assert post(client, cast.cora, "case-facts", case.pk, moved="2026-11-05").status_code == 422
    assert not CaseFacts.objects.exists()


@pytest.mark.parametrize("name", ["screening", "dates", "case-facts"])
def test_the_pages_read_in_arabic_too(client, cast, case, name):
    cast.cora.language = "ar"
    cast.cora.save()
    client.force_login(cast.cora)
    with translation.override("ar"):
        client.cookies["django_language"] = "ar"
        response = client.get(reverse(f"workspace:{name}", args=[case.pk]), headers={"accept-language": "ar"})
    assert 'dir="rtl"' in response.content.decode()
