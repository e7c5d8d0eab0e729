"""An attorney who browses asks for a case; the caseworker sees it, offers the case, and he takes it."""

from tests.journeys.form import queued
from tests.journeys.test_offer_paths import HOLDER, OPEN, the_names
from tests.running import wait_until

LISTED = (
    "select l.id from referrals_listing l join referrals_referral r on r.id = l.referral_id"
    " join conflicts_standing s on s.file_id = l.file_id where r.case_id = %s and s.state = 'clear'"
)


def test_a_case_is_asked_for_on_the_board_offered_and_taken(stack, visit):
    cora, case = queued(stack, visit, "On-The-Board")
    ((listing,),) = wait_until(lambda: stack.ask(LISTED, case))
    ade = visit(width=360)
    ade.sign_in("ade")
    ade.open("/my/profile/")
    ade.page.check("[name=browses]")
    ade.press("Save")
    ade.page.get_by_role("link", name="Home").first.click()
    ade.check()
    ade.page.get_by_role("link", name="The board").click()
    ade.check()
    assert ade.sees("Western Asia") and not ade.sees("On-The-Board") and not ade.sees("Syria")
    ade.page.locator(f"form[action*='{listing}/ask/'] button").click()
    ade.check()
    assert ade.sees("Your office sees that you asked for it")
    cora.open(f"/cases/{case}/referral/")
    assert cora.sees("Who asked for it") and cora.sees("asked for it")
    cora.press("Offer Ade Demo")
    ((offer,),) = stack.ask(OPEN, case)
    wait_until(lambda: stack.ask("select 1 from referrals_interest where ended_how = 'offered'"))
    ade.open("/my/board/")
    assert ade.sees("It was offered to you")
    the_names(ade, str(offer))
    ade.page.check("[name=no_conflict]")
    ade.press("Accept the case")
    assert stack.ask(HOLDER, case) == [("Ade Demo",)]
    ade.open(f"/cases/{case}/hours/")
    ade.fill("hours", "1")
    ade.press("Log it")
    assert ade.sees("1 h 0 min")
    cora.open(f"/cases/{case}/referral/")
    assert cora.sees("1 h 0 min")
