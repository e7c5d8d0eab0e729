"""An office from nothing: made by a command, filled, run and closed from its own pages, without a shell."""

import re
import subprocess
import sys

import pytest

from tests.journeys.form import answer_page, begin, cases_of, number_in, usual
from tests.journeys.test_sign_in import at, give_passkey
from tests.running import ROOT, running_stack, wait_until

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


def open_the_form(administrator):
    """Let people send forms, though something is still missing: a new office takes none by itself."""
    administrator.open("/ready/")
    administrator.press("Open the form")
    assert administrator.sees("Tick the box")
    administrator.page.check("[name=knowing]")
    administrator.press("Open the form")
    assert administrator.sees("It is open")


def send_form(stack, visit, family):
    """Fill in the whole form and send it; return its case, once its names are clear."""
    someone = visit()
    begin(someone)
    while number_in(someone.page.url) or not someone.page.url.endswith("/review/"):
        if number_in(someone.page.url):
            answer_page(someone, usual(family))
        else:
            someone.page.locator("main a.btn:not(.call)").first.click()
    someone.submit()
    case = wait_until(lambda: cases_of(stack, family))[0][0]
    clear = (
        "select 1 from conflicts_conflictcheck k join cases_case c on c.file_id = k.file_id"
        " where c.id = %s and k.kind = 'submitted' and k.status = 'clear'"
    )
    wait_until(lambda: stack.ask(clear, case))
    stack.settle()  # with its names clear it is looked at once more; who confirms before must read again
    return case


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
    open_the_form(nadia)
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
    case = send_form(stack, visit, "From-Nothing")
    cass.open(f"/cases/{case}/")
    cass.press("Confirm")
    cass.page.get_by_label("General", exact=True).check()
    cass.press("Refer")
    assert cass.sees("speaks ") and cass.sees("takes cases in ")
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
    assert mo.sees("A colleague asks: Close the case")
    mo.open(f"/cases/{case}/")
    mo.press("Close the case")
    assert cases_of(stack, "From-Nothing")[0][2] == "closed"
    assert ari.open(f"/cases/{case}/").status == 403
    mo.choose("how", "in_person")
    mo.press("I have told them")
    assert stack.ask("select 1 from referrals_assignment where case_id = %s and ended_at is not null", case)

    # The administrator writes the words of a letter, the attorney approves them, a caseworker uses them.
    nadia.open("/law/")
    nadia.page.select_option("[name=user]", label="Ari Harbor")
    nadia.press("Name this attorney")
    nadia.open("/letters/closing/en/")
    nadia.press("Keep as the next version")
    assert nadia.sees("Waits for a lawyer")
    ari.open("/letters/closing/en/")
    ari.check()
    ari.press("I have read it and approve it 1")
    assert ari.sees("In use")
    mo.open(f"/cases/{case}/letters/write/?kind=closing&language=en")
    mo.check()
    assert "From-Nothing" in mo.page.input_value("[name=text]")
    mo.press("Keep the letter")
    assert mo.sees("Not given yet")

    # Another person goes to an organization that takes them by its link.
    cass.open("/directory/add/")
    cass.fill("name", "Tidewater Aid (example)")
    cass.fill("phone", "(212) 555-0177")
    cass.page.check("[name=everywhere]")
    cass.page.check("[name=is_checked]")
    cass.submit()
    other = send_form(stack, visit, "Goes-Elsewhere")
    cass.open(f"/cases/{other}/hand-over/")
    asks = cass.page.get_by_role("link", name="Ask them Tidewater Aid (example)")
    if not asks.is_visible():
        cass.page.get_by_text("Others, and why not").click()
    asks.click()
    cass.choose("consent_how", "in_person")
    cass.fill("summary", "An adult needs a lawyer for asylum.")
    cass.choose("sent_how", "phone")
    cass.press("Ask them")
    link = re.search(r"/hand-over/[0-9a-f]{64}/", cass.page.inner_text("[data-test=link]"))[0]
    receiver = visit()
    receiver.open(link)
    receiver.choose("says", "accepted")
    receiver.submit()
    assert receiver.sees("Thank you for your yes")
    cass.open(f"/cases/{other}/hand-over/")
    cass.choose("how", "phone")
    cass.fill("spoke_with", "Robin Example")
    cass.press("They have the names: end the case here")
    assert cases_of(stack, "Goes-Elsewhere")[0][2] == "referred_out"
