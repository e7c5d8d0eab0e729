"""A case ends while an offer on it is open, and is being read: both sides get words, and nobody a name."""

from tests.journeys.test_offer_paths import HOLDER, OPEN, reading_names
from tests.running import wait_until

# As if nothing of it were near: then one person closes it, and the journey is about the offer alone.
NOTHING_NEAR = (
    "with moved as (update cases_deadline set date = date + 400 where case_id = %s and date is not null"
    " returning 1) update cases_case set band = 'ROUTINE' where id = %s returning 1"
)


def close(cora, case, reason="moved"):
    cora.open(f"/cases/{case}/close/")
    cora.choose("reason", reason)
    cora.press("Close the case")


def test_a_case_is_closed_while_its_offer_is_read_and_accepted(stack, visit):
    cora, case, offer, ade = reading_names(stack, visit, "Ends-In-Offer")
    assert ade.sees("Ends-In-Offer")
    assert stack.ask(NOTHING_NEAR, case, case)
    cora.open(f"/cases/{case}/close/")
    assert cora.sees("Ade Demo is asked to take it")
    close(cora, case)
    # His page is still open, with the names on it; what he presses now comes too late.
    ade.page.check("[name=no_conflict]")
    ade.press("Accept the case")
    assert ade.sees("This offer is over") and ade.sees("The case is over.")
    assert not ade.sees("Ends-In-Offer")
    assert stack.ask(OPEN, case) == [] and stack.ask(HOLDER, case) == []
    ade.open("/home/")
    assert not ade.sees(offer)
    cora.open(f"/cases/{case}/referral/")
    assert cora.sees("Taken back") and cora.sees("The case is over.")
    assert cora.page.get_by_role("button", name="Take it back").count() == 0


def test_an_offer_is_accepted_while_the_case_is_being_closed(stack, visit):
    cora, case, _offer, ade = reading_names(stack, visit, "Taken-In-Time")
    assert stack.ask(NOTHING_NEAR, case, case)
    cora.open(f"/cases/{case}/close/")
    cora.choose("reason", "moved")
    ade.page.check("[name=no_conflict]")
    ade.press("Accept the case")
    assert stack.ask(HOLDER, case) == [("Ade Demo",)]
    # Her page was opened before his yes: she reads of it first. Then the case ends with him on it.
    cora.press("Close the case")
    assert cora.sees("Meanwhile somebody took the case") and cora.sees("Ade Demo holds the case.")
    assert stack.ask(HOLDER, case) == [("Ade Demo",)]
    cora.press("Close the case")
    assert stack.ask(HOLDER, case) == []
    wait_until(lambda: stack.ask("select 1 from notifications_message where kind = 'held_case_ended'"))
    cora.open(f"/cases/{case}/referral/")
    assert cora.sees("Who held it before") and cora.sees("the case was closed")
    assert ade.open(f"/cases/{case}/").status == 403
    assert ade.sees("You held this case until") and ade.sees("The case was closed.")
    assert not ade.sees("Taken-In-Time")
