"""A firm's coordinator answers for a colleague: from the firm's own page to the case that is held."""

import pytest

from tests.journeys.form import queued
from tests.running import wait_until

FIRM = "Example & Example"
OFFER_OF = (
    "select o.id from referrals_offer o join referrals_referral r on r.id = o.referral_id"
    " where r.case_id = %s and o.status = 'open'"
)
HOLDER = (
    "select u.name from referrals_assignment a join accounts_user u on u.id = a.user_id where a.case_id = %s"
)


def place(ines, name, *, coordinates):
    """Put somebody into the firm on their own page of the panel."""
    ines.open("/practitioners/")
    ines.page.get_by_role("link", name=name).click()
    ines.check()
    ines.page.get_by_text("Change firm or mentor").click()
    ines.page.select_option("[name=firm]", label=FIRM)
    ines.page.set_checked("[name=coordinates]", coordinates)
    ines.press("Keep it")
    assert ines.sees("It is kept. They are told.")


def offered(stack, visit, family, to):
    """Have somebody ask for help, and their case offered to a practitioner; return case and offer."""
    cora, case = queued(stack, visit, family)
    cora.press(f"Offer {to}")
    assert cora.sees(f"Offered to {to}")
    ((offer,),) = stack.ask(OFFER_OF, case)
    return case, offer


@pytest.fixture(scope="module")
def firm():
    """Whether the firm has its people already: made once, by the first journey."""
    return {"is_made": False}


@pytest.fixture
def ade(stack, visit, firm, request):
    """Ade, who answers for Bea, at a screen of the width that the test names."""
    if not firm["is_made"]:
        ines = visit(width=1280)
        ines.sign_in("ines")
        place(ines, "Bea Demo", coordinates=False)
        place(ines, "Ade Demo", coordinates=True)
        ines.open("/practitioners/firms/")
        assert ines.sees("Coordinated by")
        ines.page.get_by_role("link", name=FIRM).click()
        ines.check()
        assert ines.sees("Bea Demo") and not ines.sees("Nobody answers for this firm")
        firm["is_made"] = True
    someone = visit(width=request.param)
    someone.sign_in("ade")
    return someone


@pytest.mark.parametrize("ade", [360], indirect=True)
def test_a_coordinator_accepts_for_a_colleague(stack, visit, ade):
    case, offer = offered(stack, visit, "Firm-Yes", "Bea Demo")
    ade.open("/home/")
    ade.page.get_by_role("link", name="My firm").click()
    ade.check()
    assert ade.sees("Bea Demo") and not ade.sees("Firm-Yes")
    ade.page.locator(f"a[href='/offers/{offer}/']").click()
    ade.check()
    assert ade.sees("Put to") and ade.sees("Anonymous summary") and not ade.sees("Firm-Yes")
    ade.press("Show the names")
    assert ade.sees("Firm-Yes")

    def is_compared():
        ade.open(f"/offers/{offer}/")
        return ade.sees("Nobody on their own list is like these names.")

    wait_until(is_compared)
    ade.press("Accept the case")
    assert ade.sees("Check the names and tick this box")
    ade.page.check("[name=no_conflict]")
    ade.press("Accept the case")
    assert ade.page.url.endswith("/my/firm/") and ade.sees(
        "The case is reserved for them, and they are told."
    )
    assert stack.ask(HOLDER, case) == [("Bea Demo",)]
    assert ade.open(f"/cases/{case}/").status == 404
    told = "select 1 from notifications_message where kind = 'offer_answered_for_you'"
    wait_until(lambda: stack.ask(told))
    ade.open(f"/offers/{offer}/")
    assert ade.sees("This offer was accepted.") and not ade.sees("Firm-Yes")
    cora = visit(width=1280)
    cora.sign_in("cora")
    cora.open(f"/cases/{case}/")
    assert cora.sees("Accepted by Bea Demo")


@pytest.mark.parametrize("ade", [1280], indirect=True)
def test_a_coordinator_moves_an_offer_pauses_and_declines_for_a_colleague(stack, visit, ade):
    _case, offer = offered(stack, visit, "Firm-No", "Ade Demo")
    ade.open("/my/firm/")
    ade.press("Pause new cases Bea Demo")
    ade.open(f"/offers/{offer}/")
    ade.page.get_by_text("Move it to a colleague of the firm").click()
    assert ade.sees("No colleague of the firm can be asked now")
    ade.open("/my/firm/")
    ade.press("Take new cases again Bea Demo")
    ade.open(f"/offers/{offer}/")
    ade.page.get_by_text("Move it to a colleague of the firm").click()
    ade.page.get_by_label("Bea Demo").check()
    ade.press("Move the offer")
    assert ade.sees("The offer is moved. Both are told.")
    ade.page.locator(f"a[href='/offers/{offer}/']").click()
    ade.check()
    ade.page.get_by_text("Decline", exact=True).click()
    ade.choose("reason", "fit")
    ade.press("Decline the offer")
    assert ade.page.url.endswith("/my/firm/")
    answered = stack.ask("select status from referrals_offer where id = %s", offer)
    assert answered == [("declined",)]
    ade.open(f"/offers/{offer}/")
    assert ade.sees("Answered for them by")
