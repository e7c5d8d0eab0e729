"""Names, telephones, e-mail addresses as typed; what is urgent once sent; what each page says."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from demo.answers import date_parts
from intake.actions import submit_intake
from intake.models import Intake
from intake.questionnaire.path import DOCUMENTS, LATER
from notifications.models import Message
from tests.intake.test_coming_back import open_with
from tests.intake.typing_in import is_kept, is_refused, kept, send, understood
from tests.support.answers import address_of
from tests.support.relay import deliver_due

# --- names, phones, e-mail ------------------------------------------------------------------------


def test_a_name_of_which_nothing_is_seen_is_refused_as_empty(started):
    assert "Write at least one name." in is_refused(started, "name", given_names="\u200b\u200f")


def test_what_nobody_sees_takes_no_place_of_a_name_by_receipt(client, make_draft, now):
    open_with(client, submit_intake(make_draft(), at=now))
    for sent in ({"given_names": "\u200b"}, {"given_names": "\u200b", "family_name": "New"}):
        assert send(client, "name", **sent).status_code == 302
    assert kept("name")["given_names"] == "Amina"


@pytest.fixture
def reached(started):
    """A visitor who was asked for a number and an address."""
    send(started, "reach", **REACHED)
    return started


# What stands on the page beside them; its parts are there, as after the answers that open them.
REACHED = {"channels": ["call", "email"], "safe_times": "", "may_leave_message": ""}


def wire(client, **values):
    return is_kept(client, "reach", **{**REACHED, "email": "a@b.example", "phone": "2125550142", **values})


def no_wire(client, **values):
    return is_refused(client, "reach", **{**REACHED, **values})


def test_00_and_011_are_a_plus(reached):
    assert wire(reached, phone="00963 944 123 456")["phone"] == "+963944123456"
    assert wire(reached, phone="011 52 55 1234 5678")["phone"] == "+525512345678"


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [("0944123456", "SY", "+963944123456"), ("55 1234 5678", "MX", "+525512345678")],
)
def test_a_number_that_fits_no_plan_here_is_asked_for_its_country(reached, typed, country, number):
    assert "phone_country" not in reached.get(address_of("reach")).content.decode()
    sent = {"phone": typed, "email": "a@b.example"}
    page = no_wire(reached, **sent)
    assert "Which country is this number from?" in page and f'value="{country}"' in page
    assert page.index('name="phone"') < page.index('name="phone_country"') < page.index('name="email"')
    found = wire(reached, **sent, phone_country=country)
    assert (found["phone"], found["email"]) == (number, "a@b.example")
    assert number in reached.get(address_of("reach")).content.decode()


def test_a_country_the_number_is_not_from_is_refused(reached):
    for country in ("", "MX", "ZZ"):
        no_wire(reached, phone="0944123456", email="a@b.example", phone_country=country)


def test_a_space_around_an_e_mail_goes_and_one_inside_is_asked_about(reached):
    for typed in (
        " a@b.example ",
        "a@b.example\u200b",
        "<mailto:a@b.example>",
        "a＠b.example",
        "a@b.example.",
    ):
        assert wire(reached, email=typed)["email"] == "a@b.example"
    page = no_wire(reached, phone="2125550142", email="a @b.example")
    assert "We read: a@b.example. Is this right?" in page
    assert wire(reached, email="a @b.example", understood=understood(page))["email"] == "a@b.example"


# --- urgent ---------------------------------------------------------------------------------------


def yesterday(office, now):
    return date_parts("hearing_date", (office.today(now) - timedelta(days=1)).isoformat())


def test_a_hearing_yesterday_shows_the_phone_line_and_asks_what_happened(started, office, now):
    send(started, "where_now", in_us="yes", custody="no")
    send(started, "hearing", has_court="yes")
    sent = {"has_court": "yes", "hearing_kind": "", "court": "", **yesterday(office, now)}
    assert send(started, "hearing", **sent).url == reverse("intake:talk")
    assert Intake.objects.get().urgent
    assert started.get(address_of("hearing_went")).status_code == 200
    send(started, "hearing_went", hearing_went="held")
    assert not Intake.objects.get().urgent


URGENT = [
    ("where_now", {"custody": "ice"}),
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

    told = {"where_now": {"custody": "ice", "facility": "E"}} if was_urgent else {}
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
    assert send(client, "hearing", **yesterday(office, now)).url == reverse("intake:talk")


def test_after_sending_what_is_not_urgent_leads_to_the_page_of_what_comes_next(client, make_draft, now):
    open_with(client, submit_intake(make_draft(where_now={"custody": "ice", "facility": "E"}), at=now))
    assert send(client, "name", other_names="Mina").url == reverse("intake:mine")
    assert send(client, "where_now", custody="no").url == reverse("intake:mine")


# --- what a page says -----------------------------------------------------------------------------


def test_every_page_says_what_is_needed_and_names_what_is_wrong(started, fill):
    fill(started, hearing={"has_court": "yes"}, where_now={"custody": "ice"}, refused={"decision": "judge"})
    send(started, "harm", harm_past="yes")
    looked = 0
    for page in LATER:
        shown = started.get(address_of(page.key))
        if shown.status_code != 200 or page is DOCUMENTS:
            continue
        form, html = shown.context["form"], shown.content.decode()
        needed = form.needs_an_answer and not form.empty_is_an_answer
        assert ("Please answer." in html or "(needed)" in html) == needed, page.key
        assert ("You can skip this." in html or 'name="press" value="skip"' in html) != needed, page.key
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
