"""The applicant's road as twelve people walk it: two languages, two widths, four of them without a script.

In `verify` each walks it in one way, so that together they meet every language with every width; with
`verify --full` all four ways.
"""

import itertools

import pytest

from foundation.vault.blind import blind_index
from tests.journeys.form import (
    answer_page,
    begin,
    cases_of,
    come_back,
    day,
    fill_in,
    go_on,
    mailbox,
    numbers_of,
    page_at,
    usual,
)
from tests.running import wait_until
from tests.support.many import WHOLE

WAYS = list(itertools.product(("en", "ar"), (320, 1280)))


def adult(someone, family, _again):
    fill_in(someone, family=family)
    assert someone.sees(family)
    send(someone)


def mother_on_a_shared_phone(someone, family, _again):
    """Her numbers come first; once it is closed the phone shows nothing of her and of her children."""
    begin(someone, shared="yes")
    someone.press("Show me my two numbers")
    kept = numbers_of(someone)
    someone.press("I have written it down: go on")
    child = {"name_1": "Firstborn", "related_1": "child", "born_1": "2015"}
    go_on(someone, usual(family) | {"family_here": child})
    assert someone.sees("Firstborn")
    someone.submit()
    assert someone.sees("Keep the two numbers you wrote down before: you come back with them.")
    someone.submit()
    assert someone.sees("What happens next")
    someone.can_leave()
    someone.leave()
    someone.page.go_back()
    someone.page.wait_for_load_state()
    assert not someone.sees("Firstborn") and not someone.sees(family)
    come_back(someone, *kept)
    assert someone.sees("Where it stands") and not someone.sees("Firstborn")


def helper(someone, family, again):
    """What the person fears is not asked of a helper, and the helper's receipt says that it came, no more."""
    fill_in(someone, family=family, who="helper")
    assert someone.sees("Hana Helper") and not someone.sees("Why you are afraid")
    come_back(again, *send(someone))
    assert again.sees("Please call me") and not again.sees("Delete my answers")


def parent_of_a_child(someone, family, _again):
    fill_in(
        someone,
        family=family,
        who="parent",
        born={"birth_date": day(-365 * 10)},
        with_parent={"with_parent": "yes"},
    )
    assert not someone.sees("How much money comes into the person's home?")
    send(someone)


def child_alone(someone, family, _again):
    fill_in(
        someone,
        family=family,
        born={"birth_date": day(-365 * 15)},
        child_parent={"child_parent": "yes"},
        help={"wants": ["sij"]},
    )
    assert not someone.sees("How much money comes into your home?")
    send(someone)


def person_with_a_lawyer(someone, family, _again):
    """One neutral page, and the way on: a person decides."""
    begin(someone)
    answers = usual(family)
    answers["others_helped"] = {**answers["others_helped"], "rep": "active", "lawyer_name": "A. Lawyer"}
    go_on(someone, answers, until=lambda: someone.page.url.endswith("/form/first/"))
    assert someone.sees("Whom we are first for") and not someone.sees("A. Lawyer")
    go_on(someone, answers)
    send(someone)


def person_in_danger(someone, family, _again):
    """Whom to call stands on the next page, and the form goes on where it was."""
    begin(someone)
    answers = usual(family) | {"danger": {"danger": "yes"}}
    go_on(someone, answers, until=lambda: someone.page.url.endswith("/form/talk/"))
    assert someone.sees("You can talk to a person now") and someone.sees("(212) 555-0199")
    go_on(someone, answers)
    send(someone)


def person_who_returns(someone, family, again):
    """Their own page says where it stands, by no word what was told, and takes a wish back."""
    fill_in(someone, family=family)
    come_back(again, *send(someone))
    assert again.sees("Where it stands") and not again.sees(family)
    again.press("Please call me")
    assert again.sees("What you asked for")
    again.page.locator("form[action$='/take-back/'] button").click()
    again.page.wait_for_load_state()
    again.check()
    assert not again.sees("What you asked for")


