"""What people type over HTTP: read as they meant it, asked back where in doubt, never lost in silence."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from intake.actions import submit_intake
from intake.models import Answer, Intake
from intake.questionnaire.fields import PartialDateField
from intake.questionnaire.path import BY_KEY, DOCUMENTS, LATER
from notifications.models import Message
from tests.conftest import opened
from tests.intake.test_coming_back import open_with
from tests.support.answers import address_of, date_parts
from tests.support.relay import deliver_due


def kept(page):
    return opened(Answer.objects.get(page=page), "value").value


def send(client, key, **values):
    return client.post(address_of(key), values)


def is_kept(client, key, **values):
    response = send(client, key, **values)
    assert response.status_code == 302, response.context["form"].errors
    return kept(key)


def is_refused(client, key, **values):
    """Return the page that says why; nothing of it is kept."""
    before = Answer.objects.filter(page=key).count()
    response = send(client, key, **values)
    assert response.status_code == 422
    assert Answer.objects.filter(page=key).count() == before
    return response.content.decode()


def understood(page):
    """Return what the page would send back, of one reading or of the one that is chosen."""
    return re.findall(r'name="understood" value="([^"]+)"', page)


# --- income ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shown", "value"),
    [("800,00", "$800", "800"), ("1200,50", "$1,200.50", "1200.50"), ("1 200", "$1,200", "1200")],
)
def test_an_income_read_in_another_way_is_shown_before_it_counts(started, typed, shown, value):
    page = is_refused(started, "income", income=typed, period="monthly")
    assert f"We read: {shown} · Each month. Is this right?" in page
    assert f'value="{typed}"' in page
    sent = {"income": typed, "period": "monthly", "understood": understood(page)}
    assert is_kept(started, "income", **sent) == {"income": value, "period": "monthly"}


def test_an_income_that_means_two_things_is_asked_back(started):
    page = is_refused(started, "income", income="1.200", period="monthly")
    assert "Do you mean 1,200 or 1.20?" in page
    tokens = understood(page)
    assert tokens == ["income:1200", "income:1.20"] and 'type="hidden" name="understood"' not in page
    is_refused(started, "income", income="1.200", period="monthly")
    assert (
        is_kept(started, "income", income="1.200", period="monthly", understood=tokens[0])["income"] == "1200"
    )


def test_a_reading_that_was_confirmed_is_not_one_of_another_amount(started):
    tokens = understood(is_refused(started, "income", income="800,00", period="monthly"))
    page = is_refused(started, "income", income="900,00", period="monthly", understood=tokens)
    assert "$900" in page and understood(page) == ["income:900"]


def test_a_confirmed_reading_stays_confirmed_while_something_else_is_asked(started):
    page = is_refused(started, "income", income="800,00", understood="income:800")
    assert understood(page) == ["income:800"] and "how often" in page


def test_an_income_in_dollars_needs_no_question(started):
    assert is_kept(started, "income", income="$1,200.50 USD", period="weekly")["income"] == "1200.50"
    assert is_kept(started, "income", income="८००", period="weekly")["income"] == "800"


def test_an_amount_beside_i_do_not_know_is_asked_back(started):
    assert "not both" in is_refused(started, "income", income="800", period="unknown")


def test_the_review_shows_the_income_as_it_was_understood(started, fill):
    fill(started)
    is_kept(started, "income", income="1200.50", period="monthly")
    assert "$1,200.50" in started.get(reverse("intake:review")).content.decode()


def test_a_form_that_closes_by_itself_confirms_nothing(client, office):
    from tests.intake.conftest import begin

    begin(client, shared="yes")
    sent = {"income": "800,00", "period": "monthly", "understood": "income:800", "press": "keep"}
    assert send(client, "income", **sent).status_code == 200
    assert not Answer.objects.filter(page="income").exists()


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "values", "wanted"),
    [
        ("a_number", {"a_number": "A# 123-456-789"}, "123456789"),
        ("a_number", {"a_number": "USCIS# 123–456–789"}, "123456789"),
        ("household", {"household_size": "\u200f৩"}, 3),
        ("household", {"household_size": "４"}, 4),
        ("where_live", {"state": "NY", "zip_code": "१०००१"}, "10001"),
        ("where_live", {"state": "NY", "zip_code": "10001–1234"}, "10001-1234"),
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
        page = is_refused(started, "arrival", arrival_year="2024", arrival_month="3", arrival_day=day)
        assert "Write the day as a number from 1 to 31" in page
    assert is_kept(started, "arrival", arrival_year="2024", arrival_month="3", arrival_day="07")


@pytest.mark.parametrize(
    "year", ["1990\u200f", "१९९०", "১৯৯০", "၁၉၉၀", "１９９０", "۱۹۹۰", "\u202a1990\u202c"]
)
def test_a_year_of_any_script_is_read(started, year):
    assert is_kept(started, "dob", birth_date_year=year) == {"birth_date": "1990"}
    shown = started.get(address_of("dob")).content.decode()
    assert int(re.search(r'maxlength="(\d+)"', shown)[1]) > len(year)  # so that a browser lets it be typed


def test_a_year_of_another_calendar_is_asked_for_in_ours(started):
    assert "as a passport in English has it" in is_refused(started, "dob", birth_date_year="1370")


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
    draft = make_draft(has_court={"has_court": "yes"}, decision={"decision": "judge"}, i589={"i589": "yes"})
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
    started.post(address_of("has_court"), {"has_court": "yes"})
    year = str(office.today(now).year + 10)
    page = is_refused(started, "hearing_date", hearing_date_year=year)
    assert "many years from now" in page
    sent = {"hearing_date_year": year, "understood": understood(page)}
    assert is_kept(started, "hearing_date", **sent) == {"hearing_date": year}


def test_an_arrival_before_the_birth_is_asked_back_on_either_page(started):
    is_kept(started, "dob", birth_date_year="1991")
    page = is_refused(started, "arrival", arrival_year="1985")
    assert "does not fit with the day of birth: 1991" in page
    is_kept(started, "arrival", arrival_year="1985", understood=understood(page))
    assert "does not fit with the day you last came in: 1985" in is_refused(
        started, "dob", birth_date_year="1990"
    )


def test_days_of_one_page_are_compared_too(started):
    started.post(address_of("i589"), {"i589": "yes"})
    page = is_refused(
        started, "i589_when", i589_date_year="2024", i589_receipt="yes", i589_received_year="2022"
    )
    assert "does not fit with the day the form was sent: 2024" in page


def test_by_receipt_a_page_is_never_compared_with_what_was_told(client, make_draft, now):
    draft = make_draft(dob={"birth_date": "1991"})
    Answer.objects.filter(page="arrival").delete()
    from intake.actions import give_receipt

    open_with(client, give_receipt(draft, at=now))
    assert send(client, "arrival", arrival_year="1985").status_code == 302


# --- I don't know ---------------------------------------------------------------------------------


def ticked(client, key, name):
    tag = re.search(
        rf'<input [^>]*name="{name}_unknown"[^>]*>', client.get(address_of(key)).content.decode()
    )[0]
    return "checked" in tag


def test_i_do_not_know_is_ticked_only_where_the_person_ticked_it(started):
    send(started, "appointments", has_appointment="yes", asylum_interview_year="", checkin_unknown="on")
    assert not ticked(started, "appointments", "asylum_interview")
    assert ticked(started, "appointments", "checkin")
    send(started, "appointments", has_appointment="yes", asylum_interview_year="", checkin_year="")
    assert not ticked(started, "appointments", "checkin")


def test_the_review_tells_not_known_from_not_answered(started, fill):
    def not_known():
        return started.get(reverse("intake:review")).content.decode().count("I don&#x27;t know")

    fill(started)
    before = not_known()
    send(started, "arrival", arrival_unknown="on")
    send(started, "late_reason", late_reason="health")
    assert not_known() == before + 1
    send(started, "letter_due", has_letter="yes", letter_due_year="")
    without = not_known()
    send(started, "letter_due", has_letter="yes", letter_due_year="", letter_due_unknown="on")
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
    closed = started.get(address_of("letter_due")).content.decode()
    assert re.search(r'data-follows="has_letter"[^>]*hidden disabled', closed)
    assert send(started, "letter_due", has_letter="yes").url == address_of("letter_due")
    assert kept("letter_due")["has_letter"] == "yes"
    opened_page = started.get(address_of("letter_due")).content.decode()
    assert not re.search(r'data-follows="has_letter"[^>]*hidden', opened_page)
    sent = {"has_letter": "yes", "letter_due_year": "", "letter_due_month": "", "letter_due_day": ""}
    assert send(started, "letter_due", **sent).url != address_of("letter_due")


def test_a_no_needs_no_second_look(started):
    assert send(started, "letter_due", has_letter="no").url != address_of("letter_due")


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("letter_due", {"has_letter": "no", "letter_due_year": "2026"}),
        ("rep", {"rep": "none", "lawyer_name": "A. Lawyer"}),
        ("waitlist", {"waitlist": "no", "waitlist_name": "A group"}),
        ("earlier_entries", {"earlier_entries": "no", "earlier_1_year": "2019"}),
        ("contact", {"channels": ["call"], "through_name": "My aunt"}),
        ("status", {"status": ["none", "visa"]}),
        ("access", {"access": ["none", "see"]}),
    ],
)
def test_answers_that_contradict_each_other_are_asked_back(started, key, values):
    is_refused(started, key, **values)


# --- names, phones, e-mail ------------------------------------------------------------------------


def test_a_name_of_which_nothing_is_seen_is_refused_as_empty(started):
    assert "Write at least one name." in is_refused(started, "full_name", given_names="\u200b\u200f")


def test_what_nobody_sees_takes_no_place_of_a_name_by_receipt(client, make_draft, now):
    open_with(client, submit_intake(make_draft(), at=now))
    for sent in ({"given_names": "\u200b"}, {"given_names": "\u200b", "family_name": "New"}):
        assert send(client, "full_name", **sent).status_code == 302
    assert kept("full_name")["given_names"] == "Amina"


@pytest.fixture
def reached(started):
    is_kept(started, "contact", channels=["call", "email"], safe_times="")
    return started


def wire(client, **values):
    return is_kept(client, "phone_email", **{"email": "a@b.example", "phone": "2125550142", **values})


def test_00_and_011_are_a_plus(reached):
    assert wire(reached, phone="00963 944 123 456")["phone"] == "+963944123456"
    assert wire(reached, phone="011 52 55 1234 5678")["phone"] == "+525512345678"


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [("0944123456", "SY", "+963944123456"), ("55 1234 5678", "MX", "+525512345678")],
)
def test_a_number_that_fits_no_plan_here_is_asked_for_its_country(reached, typed, country, number):
    assert "phone_country" not in reached.get(address_of("phone_email")).content.decode()
    sent = {"phone": typed, "email": "a@b.example"}
    page = is_refused(reached, "phone_email", **sent)
    assert "Which country is this number from?" in page and f'value="{country}"' in page
    assert page.index('name="phone"') < page.index('name="phone_country"') < page.index('name="email"')
    assert wire(reached, **sent, phone_country=country) == {"phone": number, "email": "a@b.example"}
    assert number in reached.get(address_of("phone_email")).content.decode()


def test_a_country_the_number_is_not_from_is_refused(reached):
    for country in ("", "MX", "ZZ"):
        is_refused(reached, "phone_email", phone="0944123456", email="a@b.example", phone_country=country)


def test_a_space_around_an_e_mail_goes_and_one_inside_is_asked_about(reached):
    for typed in (
        " a@b.example ",
        "a@b.example\u200b",
        "<mailto:a@b.example>",
        "a＠b.example",
        "a@b.example.",
    ):
        assert wire(reached, email=typed)["email"] == "a@b.example"
    page = is_refused(reached, "phone_email", phone="2125550142", email="a @b.example")
    assert "We read: a@b.example. Is this right?" in page
    assert wire(reached, email="a @b.example", understood=understood(page))["email"] == "a@b.example"


# --- urgent ---------------------------------------------------------------------------------------


def yesterday(office, now):
    return date_parts("hearing_date", (office.today(now) - timedelta(days=1)).isoformat())


def test_a_hearing_yesterday_shows_the_phone_line_and_asks_what_happened(started, office, now):
    for key, values in (
        ("in_us", {"in_us": "yes"}),
        ("custody", {"custody": "no"}),
        ("has_court", {"has_court": "yes"}),
    ):
        send(started, key, **values)
    assert send(started, "hearing_date", **yesterday(office, now)).url == reverse("intake:talk")
    assert Intake.objects.get().urgent
    send(started, "hearing_kind", press="skip")
    assert started.get(address_of("hearing_went")).status_code == 200
    send(started, "hearing_went", hearing_went="held")
    assert not Intake.objects.get().urgent


URGENT = [
    ("custody", {"custody": "ice"}),
    ("danger", {"danger": "yes"}),
    ("fear_interview", {"fear_interview": "refused"}),
    ("hearing_went", {"hearing_went": "missed"}),
]


@pytest.mark.parametrize(("key", "values"), URGENT)
@pytest.mark.parametrize("was_urgent", [False, True])
def test_after_sending_an_urgent_answer_shows_the_phone_line_and_alerts_staff(
    client, cast, make_draft, now, key, values, was_urgent
):
    """The same whatever was told before: else it would tell it."""
    from cases.actions import open_case

    told = {"custody": {"custody": "ice"}, "facility": {"facility": "E"}} if was_urgent else {}
    open_with(client, submit_intake(make_draft(**told), at=now))
    open_case(Intake.objects.get(), by="system:test", at=now)
    response = send(client, key, **values)
    assert response.url == reverse("intake:talk")
    page = client.get(response.url).content.decode()
    assert "(212) 555-0100" in page and f'href="{reverse("intake:mine")}"' in page
    deliver_due()
    assert Message.objects.filter(kind="urgent_told", channel="in_app").count() == 1


def test_after_sending_a_hearing_yesterday_is_urgent_too(client, cast, make_draft, office, now):
    open_with(client, submit_intake(make_draft(), at=now))
    assert send(client, "hearing_date", **yesterday(office, now)).url == reverse("intake:talk")


def test_after_sending_what_is_not_urgent_leads_to_the_page_of_what_comes_next(client, make_draft, now):
    open_with(
        client, submit_intake(make_draft(custody={"custody": "ice"}, facility={"facility": "E"}), at=now)
    )
    assert send(client, "other_names", other_names="Mina").url == reverse("intake:mine")
    assert send(client, "custody", custody="no").url == reverse("intake:mine")


# --- what a page says -----------------------------------------------------------------------------


def test_every_page_says_what_is_needed_and_names_what_is_wrong(started, fill):
    fill(started, has_court={"has_court": "yes"}, custody={"custody": "ice"}, decision={"decision": "judge"})
    send(started, "harm_past", harm_past="yes")
    looked = 0
    for page in LATER:
        shown = started.get(address_of(page.key))
        if shown.status_code != 200 or page is DOCUMENTS:
            continue
        form, html = shown.context["form"], shown.content.decode()
        needed = form.needs_an_answer and not form.empty_is_an_answer
        assert ("An answer is needed." in html) == needed, page.key
        assert ("You can skip this." in html) != needed, page.key
        assert not re.search("<title>Error", html)
        if not needed:
            continue
        wrong = started.post(address_of(page.key), {"x": "y"})
        html = wrong.content.decode()
        assert wrong.status_code == 422 and f"<title>Error: Page {page.number}</title>" in html
        summary = html.split('class="summary errors"')[1].split("</div>")[0]
        assert "autofocus" in summary
        for place, name in re.findall(r'<a href="#([^"]+)">(.*?)</a>', summary):
            assert name and re.search(rf'<(input|select|textarea)[^>]* id="{place}"', html), (page.key, place)
            looked += 1
    assert looked > 15
