"""Three papers are asked for: two come from a phone without a script, one cannot be had."""

from foundation.vault.blind import blind_index
from tests.files import corpus
from tests.journeys.form import CASE, come_back, numbers_of
from tests.running import wait_until

# The demo's first person, whose case its attorney holds.
PERSON = "applicant1@demo.example"


def test_papers_are_asked_for_answered_and_accepted(visit, stack, tmp_path):
    ((case, *_),) = stack.ask(CASE, blind_index("email", PERSON))
    cora = visit(width=1280)
    cora.sign_in("cora")
    cora.open(f"/cases/{case}/papers/?do=ask")
    cora.choose("codes", "court", "form", "decision")
    cora.press("Ask for these")
    assert cora.sees("Letters from the court")
    numbers = receipt_for(cora, case)
    looked_at(visit(width=360, locale="ar"), numbers)
    amina = visit(width=360, java_script_enabled=False)
    amina.check = lambda: None  # axe is a script itself
    come_back(amina, *numbers)
    answer_three(amina, tmp_path)
    look_at_the_answers(cora, case)
    decision_of_the_attorney(visit(width=1280), stack, case, tmp_path)


def receipt_for(cora, case):
    """Give the person new numbers, as to somebody who lost theirs."""
    cora.open(f"/cases/{case}/receipt/")
    cora.choose("how", "known")
    cora.submit()
    return numbers_of(cora)


def looked_at(visitor, numbers):
    """Hold the return page and the page of a paper to what every public page must be, in Arabic."""
    come_back(visitor, *numbers)
    visitor.page.locator("section.need a.go").first.click()
    visitor.page.wait_for_load_state()
    visitor.check()
    visitor.press("Send these files")
    assert visitor.sees("No file was chosen. Choose one, or press what is true below.")


def answer_three(amina, tmp_path):
    """Send two papers, as photo and as PDF, and say of the third that it cannot be had."""
    photo, letter = tmp_path / "IMG_0001.jpg", tmp_path / "my own name.pdf"
    photo.write_bytes(corpus.photo())
    letter.write_bytes(corpus.letter())
    for words, file in (("Letters from the court", photo), ("A copy of each form you sent", letter)):
        open_paper(amina, words)
        amina.page.set_input_files("[name=files]", file)
        amina.press("Send these files")
        assert amina.sees("We have it. We check it and make a safe copy. It takes about a minute.")
        assert file.name not in amina.page.inner_text("body")
        amina.open("/return/mine/")
        assert amina.sees("You sent it. We look at it.")
    open_paper(amina, "A letter that says yes or no to you")
    amina.press("I cannot get it")
    assert amina.sees("You said that you cannot get it.")


def open_paper(amina, words):
    """Follow the link below a paper that is asked for."""
    line = amina.page.locator("section.need li").filter(has_text=amina.words(words))
    line.locator("a.go").click()
    amina.page.wait_for_load_state()
    amina.check()


def look_at_the_answers(cora, case):
    """Accept what came, and note of the third that it cannot be had."""
    cora.open(f"/cases/{case}/")
    assert cora.sees("look at the answers")
    for words, outcome in (
        ("Letters from the court", "accept"),
        ("A copy of each form you sent", "accept"),
        ("A letter that says yes or no to you", "give_up"),
    ):
        cora.open(f"/cases/{case}/papers/")
        line = cora.page.locator("#asked > ul.rows > li").filter(has_text=words)
        line.locator("select").first.select_option(outcome)
        line.locator("button[type=submit]").click()
        cora.page.wait_for_load_state()
        cora.check()
    left = cora.page.locator("#asked > ul.rows").first.inner_text()
    assert "Letters from the court" not in left and "A letter that says yes or no to you" not in left
    assert cora.sees("Notice of a hearing or an appointment")  # what came for the court's letters is that


def decision_of_the_attorney(ade, stack, case, tmp_path):
    """Add a decision as the attorney who holds the case, and find it beside the dates."""
    ade.sign_in("ade")
    ade.open(f"/cases/{case}/papers/?do=add")
    order = tmp_path / "order of the judge.pdf"
    order.write_bytes(corpus.letter())
    ade.page.set_input_files("[name=files]", order)
    ade.page.select_option("[name=kind]", "decision")
    ade.page.select_option("[name=origin]", "authority")
    ade.fill("dated", "2026-11-02")
    ade.press("Keep these files")
    assert ade.sees("order of the judge.pdf") and ade.sees("Being checked")
    wait_until(lambda: not stack.ask("select 1 from files_upload where status = 'received'"))
    ade.open(f"/cases/{case}/papers/")
    line = ade.page.locator("ul.rows li").filter(has_text="order of the judge.pdf")
    line.get_by_role("link", name="Write its day").click()
    ade.page.wait_for_load_state()
    ade.check()
    assert ade.sees("Write the day of this paper") and ade.sees("order of the judge.pdf")
