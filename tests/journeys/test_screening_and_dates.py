"""Journey C: a caseworker follows the screening, settles dates, and sees what another rule would change."""

import re

import pytest

REFERENCE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")


def demo_case(stack, status="in_triage"):
    """Return the id of the most urgent demo case that has a hearing."""
    rows = stack.ask(
        "select c.id from cases_case c join cases_deadline d on d.case_id = c.id"
        " where c.status = %s and d.key = 'individual_hearing' order by c.opened_at limit 1",
        status,
    )
    return rows[0][0]


def unfold(visitor, words):
    visitor.page.locator("summary", has_text=words).first.click()


def test_a_caseworker_follows_a_screening_and_its_dates(stack, visit):
    case = demo_case(stack)
    cora = visit(width=1280)
    cora.sign_in("cora")
    cora.open(f"/cases/{case}/")
    cora.page.get_by_role("link", name="Screening", exact=True).click()
    cora.page.wait_for_load_state()
    cora.check()
    assert cora.page.url.endswith("/screening/")
    for expected in ("What our program asks", "Do you have a lawyer now?", "Rule:", "Score"):
        assert cora.sees(expected), expected
    assert cora.sees("Nobody has looked at this screening yet")
    cora.press("Screen again")
    assert cora.sees("Screened again: nothing is different")

    # Triage confirms it; afterwards another look departs from it, with a reason.
    cora.page.get_by_role("link", name="Settle the triage").click()
    cora.page.get_by_role("link", name="Depart…").click()
    cora.check()
    cora.page.select_option("[name=track]", "defensive")
    cora.press("Record triage")
    cora.open(f"/cases/{case}/screening/")
    assert cora.sees("Confirmed by Cora Demo")
    cora.page.select_option("[name=outcome]", "REFER_OUT")
    cora.press("Record your decision")
    assert cora.sees("Say why you depart from the screening")
    cora.fill("reason", "She moves to another state next week.")
    cora.press("Record your decision")
    assert cora.sees("Cora Demo departed from it")

    # A judge's date wins; a date is confirmed, done, opened again and waived.
    cora.open(f"/cases/{case}/dates/")
    cora.page.select_option("[name=replaces]", "evidence_individual_nondetained")
    cora.fill("date", "2027-02-01")
    cora.press("Enter the judge's date")
    assert cora.sees("Write an answer.")  # where it was read; the day that was typed is kept
    assert cora.page.input_value("[name=date]") == "2027-02-01"
    cora.fill("source", "Scheduling order, page 2")
    cora.page.check("[name=on_file]")
    cora.press("Enter the judge's date")
    assert cora.sees("The judge's date stands") and cora.sees("Scheduling order, page 2")
    assert cora.sees("A judge's date was entered or removed.")
    unfold(cora, "Why Evidence for the individual hearing")
    cora.press("I checked this day Evidence for the individual hearing")
    cora.press("Mark done Evidence for the individual hearing")
    assert cora.sees("The date is marked done")
    unfold(cora, "Why")
    cora.check()

    # What the case learns moves its dates, opens what was settled, and screens it again.
    cora.open(f"/cases/{case}/facts/")
    cora.fill("moved", "2026-11-02")
    cora.page.select_option("[name=in_proceedings]", "yes")
    cora.submit()
    assert cora.sees("New address to the court (EOIR-33)")
    for locale, width in (("ar", 360), ("ar", 1280), ("en-US", 360)):
        look(visit, stack, case, locale, width)


def look(visit, stack, case, locale, width):
    """Walk the pages once more in another language and width; each is checked."""
    cora = visit(width=width, locale=locale)
    cora.sign_in("cora")
    language = locale.partition("-")[0]
    cora.open("/home/")
    if cora.page.get_attribute("html", "lang") != language:
        cora.page.locator("details.menu > summary").click()
        cora.page.locator(f"details.menu button[value={language}]").click()
        cora.page.wait_for_load_state()
    for name in ("", "told-us/", "screening/", "dates/", "people/", "papers/", "evidence/", "referral/"):
        cora.open(f"/cases/{case}/{name}")
    for name in ("messages/", "history/", "summary/", "?do=task", "?do=hearing", "facts/"):
        cora.open(f"/cases/{case}/{name}")
    assert cora.page.get_attribute("html", "lang") == language
    cora.open("/simulator/")
    cora.fill("max_pct", "20")
    cora.fill("auto_pct", "10")
    cora.page.locator("main form button[type=submit]").click()
    cora.page.wait_for_selector("main table.figures")
    cora.check()
    cora.open("/home/")
    cora.page.locator("details.menu > summary").click()
    cora.page.locator("details.menu button[value=en]").click()
    cora.page.wait_for_load_state()


@pytest.mark.parametrize("who", ["ines", "cora"])
def test_another_rule_is_tried_and_nothing_is_saved(stack, visit, who):
    before = stack.ask("select count(*) from screening_screening")
    person = visit(width=1280)
    person.sign_in(who)
    person.page.get_by_role("link", name="Try other rules" if who == "ines" else "Cases").first.click()
    person.page.wait_for_load_state()
    person.open("/simulator/")
    person.press("See what would change")
    assert person.sees("Change at least one thing")
    person.fill("max_pct", "50")
    person.press("See what would change")
    assert person.sees("must not be lower")
    person.fill("auto_pct", "50")
    person.press("See what would change")
    person.page.wait_for_selector("text=would come out differently")
    assert REFERENCE.search(person.page.inner_text("main"))
    assert not person.sees("Tomás")
    assert person.page.locator("#result meter").count() > 1
    person.check()
    assert stack.ask("select count(*) from screening_screening") == before
