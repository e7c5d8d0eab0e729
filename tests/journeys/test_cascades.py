"""A case is put to several in turn: no room, silence, then a yes; another offer is taken back."""

from tests.journeys.form import queued
from tests.running import wait_until

OPEN = (
    "select o.id, u.name from referrals_offer o join referrals_referral r on r.id = o.referral_id"
    " join accounts_user u on u.id = o.user_id where r.case_id = %s and o.status = 'open'"
)
RUN_OUT = "update referrals_offer set expires_at = now() where id = %s returning 1"
HOLDER = (
    "select u.name from referrals_assignment a join accounts_user u on u.id = a.user_id where a.case_id = %s"
)


def ask_in_turn(cora, *names):
    """Have these asked one after the other."""
    cora.page.get_by_text("Ask several in turn").click()
    for box in cora.page.locator("[name=people]").all():
        label = cora.page.locator(f"label[for={box.get_attribute('id')}]").inner_text()
        box.set_checked(any(name in label for name in names))
    cora.press("Ask them in turn")
    assert cora.sees("They are asked in turn")


def asked(stack, case, not_=""):
    """Return the offer that is open now and whom it was put to."""

    def other():
        rows = stack.ask(OPEN, case)
        return rows if rows and str(rows[0][0]) != not_ else None

    ((offer, name),) = wait_until(other, 120)
    return str(offer), name


def answer(stack, ade, offer, name):
    """Ade has no room; whoever else is asked stays silent."""
    if name != "Ade Demo":
        stack.ask(RUN_OUT, offer)
        return
    ade.open(f"/offers/{offer}/")
    assert ade.sees("Anonymous summary") and not ade.sees("Turn-Three")
    ade.page.get_by_text("Decline", exact=True).click()
    ade.choose("reason", "capacity")
    ade.press("Decline the offer")


def test_one_has_no_room_one_stays_silent_and_one_says_yes(stack, visit):
    cora, case = queued(stack, visit, "Turn-Three")
    cora.open(f"/cases/{case}/referral/")
    ade = visit(width=360)
    ade.sign_in("ade")
    ask_in_turn(cora, "Ade Demo", "Bea Demo")
    first, name = asked(stack, case)
    cora.open(f"/cases/{case}/referral/")
    assert cora.sees(f"Offered to {name}") and cora.sees("Asked in turn")
    assert cora.sees("Working hours left")
    answer(stack, ade, first, name)
    second, other = asked(stack, case, not_=first)
    assert other != name
    answer(stack, ade, second, other)
    ended = "select ended_how from referrals_cascade c join referrals_referral r on r.id = c.referral_id"
    wait_until(lambda: stack.ask(f"{ended} where r.case_id = %s and ended_how = 'nobody'", case), 120)
    cora.open("/placing/")
    assert cora.sees("Where every referral stands") and cora.sees("Nobody is asked")
    cora.open(f"/cases/{case}/referral/")
    assert cora.sees("Nobody of those listed took it.") and cora.sees("Ran out")
    assert cora.sees("said no to this on")
    cora.press("Offer Ade Demo")
    third, _name = asked(stack, case)
    ade.open(f"/offers/{third}/")
    ade.press("Show the names")
    assert ade.sees("Turn-Three") and ade.sees("Applicant")
    ade.page.check("[name=no_conflict]")
    ade.press("Accept the case")
    assert stack.ask(HOLDER, case) == [("Ade Demo",)]
    cora.open("/placing/")
    assert cora.sees("Reserved")


def test_an_offer_that_is_taken_back_while_it_is_read_says_why(stack, visit):
    cora, case = queued(stack, visit, "Turn-Back")
    cora.open(f"/cases/{case}/referral/")
    cora.press("Offer Ade Demo")
    offer, _name = asked(stack, case)
    ade = visit(width=360)
    ade.sign_in("ade")
    ade.open(f"/offers/{offer}/")
    ade.press("Show the names")
    assert ade.sees("Turn-Back")
    cora.open(f"/cases/{case}/referral/")
    cora.page.get_by_text("Take the offer back").click()
    cora.choose("reason", "found")
    cora.press("Take it back")
    assert cora.sees("The offer is taken back.")
    ade.page.check("[name=no_conflict]")
    ade.page.get_by_role("button", name="Accept the case").click()
    ade.open(f"/offers/{offer}/")
    assert ade.sees("The person found help elsewhere.") and not ade.sees("Turn-Back")
    assert stack.ask(HOLDER, case) == []
