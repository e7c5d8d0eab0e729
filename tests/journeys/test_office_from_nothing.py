"""An office from nothing: made by a command, filled, run and closed from its own pages, without a shell."""

import re
import subprocess
import sys

import pytest

from tests.journeys.conftest import wait_until
from tests.journeys.form import answer_page, begin, cases_of, number_in, usual
from tests.journeys.test_sign_in import at, give_passkey
from tests.running import ROOT, running_stack

NEW = "seven green lanterns by the sea"
TOLD = {
    "FIRST_RUN_NAME": "Harbor Legal Aid",
    "FIRST_RUN_PHONE": "(212) 555-0142",
    "FIRST_RUN_TIME_ZONE": "America/New_York",
    "FIRST_RUN_PERSON": "Nadia Harbor",
    "FIRST_RUN_EMAIL": "nadia@harbor.example",
}


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("from_nothing")
    with running_stack("from_nothing", folder, INTAKE_OFFICE="harbor", EVENTS_LEASE_SECONDS="2") as stack:
        yield stack


def first_run(stack):
    env = {**stack.app.env, "INTAKE_LOGIN": "worker", "INTAKE_NO_BOOTSTRAP": "1", **TOLD}
    command = [sys.executable, "manage.py", "first_run"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "MISSING" in done.stdout
    return link_in(done.stdout)


def link_in(text):
    return re.search(r"(/invitation/[0-9a-f]+/)", text.replace("=\n", ""))[1]


def come_in(visitor, link):
    """Accept an invitation with a password and a passkey."""
    give_passkey(visitor)
    visitor.open(link)
    visitor.fill("new", NEW)
    visitor.fill("again", NEW)
    visitor.submit()
    assert at(visitor, "/my/sign-in/enroll/")
    visitor.page.click("main a.btn-primary")
    assert at(visitor, "/passkeys/add/")
    visitor.page.click("[data-start]")
    assert at(visitor, "/my/sign-in/codes/")
    visitor.page.click("main a.btn-primary")
    assert at(visitor, "/home/")


def invite(nadia, name, email, role):
    nadia.open("/people/invite/")
    nadia.fill("name", name)
    nadia.fill("email", email)
    nadia.choose("roles", role)
    nadia.submit()
    letters = nadia.stack.mails
    return link_in(wait_until(lambda: next((one for one in letters() if f"To: {email}" in one), None)))


def test_an_office_is_made_filled_run_and_a_case_is_closed(stack, visit):
    nadia = visit(width=1280)
    come_in(nadia, first_run(stack))
    assert nadia.sees("before real people may use this")

    # What the office says of itself, its queue, its people.
    nadia.open("/office/")
    for language in ("en", "ar"):
        nadia.fill(f"hours_in_{language}", "9-17")
    nadia.fill("look_days", "3")
    nadia.submit()
    nadia.open("/queues/")
    assert nadia.sees("No queue yet")
    nadia.fill("name", "General")
    nadia.press("Open it")
    people = {
        "cass": ("Cass Harbor", "caseworker", 1280),
        "mo": ("Mo Harbor", "caseworker", 360),
        "ari": ("Ari Harbor", "attorney", 360),
    }
    staff = {}
    for who, (name, role, width) in people.items():
        link = invite(nadia, name, f"{who}@harbor.example", role)
        staff[who] = visit(width=width)
        come_in(staff[who], link)
    cass, mo, ari = staff["cass"], staff["mo"], staff["ari"]

    # The attorney says what they take; the administrator looks it up.
    wait_until(
        lambda: stack.ask(
            "select 1 from referrals_practitioner p join accounts_user u on u.id ="
            " p.user_id where u.email = 'ari@harbor.example'"
        )
    )
    ari.open("/my/profile/")
    ari.page.select_option("[name=bar_state]", "NY")
    ari.fill("bar_number", "5512345")
    ari.choose("languages", "ara", "eng")
    ari.choose("states", "NY")
    ari.choose("tracks", "affirmative")
    ari.press("Save")
    assert ari.sees("Not verified")
    nadia.open("/practitioners/")
    nadia.page.get_by_role("link", name="Ari Harbor").click()
    nadia.check()
    nadia.press("They are verified")
    assert nadia.sees("Takes cases")

    # Somebody sends a form; the case is placed with the attorney who was invited.
    amina = visit()
    begin(amina)
    while number_in(amina.page.url) or not amina.page.url.endswith("/review/"):
        if number_in(amina.page.url):
            answer_page(amina, usual("From-Nothing"))
        else:
            amina.page.locator("main a.btn:not(.call)").first.click()
    amina.submit()
    case = wait_until(lambda: cases_of(stack, "From-Nothing"))[0][0]
    clear = (
        "select 1 from conflicts_conflictcheck k join cases_case c on c.file_id = k.file_id"
        " where c.id = %s and k.kind = 'submitted' and k.status = 'clear'"
    )
    wait_until(lambda: stack.ask(clear, case))
    cass.open(f"/cases/{case}/")
    cass.page.select_option("[name=track]", "affirmative")
    cass.press("Record triage")
    cass.page.get_by_label("General", exact=True).check()
    cass.press("Refer")
    assert cass.sees("speaks the language") and cass.sees("takes cases there")
    cass.press("Offer Ari Harbor")
    ari.open("/home/")
    ari.page.get_by_role("link", name="Read the summary").click()
    ari.check()
    assert ari.sees("Arabic") and not ari.sees("From-Nothing")
    ari.press("Show the names")
    ari.page.check("[name=no_conflict]")
    ari.press("Accept the case")
    ari.press("Record the engagement")
    assert ari.sees("Represented")

    # It is granted: the attorney asks, a caseworker looks and closes, and the person is told.
    ari.page.get_by_role("link", name="Close the case").click()
    ari.check()
    ari.choose("reason", "granted")
    ari.press("Ask a second person to close it")
    assert ari.sees("Somebody asks to close this case")
    mo.open("/home/")
    assert mo.sees("A colleague asks for these: be the second person")
    mo.open(f"/cases/{case}/")
    mo.press("Close the case")
    assert cases_of(stack, "From-Nothing")[0][2] == "closed"
    assert ari.open(f"/cases/{case}/").status == 404
    mo.choose("how", "in_person")
    mo.press("I have told them")
    assert stack.ask("select 1 from referrals_assignment where case_id = %s and ended_at is not null", case)
