"""Ways an offer goes: words approved, a conflict by one's own list, a firm that needs time, a hand-on."""

from tests.journeys.form import queued
from tests.running import wait_until

OPEN = (
    "select o.id from referrals_offer o join referrals_referral r on r.id = o.referral_id"
    " where r.case_id = %s and o.status = 'open'"
)
HOLDER = (
    "select u.name from referrals_assignment a join accounts_user u on u.id = a.user_id"
    " where a.case_id = %s and a.ended_at is null"
)
# Bea of the demo has a password that nobody knows: here she is given Ade's, to answer for herself.
LET_BEA_IN = (
    "update accounts_user set password = (select password from accounts_user where email ="
    " 'ade@demo.example') where email = 'bea@demo.example' returning 1"
)


def offered(stack, cora, case):
    cora.open(f"/cases/{case}/referral/")
    cora.press("Offer Ade Demo")
    ((offer,),) = stack.ask(OPEN, case)
    return str(offer)


def reading_names(stack, visit, family, width=360):
    """Have a case offered to Ade, who has its names before him; return Cora, case, offer, Ade."""
    cora, case = queued(stack, visit, family)
    offer = offered(stack, cora, case)
    ade = visit(width=width)
    ade.sign_in("ade")
    the_names(ade, offer)
    return cora, case, offer, ade


def the_names(ade, offer):
    ade.open(f"/offers/{offer}/")
    ade.press("Show the names")


def test_words_are_written_approved_asked_about_and_answered_before_a_yes(stack, visit):
    cora, case = queued(stack, visit, "Path-Words")
    cora.open(f"/cases/{case}/synopsis/")
    assert cora.sees("As it would go out now")
    cora.fill("headline", "Somebody called Path-Words")
    cora.press("Keep it")
    assert cora.sees("Take out")
    cora.fill("headline", "Adult who filmed protests")
    cora.fill("text", "Has filed nothing yet.")
    cora.press("Keep it")
    cora.press("Approve it")
    assert cora.sees("approved by Cora Demo")
    offer = offered(stack, cora, case)
    ade = visit(width=360)
    ade.sign_in("ade")
    ade.open(f"/offers/{offer}/")
    assert ade.sees("Adult who filmed protests") and not ade.sees("Path-Words")
    ade.fill("question", "Is there a phone?")
    ade.press("Ask")
    cora.open(f"/cases/{case}/referral/")
    cora.page.get_by_role("link", name="Answer", exact=True).click()
    cora.check()
    cora.fill("answer", "Yes, in the evening.")
    cora.press("Answer")
    ade.open(f"/offers/{offer}/")
    assert ade.sees("Yes, in the evening.")


def test_a_conflict_is_found_by_the_attorneys_own_list(stack, visit):
    ade = visit(width=360)
    ade.sign_in("ade")
    ade.open("/my/list/import/")
    ade.fill("text", "name\nAmina Path-Conflict\n")
    ade.press("Show what would come of it")
    assert ade.sees("Amina Path-Conflict")
    ade.press("Put them on my list")
    cora, case = queued(stack, visit, "Path-Conflict")
    offer = offered(stack, cora, case)
    the_names(ade, offer)

    def is_found():
        ade.open(f"/offers/{offer}/")
        return ade.page.locator("[name=confirmed]").count() > 0

    wait_until(is_found)
    ade.page.check("[name=no_conflict]")
    ade.press("Accept the case")
    assert ade.sees("may be one on your own list")
    ade.page.get_by_text("Decline", exact=True).click()
    ade.page.locator("[name=reason][value=conflict]").check()
    ade.press("Decline the offer")
    cora.open(f"/cases/{case}/referral/")
    assert cora.sees("said that they have a conflict in this case")
    assert stack.ask(HOLDER, case) == []


def test_a_firm_that_looks_for_conflicts_stops_the_clock_once(stack, visit):
    cora, case, offer, ade = reading_names(stack, visit, "Path-Pause")
    ade.page.get_by_text("Your firm looks for conflicts first?").click()
    ade.press("Stop the clock")
    assert ade.sees("The clock stands still until")
    cora.open(f"/cases/{case}/referral/")
    assert cora.sees("Offered to Ade Demo") and cora.sees("stands still")
    ade.open(f"/offers/{offer}/")
    ade.press("Let it run on")
    assert ade.sees("The clock runs on.") and not ade.sees("Your firm looks for conflicts first?")


def test_a_case_is_handed_on_to_a_colleague_and_is_never_with_nobody(stack, visit):
    cora, case, _offer, ade = reading_names(stack, visit, "Path-Hands-On", width=1280)
    ade.page.check("[name=no_conflict]")
    ade.press("Accept the case")
    ade.open(f"/cases/{case}/referral/")
    ade.page.get_by_role("link", name="Hand it on to a colleague").click()
    ade.check()
    ade.page.select_option("[name=practitioner]", label="Bea Demo")
    ade.fill("note", "A motion is due in May.")
    ade.press("Ask them")
    assert ade.sees("Bea Demo is asked to take it over.")
    cora.open(f"/cases/{case}/referral/")
    assert cora.sees("Ade Demo holds the case and asks a colleague to take it over.")
    assert stack.ask(HOLDER, case) == [("Ade Demo",)]
    ((asked,),) = stack.ask(OPEN, case)
    assert stack.ask(LET_BEA_IN)
    bea = visit(width=360)
    bea.sign_in("bea")
    bea.open(f"/offers/{asked}/")
    assert bea.sees("told less exactly") and not bea.sees("Path-Hands-On") and not bea.sees("A motion is due")
    bea.press("Show the names")
    assert bea.sees("Path-Hands-On")
    bea.page.check("[name=no_conflict]")
    bea.press("Accept the case")
    assert stack.ask(HOLDER, case) == [("Bea Demo",)]
    bea.open(f"/cases/{case}/referral/")
    assert bea.sees("A motion is due in May.")
    assert ade.open(f"/cases/{case}/").status in (403, 404, 410)
    cora.open(f"/cases/{case}/referral/")
    assert cora.sees("Who held it before") and cora.sees("a colleague took it over")