def person_who_writes_a_comma(someone, family, _again):
    """An amount as it is written elsewhere is shown as it was read before it counts."""
    begin(someone)
    answers = usual(family)
    go_on(someone, answers, until=lambda: page_at(someone) == "money")
    answer_page(someone, {"money": {**answers["money"], "income": "800,50"}})
    assert page_at(someone) == "money"
    assert "800.50" in someone.page.inner_text(".errors")
    someone.submit()
    go_on(someone, answers)
    assert someone.sees("800.50")
    send(someone)


def person_with_a_hearing_this_week(someone, family, again):
    """Twelve pages at the most from the first question to a receipt that was sent; then the rest."""
    begin(someone)
    answers = usual(family)
    answers["hearing"] = {"has_court": "yes", "hearing_date": day(6), "hearing_kind": "unsure"}
    answers["refused"] = {"decision": "no"}
    asked = go_on(someone, answers, until=lambda: can_send_first(someone))
    someone.press("Send what is urgent first")
    asked |= go_on(someone, answers)
    before = 4  # the landing page and what is asked before consent, of which a helper's name is not
    assert before + len(asked) + 1 <= 12, asked
    kept = send(someone)
    come_back(again, *kept)
    again.page.get_by_role("link", name=again.words("Add the rest of the form")).click()
    again.page.wait_for_load_state()
    again.check()


def helper_for_a_man_who_is_held(someone, family, _again):
    """The helper's own phone and how the man is reached are two questions."""
    answers = usual(family)
    fill_in(
        someone,
        family=family,
        who="helper",
        where_now={"custody": "ice", "facility": "Adelanto"},
        helper_reach={"helper_phone": "(212) 555-0134"},
        reach=answers["reach"],
        fear_interview={"fear_interview": "unsure"},
    )
    assert someone.sees("How can we reach you, the helper?")
    send(someone)


def person_whose_phone_is_not_safe(someone, family, again):
    """Who says so stops the old way at once, and the page never shows that anybody did."""
    fill_in(someone, family=family)
    come_back(again, *send(someone))
    again.page.get_by_role("link", name=again.words("My old phone or e-mail is not safe any more")).click()
    again.page.wait_for_load_state()
    again.check()
    again.press("Send")
    assert stop_of(again.stack, family) == "unsafe"
    again.open("/return/mine/")
    assert not again.sees("What you asked for")


PEOPLE = [
    adult,
    mother_on_a_shared_phone,
    helper,
    parent_of_a_child,
    child_alone,
    person_with_a_lawyer,
    person_in_danger,
    person_who_returns,
    person_who_writes_a_comma,
    person_with_a_hearing_this_week,
    helper_for_a_man_who_is_held,
    person_whose_phone_is_not_safe,
]
WITHOUT_SCRIPT = (adult, parent_of_a_child, person_in_danger, person_who_writes_a_comma)


def walks():
    for place, walk in enumerate(PEOPLE):
        for language, width in WAYS if WHOLE else [WAYS[(place + place // 4) % 4]]:
            yield pytest.param(walk, language, width, id=f"{walk.__name__}-{language}-{width}")


@pytest.mark.parametrize(("walk", "language", "width"), list(walks()))
def test_the_road(stack, visit, walk, language, width):
    script = walk not in WITHOUT_SCRIPT
    family = f"{walk.__name__}-{language}-{width}".replace("_", "-").title()
    someone, again = (visit(width=width, locale=language, java_script_enabled=script) for _n in range(2))
    if not script:
        someone.check = lambda: None  # axe is a script itself
    walk(someone, family, again)
    assert someone.language == language
    wait_until(lambda: cases_of(stack, family))


def can_send_first(visitor):
    return bool(visitor.page.locator("button[value=short]").count())


def send(visitor):
    """Send what stands on the review, and return the numbers of the receipt."""
    visitor.submit()
    assert visitor.page.url.endswith("/receipt/"), visitor.page.inner_text("main")
    assert visitor.sees("Thank you. We have it.")
    return numbers_of(visitor)


def stop_of(stack, family):
    """Return why nothing may be sent to the person in the old way."""
    query = "select stopped from intake_safecontact where email_index = %s"
    return stack.ask(query, blind_index("email", mailbox(family)))[0][0]
