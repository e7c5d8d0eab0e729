"""A caseworker's morning: read, ask, call, confirm, refer; and a case confirmed by the keyboard alone."""

import pytest

NEW = (
    "select c.id from cases_case c join conflicts_standing s using (file_id)"
    " join screening_screening n on n.intake_id = c.intake_id"
    " where c.status = 'in_triage' and c.triaged_at is null and s.state = 'clear' and c.caseworker_id is null"
    " and n.outcome = 'ELIGIBLE_FOR_REVIEW' order by c.reference {order} limit 1"
)
QUESTION = "Which day stands on the paper?"


@pytest.mark.parametrize(("width", "order"), [(360, "asc"), (1280, "desc")])
def test_what_came_in_is_read_decided_and_asked_about(stack, visit, width, order):
    ((case,),) = stack.ask(NEW.format(order=order))
    cora = visit(width=width)
    cora.sign_in("cora")
    cora.open("/cases/?tab=new")
    cora.page.locator(f"a[href='/cases/{case}/']").first.click()
    cora.check()
    cora.page.get_by_role("link", name="Told us").first.click()
    cora.check()
    assert cora.sees("What they told us") and cora.sees("Asked later")

    cora.page.get_by_role("link", name="Ask the person something…").click()
    cora.fill("words", QUESTION)
    cora.page.check("[name=is_safe]")
    cora.press("Ask")
    assert cora.sees("stands on their return page")
    cora.page.get_by_role("link", name="They answered…").first.click()
    cora.fill("answer", "The fifth of May")
    cora.press("Keep the answer")
    assert cora.sees("Choose an answer.") and cora.page.input_value("[name=answer]") == "The fifth of May"
    cora.page.select_option("[name=how]", "call")
    cora.press("Keep the answer")
    assert cora.sees("The fifth of May") and not cora.sees("Waits for the person")

    cora.open(f"/cases/{case}/papers/?do=ask")
    cora.page.locator("[name=codes]").first.check()
    cora.press("Ask for these")
    assert cora.sees("It is asked for.")
    cora.open(f"/cases/{case}/?do=contact_try")
    cora.page.select_option("[name=result]", "no_answer")
    cora.press("Note the try")
    cora.press("Confirm")
    assert cora.sees("Triage is recorded.")
    cora.page.get_by_label("General", exact=True).check()
    cora.press("Refer")
    assert stack.ask("select status, caseworker_id is not null from cases_case where id = %s", case) == [
        ("seeking_counsel", True)
    ]


def test_a_case_is_opened_and_confirmed_by_the_keyboard_alone(stack, visit):
    cora = visit(width=1280)
    cora.sign_in("cora")
    ((case,),) = stack.ask(NEW.format(order="asc"))
    cora.open("/cases/?tab=new")
    page = cora.page
    tab_to(page, f"a[href='/cases/{case}/']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{case}/")
    tab_to(page, "main form[action$='/triage/'] button")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert cora.sees("Triage is recorded.")


def tab_to(page, selector, most=400):
    """Press Tab until something has the focus."""
    for _n in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")
