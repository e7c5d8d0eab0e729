"""What people type over HTTP: read as they meant it, asked back where in doubt, never lost in silence."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from demo.answers import date_parts
from intake.actions import submit_intake
from intake.models import Answer
from intake.questionnaire.fields import PartialDateField
from intake.questionnaire.path import BY_KEY, LATER
from tests.intake.test_coming_back import open_with
from tests.intake.typing_in import is_kept, is_refused, kept, send, understood
from tests.support.answers import address_of

# --- income ---------------------------------------------------------------------------------------


def earns(client, income, **values):
    """Keep an income and return what is kept of it."""
    found = is_kept(
        client, "money", **{"household_size": "1", "income": income, "period": "monthly", **values}
    )
    return found["income"], found["period"]


def earns_no(client, income, **values):
    """Return the page that asks back for an income."""
    sent = {"household_size": "1", "income": income, "period": "monthly", **values}
    return is_refused(client, "money", **sent)


@pytest.mark.parametrize(
    ("typed", "shown", "value"),
    [("800,00", "$800", "800"), ("1200,50", "$1,200.50", "1200.50"), ("1 200", "$1,200", "1200")],
)
def test_an_income_read_in_another_way_is_shown_before_it_counts(started, typed, shown, value):
    page = earns_no(started, typed)
    assert f"We read: {shown} · Each month. Is this right?" in page
    assert f'value="{typed}"' in page
    assert earns(started, typed, understood=understood(page)) == (value, "monthly")


def test_an_income_that_means_two_things_is_asked_back(started):
    page = earns_no(started, "1.200")
    assert "Do you mean 1,200 or 1.20?" in page
    tokens = understood(page)
    assert tokens == ["income:1200", "income:1.20"] and 'type="hidden" name="understood"' not in page
    earns_no(started, "1.200")
    assert earns(started, "1.200", understood=tokens[0]) == ("1200", "monthly")


def test_a_reading_that_was_confirmed_is_not_one_of_another_amount(started):
    page = earns_no(started, "900,00", understood=understood(earns_no(started, "800,00")))
    assert "$900" in page and understood(page) == ["income:900"]


def test_a_confirmed_reading_stays_confirmed_while_something_else_is_asked(started):
    page = earns_no(started, "800,00", period="", understood="income:800")
    assert understood(page) == ["income:800"] and "how often" in page


def test_an_income_in_dollars_needs_no_question(started):
    assert earns(started, "$1,200.50 USD", period="weekly") == ("1200.50", "weekly")
    assert earns(started, "८००", period="weekly") == ("800", "weekly")


def test_an_amount_beside_i_do_not_know_is_asked_back(started):
    assert "not both" in earns_no(started, "800", period="unknown")


def test_the_review_shows_the_income_as_it_was_understood(started, fill):
    fill(started)
    earns(started, "1200.50")
    assert "$1,200.50" in started.get(reverse("intake:review")).content.decode()


def test_a_form_that_closes_by_itself_confirms_nothing(client, office):
    from tests.intake.conftest import begin

    begin(client, shared="yes")
    sent = {"household_size": "1", "income": "800,00", "period": "monthly", "understood": "income:800"}
    assert send(client, "money", **sent, press="keep").status_code == 200
    assert not Answer.objects.filter(page="money").exists()


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "values", "wanted"),
    [
        ("born", {"birth_date_unknown": "on", "a_number": "A# 123-456-789"}, "123456789"),
        ("born", {"birth_date_unknown": "on", "a_number": "USCIS# 123–456–789"}, "123456789"),
        ("money", {"household_size": "\u200f৩", "period": "unknown"}, 3),
        ("money", {"household_size": "４", "period": "unknown"}, 4),
    ],
)
def test_numbers_of_any_script_are_read(started, key, values, wanted):
    assert wanted in is_kept(started, key, **values).values()


def test_the_numbers_of_a_receipt_are_read_in_any_script(client, make_draft, now):
    numbers = submit_intake(make_draft(), at=now)
    bengali = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
    sent = {name: getattr(numbers, name).translate(bengali) + "\u200f" for name in ("locator", "secret")}
    assert client.post(reverse("intake:return"), sent).status_code == 302


# --- days -----------------------------------------------------------------------------------------


def test_a_day_0_is_an_error_beside_the_field(started):
    for day in ("0", "00", "٠", "32"):
        page = is_refused(started, "coming", arrival_year="2024", arrival_month="3", arrival_day=day)
        assert "Write the day as a number from 1 to 31" in page
    assert is_kept(started, "coming", arrival_year="2024", arrival_month="3", arrival_day="07")


@pytest.mark.parametrize(
    "year", ["1990\u200f", "१९९०", "১৯৯০", "၁၉၉၀", "１９９０", "۱۹۹۰", "\u202a1990\u202c"]
)
def test_a_year_of_any_script_is_read(started, year):
    assert is_kept(started, "born", birth_date_year=year)["birth_date"] == "1990"
    shown = started.get(address_of("born")).content.decode()
    assert int(re.search(r'maxlength="(\d+)"', shown)[1]) > len(year)  # so that a browser lets it be typed


def test_a_year_of_another_calendar_is_asked_for_in_ours(started):
    assert "as a passport in English has it" in is_refused(started, "born", birth_date_year="1370")


PAST = [
    (page.key, name)
    for page in LATER
    for name, field in page.make_form().fields.items()
    if isinstance(field, PartialDateField) and field.past
]


def test_what_has_happened_is_known():
    assert {"birth_date", "arrival", "decision_date", "i589_received", "born_1"} <= {
        name for _key, name in PAST
    }


@pytest.mark.parametrize(("key", "name"), PAST)
@pytest.mark.parametrize("by_receipt", [False, True])
def test_a_day_that_has_not_come_yet_is_refused(client, make_draft, now, office, key, name, by_receipt):
    draft = make_draft(
        hearing={"has_court": "yes"}, refused={"decision": "judge"}, asylum_form={"i589": "yes"}
    )
    if by_receipt:
        open_with(client, submit_intake(draft, at=now))
        before = kept(key)
        for day in (office.today(now) + timedelta(days=1), "2090-05-03"):
            response = client.post(address_of(key), date_parts(name, str(day)))
            assert "This day has not come yet." in response.content.decode()
        assert kept(key) == before
        return
    form = BY_KEY[key].make_form(posted_as(date_parts(name, "2090")), on=office.today(now))
    assert form.errors[name] == ["This day has not come yet."]
    form = BY_KEY[key].make_form(posted_as(date_parts(name, str(office.today(now)))), on=office.today(now))
    assert name not in form.errors


def posted_as(values):
    from django.http import QueryDict

    sent = QueryDict(mutable=True)
    sent.update(values)
    return sent


def test_a_hearing_ten_years_ahead_is_asked_back_and_kept_when_it_is_right(started, office, now):
    sent = {"has_court": "yes", "hearing_date_year": str(office.today(now).year + 10)}
    page = is_refused(started, "hearing", **sent)
    assert "many years from now" in page
    found = is_kept(started, "hearing", **sent, understood=understood(page))
    assert found["hearing_date"] == sent["hearing_date_year"]


def test_an_arrival_before_the_birth_is_asked_back_on_either_page(started):
    is_kept(started, "born", birth_date_year="1991")
    page = is_refused(started, "coming", arrival_year="1985")
    assert "does not fit with the day of birth: 1991" in page
    is_kept(started, "coming", arrival_year="1985", understood=understood(page))
    assert "does not fit with the day you last came in: 1985" in is_refused(
        started, "born", birth_date_year="1990"
    )


def test_days_of_one_page_are_compared_too(started):
    sent = {"i589_date_year": "2024", "i589_receipt": "yes", "i589_received_year": "2022"}
    page = is_refused(started, "asylum_form", i589="yes", **sent)
    assert "does not fit with the day the form was sent: 2024" in page


def test_by_receipt_a_page_is_never_compared_with_what_was_told(client, make_draft, now):
    draft = make_draft(born={"birth_date": "1991"})
    Answer.objects.filter(page="coming").delete()
    from intake.actions import give_receipt

    open_with(client, give_receipt(draft, at=now))
    assert send(client, "coming", arrival_year="1985").status_code == 302


# --- I don't know ---------------------------------------------------------------------------------


def ticked(client, key, name):
    tag = re.search(
        rf'<input [^>]*name="{name}_unknown"[^>]*>', client.get(address_of(key)).content.decode()
    )[0]
    return "checked" in tag


def test_i_do_not_know_is_ticked_only_where_the_person_ticked_it(started):
    sent = {"has_letter": "no", "has_appointment": "yes", "asylum_interview_year": ""}
    send(started, "due", **sent, checkin_unknown="on")
    assert not ticked(started, "due", "asylum_interview")
    assert ticked(started, "due", "checkin")
    send(started, "due", **sent, checkin_year="")
    assert not ticked(started, "due", "checkin")


def test_the_review_tells_not_known_from_not_answered(started, fill):
    def not_known():
        return started.get(reverse("intake:review")).content.decode().count("I don&#x27;t know")

    fill(started)
    before = not_known()
    send(started, "coming", arrival_unknown="on")
    send(started, "late_reason", late_reason="health")
    assert not_known() == before + 1
    send(started, "due", has_letter="yes", letter_due_year="")
    without = not_known()
    send(started, "due", has_letter="yes", letter_due_year="", letter_due_unknown="on")
    assert not_known() == without + 1


# --- parts that follow ----------------------------------------------------------------------------

PARTS = [(page.key, name, part) for page in LATER for name, part in page.form.PARTS.items()]


def test_what_follows_from_a_yes_is_said():
    assert len(PARTS) >= 14
    labels = {
        str(field.label): name
        for page in LATER
        for name, field in page.make_form().fields.items()
        if str(field.label).startswith("If ")
    }
    assert set(labels.values()) <= {name for _key, name, _part in PARTS}


@pytest.mark.parametrize(("key", "name", "part"), PARTS)
def test_a_part_appears_only_after_the_answer_that_leads_to_it(key, name, part):
    page = BY_KEY[key]
    several = isinstance(page.form.base_fields[part.of].initial, list) or part.of == "channels"
    for code in [*part.when, *part.against]:
        form = page.make_form(initial={part.of: [code] if several else code})
        assert form.fields[name].part["is_open"] == (code in part.when)
    assert not page.make_form().fields[name].part["is_open"]
    assert page.make_form(adds=True).fields[name].part["is_open"]  # alike, whatever was told


def test_without_a_script_a_yes_is_kept_and_the_page_comes_back_with_the_part(started):
    closed = started.get(address_of("due")).content.decode()
    assert re.search(r'data-follows="has_letter"[^>]*hidden disabled', closed)
    assert send(started, "due", has_letter="yes").url == address_of("due")
    assert kept("due")["has_letter"] == "yes"
    opened_page = started.get(address_of("due")).content.decode()
    assert not re.search(r'data-follows="has_letter"[^>]*hidden', opened_page)
    sent = {"has_letter": "yes", "letter_due_year": "", "letter_due_month": "", "letter_due_day": ""}
    assert send(started, "due", **sent).url != address_of("due")


def test_a_no_needs_no_second_look(started):
    assert send(started, "due", has_letter="no").url != address_of("due")


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("where_now", {"in_us": "yes", "custody": "no", "facility": "Elizabeth"}),
        ("hearing", {"has_court": "no", "court": "Newark"}),
        ("refused", {"decision": "no", "decision_date_year": "2024"}),
        ("due", {"has_letter": "no", "letter_due_year": "2026"}),
        ("others_helped", {"rep": "none", "notario": "no", "lawyer_name": "A. Lawyer"}),
        ("others_helped", {"rep": "none", "notario": "no", "waitlist": "no", "waitlist_name": "A group"}),
        ("coming", {"arrival_year": "2024", "earlier_entries": "no", "earlier_1_year": "2019"}),
        ("asylum_form", {"i589": "no", "i589_where": "court"}),
        ("reach", {"channels": ["call"], "phone": "2125550142", "through_name": "My aunt"}),
        ("papers", {"status": ["none", "visa"]}),
        ("speaking", {"spoken_language": "eng", "access": ["none", "see"]}),
    ],
)
def test_answers_that_contradict_each_other_are_asked_back(started, key, values):
    """Nothing else is wrong on the page."""
    is_refused(started, key, **values)
    assert len(send(started, key, **values).context["form"].errors) == 1
