"""A caseworker's work on one case: read, confirm, plan, call, meet, note a hearing, ask a colleague."""

import pytest

from tests.running import wait_until

UNTOUCHED = (
    "select c.id from cases_case c join conflicts_standing s using (file_id) where c.status = 'in_triage'"
    " and c.triaged_at is null and s.state = 'clear' and not exists (select from casework_task t"
    " where t.case_id = c.id) order by c.reference limit 1"
)
TABS = ("told-us", "screening", "dates", "people", "papers", "evidence", "referral", "messages", "history")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_work_on_a_case_is_planned_and_done_on_its_page(stack, visit, width):
    ((case,),) = stack.ask(UNTOUCHED)
    cora = visit(width=width)
    cora.sign_in("cora")
    cora.open(f"/cases/{case}/")
    cora.press("Confirm")
    assert cora.sees("Triage is recorded.")

    cora.press("Add the usual ones")
    assert cora.sees("Read what they told us")
    cora.press("Done Read what they told us")
    cora.press("Undo Read what they told us")
    cora.open(f"/cases/{case}/?do=task")
    cora.fill("words", "Ask the clinic")
    cora.press("Add the task")
    assert cora.sees("Ask the clinic")

    cora.open(f"/cases/{case}/?do=contact_try")
    cora.page.select_option("[name=result]", "no_answer")
    cora.fill("next_try_at", "2099-01-02T10:00")
    cora.press("Note the try")
    assert cora.sees("next try") and cora.sees("1 try since somebody last spoke with them.")

    cora.open(f"/cases/{case}/?do=appointment")
    cora.fill("starts_at", "2099-01-03T10:00")
    cora.press("Make the appointment")
    assert cora.sees("Look at their safe times first, and tick this box.")
    cora.page.check("[name=is_safe]")
    cora.press("Make the appointment")
    assert cora.sees("The appointment is made.")

    cora.open(f"/cases/{case}/?do=hearing")
    cora.page.select_option("[name=kind]", "master_hearing")
    cora.fill("starts_at", "2099-02-03T08:30")
    cora.fill("judge", "Judge Example")
    cora.press("Write the hearing down")
    assert cora.sees("Judge Example")
    cora.open(f"/cases/{case}/dates/")
    assert cora.sees("Master hearing") and cora.sees("Feb. 3, 2099")

    cora.open(f"/cases/{case}/?do=note")
    cora.fill("text", "Please look, @Ines")
    cora.press("Add note")
    assert cora.sees("Noted.")
    wait_until(lambda: stack.ask("select 1 from notifications_message where kind = 'mentioned'"))


def test_keys_and_the_list_one_came_from(stack, visit):
    cora = visit(width=1280)
    cora.sign_in("cora")
    cora.open("/cases/")
    cora.page.locator("tbody a").first.click()
    cora.check()
    first = cora.page.url
    assert cora.page.locator("[data-next]").is_visible()
    cora.page.keyboard.press("j")
    cora.page.wait_for_url(lambda url: url != first)
    cora.page.keyboard.press("k")
    cora.page.wait_for_url(first)
    cora.page.keyboard.press("?")
    assert cora.page.locator("dialog.keys").is_visible()
    cora.page.keyboard.press("Escape")
    cora.page.keyboard.press("/")
    assert cora.page.evaluate("document.activeElement.id") == "top-search"


def test_an_address_of_the_page_before_it_had_tabs_leads_to_the_tab(stack, visit):
    ((case,),) = stack.ask("select id from cases_case order by reference limit 1")
    cora = visit(width=1280)
    cora.sign_in("cora")
    cora.page.goto(f"{stack.url}/cases/{case}/#names")
    cora.page.wait_for_url(f"**/cases/{case}/people/#names")


@pytest.mark.parametrize(("width", "locale"), [(360, "ar"), (1280, "ar"), (1280, "en-US")])
def test_every_tab_is_accessible_and_fits(stack, visit, width, locale):
    case = stack.ask("select case_id from casework_task order by made_at limit 1")[0][0]
    cora = visit(width=width, locale=locale)
    cora.sign_in("cora")
    for tab in TABS:
        cora.open(f"/cases/{case}/{tab}/")
    for do in ("", "summary/", "?do=task", "?do=contact_try", "?do=appointment", "?do=hearing"):
        cora.open(f"/cases/{case}/{do}")
