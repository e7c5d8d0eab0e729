"""People and roles: an attorney goes and their matter is handed over; a supervisor is the second person."""

import pytest

from tests.journeys.form import cases_of
from tests.journeys.test_office_from_nothing import come_in, first_run, link_in, open_the_form, send_form
from tests.running import running_stack, wait_until

TODAY = "select (now() at time zone 'America/New_York')::date::text"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("people")
    with running_stack("people", folder, INTAKE_OFFICE="harbor", EVENTS_LEASE_SECONDS="2") as stack:
        yield stack


def invite(nadia, name, email, *roles):
    nadia.open("/people/invite/")
    nadia.fill("name", name)
    nadia.fill("email", email)
    nadia.choose("roles", *roles)
    nadia.submit()
    letters = nadia.stack.mails
    return link_in(wait_until(lambda: next((one for one in letters() if f"To: {email}" in one), None)))


def verify(stack, nadia, ari):
    wait_until(lambda: stack.ask("select 1 from referrals_practitioner"))
    ari.open("/my/profile/")
    ari.page.select_option("[name=bar_state]", "NY")
    ari.fill("bar_number", "5512345")
    ari.choose("languages", "ara", "eng")
    ari.choose("tracks", "affirmative")
    ari.press("Save")
    nadia.open("/practitioners/")
    nadia.page.get_by_role("link", name="Ari Harbor").click()
    nadia.press("They are verified")


def test_an_attorney_goes_and_a_supervisor_closes_an_urgent_case(stack, visit):
    nadia = visit(width=1280)
    come_in(nadia, first_run(stack))
    open_the_form(nadia)
    nadia.open("/queues/")
    nadia.fill("name", "General")
    nadia.press("Open it")
    staff = {}
    for who, roles, width in (
        ("sue", ["supervisor"], 1280),
        ("cass", ["caseworker"], 1280),
        ("ari", ["attorney"], 360),
    ):
        link = invite(nadia, f"{who.title()} Harbor", f"{who}@harbor.example", *roles)
        staff[who] = visit(width=width)
        come_in(staff[who], link)
    sue, cass, ari = staff["sue"], staff["cass"], staff["ari"]
    nadia.open("/people/")
    assert nadia.sees("Supervisor, Caseworker")
    verify(stack, nadia, ari)

    # The case is placed with the attorney and represented.
    case = send_form(stack, visit, "Handed-Over")
    cass.open(f"/cases/{case}/")
    cass.press("Confirm")
    cass.page.get_by_label("General", exact=True).check()
    cass.press("Refer")
    cass.press("Offer Ari Harbor")
    ari.open("/home/")
    ari.page.get_by_role("link", name="Read the summary").click()
    ari.press("Show the names")
    ari.page.check("[name=no_conflict]")
    ari.press("Accept the case")
    ari.press("Record the engagement")
    assert cases_of(stack, "Handed-Over")[0][2] == "represented"

    # They go away, and every list says so.
    today = stack.ask(TODAY)[0][0]
    ari.open("/my/away/")
    ari.fill("starts_on", today)
    ari.fill("ends_on", today)
    ari.press("Keep it")
    assert ari.sees("Nobody covers.")
    nadia.open("/practitioners/")
    assert nadia.sees("They are away until")

    # They are shut out: the page says first what they hold, and the matter seeks counsel again.
    nadia.open("/people/")
    nadia.page.get_by_role("link", name="Shut out Ari Harbor").click()
    nadia.check()
    assert nadia.sees("Cases they hold as attorney")
    nadia.press("Shut out")
    wait_until(lambda: cases_of(stack, "Handed-Over")[0][2] == "seeking_counsel")
    assert "/sign-in/" in ari.open("/home/").url
    wait_until(lambda: stack.ask("select 1 from notifications_message where kind = 'given_back'"))

    # The urgent case is closed by two: the supervisor is the second.
    stack.ask("update cases_case set band = 'CRITICAL' where id = %s returning 1", case)
    cass.open(f"/cases/{case}/close/")
    cass.choose("reason", "moved")
    cass.press("Ask a second person to close it")
    assert cass.sees("It waits for one of these: Sue Harbor.")
    sue.open("/home/")
    assert sue.sees("Waits for a second person")
    sue.page.get_by_role("link", name="Close the case").click()
    sue.check()
    sue.press("Close the case")
    assert cases_of(stack, "Handed-Over")[0][2] == "closed"
