"""A person goes to another organization that says yes by its link; a no comes back to the caseworker."""

import re

from tests.running import wait_until

CALM = (
    "select c.id from cases_case c join conflicts_standing s on s.file_id = c.file_id"
    " where c.status = 'in_triage' and s.state = 'clear' and c.closed_at is null"
    " and not exists (select from referrals_handover h where h.case_id = c.id)"
    " order by c.band = 'CRITICAL', c.reference limit 1"
)
HARBOR = "Harbor Light Law Project (example)"


def begin(cora, case):
    """Go from the case to the page where Harbor Light is asked."""
    cora.open(f"/cases/{case}/")
    ways = [cora.page.get_by_role("link", name=name) for name in ("Not for us…", "Hand over to another")]
    ways[0].or_(ways[1]).first.click()
    cora.check()
    others = cora.page.get_by_text("Others, and why not")
    asks = cora.page.get_by_role("link", name=f"Ask them {HARBOR}")
    if not asks.is_visible() and others.count():
        others.click()
    asks.click()
    cora.check()
    assert cora.page.input_value("[name=summary]").startswith("Age:")
    cora.choose("consent_how", "in_person")


def test_an_organization_takes_a_person_by_its_link(stack, visit):
    ((case,),) = stack.ask(CALM)
    cora = visit(width=1280)
    cora.sign_in("cora")
    begin(cora, case)
    cora.fill("summary", "Ask for Ms. Zrazok of 212 555 0142")
    cora.choose("sent_how", "phone")
    cora.press("Ask them")
    assert "212 555 0142" in cora.page.inner_text("main")
    cora.fill("summary", "An adult needs a lawyer for asylum. The year ends soon.")
    cora.press("Ask them")
    link = re.search(r"/hand-over/[0-9a-f]{64}/", cora.page.inner_text("[data-test=link]"))[0]

    receiver = visit(java_script_enabled=False)
    receiver.check = lambda: None  # axe is a script itself; below it looks at the same page
    receiver.open(link)
    assert receiver.sees("An adult needs a lawyer for asylum. The year ends soon.")
    receiver.choose("says", "accepted")
    receiver.submit()
    assert receiver.sees("Thank you for your yes")
    receiver.open(link)
    assert receiver.sees("Thank you for your yes") and not receiver.sees("An adult needs a lawyer")

    cora.open("/home/")
    assert cora.sees("Now, in this order")
    cora.page.locator(f"a[href='/cases/{case}/hand-over/']").first.click()
    cora.check()
    cora.choose("how", "phone")
    cora.fill("spoke_with", "Robin Example")
    cora.press("They have the names: end the case here")
    assert cora.sees("Handed over") and cora.sees("I have told them")
    assert stack.ask("select status from cases_case where id = %s", case) == [("referred_out",)]


def test_a_no_by_the_mailed_link_comes_back(stack, visit):
    ((case,),) = stack.ask(CALM)
    cora = visit(width=1280)
    cora.sign_in("cora")
    begin(cora, case)
    before = len(stack.mails())
    cora.choose("sent_how", "email")
    cora.press("Ask them")
    assert cora.sees("The organization is asked")

    def mailed():
        letters = [one for one in stack.mails()[before:] if "To: referrals@harborlight.example.org" in one]
        return letters[-1] if letters else None

    letter = wait_until(mailed).replace("=\n", "")
    assert "asylum" not in letter.lower()
    receiver = visit(locale="ar")
    receiver.open(re.search(r"/hand-over/[0-9a-f]{64}/", letter)[0])
    receiver.choose("says", "refused")
    receiver.page.select_option("[name=why]", "full")
    receiver.submit()
    assert receiver.sees("Thank you for your answer")

    cora.open("/home/")
    row = cora.page.locator(f"a[href='/cases/{case}/hand-over/']").first
    assert "The organization said no" in row.inner_text()
    row.click()
    cora.check()
    assert cora.sees("No room now")
    cora.press("I go on here")
    cora.open("/home/")
    assert not cora.page.locator(f"a[href='/cases/{case}/hand-over/']").count()


def test_the_directory_and_the_public_page_on_a_phone(stack, visit):
    someone = visit()
    someone.open("/")
    someone.page.get_by_role("link", name="Other help").click()
    someone.check()
    assert someone.sees(HARBOR) and not someone.sees("Three Bridges") and not someone.sees("Cedar Lane")
    someone.page.select_option("[name=state]", "CT")
    someone.submit()
    assert someone.sees("Night Lamp Safe Homes") and not someone.sees(HARBOR)
    someone.page.select_option("select[name=language]", "hat")
    someone.submit()
    assert someone.sees("Open Gate Detention Line") and not someone.sees("Night Lamp Safe Homes")

    ines = visit()
    ines.sign_in("ines")
    assert ines.sees("1 organization is to be checked")
    ines.open("/directory/?check=due")
    ines.page.get_by_role("link", name="Cedar Lane Walk-In Desk (example)").click()
    ines.check()
    assert ines.sees("Not shown to the public until somebody checks it.")
    ines.press("All of this holds today")
    someone.open("/other-help/")
    assert someone.sees("Cedar Lane Walk-In Desk (example)")
    ines.open("/directory/import/")
    ines.fill("text", "name,phone\nNew Dawn (example),(212) 555-0188\nNo Way (example),")
    ines.press("Show what would come in")
    assert ines.sees("Write down one way at least to reach them.")
    ines.fill("text", "name,phone\nNew Dawn (example),(212) 555-0188")
    ines.press("Show what would come in")
    ines.press("Take them in")
    ines.open("/directory/")
    assert ines.sees("New Dawn (example)") and ines.sees("Nobody checked it")
    ines.open("/directory/import/")
    ines.press("Undo")
    ines.open("/directory/add/")
