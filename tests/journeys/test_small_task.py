"""A caseworker asks for a review; an attorney takes it, sees nothing of the case, and says it is done."""

from tests.journeys.form import queued


def test_a_small_task_is_asked_for_taken_and_done(stack, visit):
    cora, case = queued(stack, visit, "Small-Task")
    cora.open(f"/cases/{case}/")
    cora.page.get_by_role("link", name="Ask a helper…").click()
    cora.page.select_option("main [name=kind]", "review")
    day = stack.ask("select to_char(now() + interval '5 days', 'YYYY-MM-DD')")[0][0]
    cora.fill("due_on", day)
    cora.press("Ask for it")
    assert cora.sees("Waits for somebody")
    ade = visit(width=360)
    ade.sign_in("ade")
    ade.open("/home/")
    ade.page.get_by_role("link", name="Small tasks").click()
    assert ade.sees("Review of a declaration") and not ade.sees("Small-Task")
    ade.page.get_by_role("button", name="Take it").first.click()
    ade.check()
    assert ade.sees("yours until")
    cora.open(f"/cases/{case}/small-tasks/")
    assert cora.sees("Ade Demo")
    ade.page.get_by_role("button", name="Done").first.click()
    ade.check()
    assert ade.sees("Whoever asked is told")
    cora.open(f"/cases/{case}/small-tasks/")
    assert cora.sees("Done")
