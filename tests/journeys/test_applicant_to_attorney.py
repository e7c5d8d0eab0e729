"""Journey A: an applicant without a lawyer reaches an attorney."""

import re

import pytest

from tests.journeys.form import begin, cases_of, fill_in, mailbox
from tests.running import wait_until
from tests.support.answers import address_of


def case_of(stack, family):
    """Return (case id, reference, status) of the applicant with this family name."""
    rows = cases_of(stack, family)
    assert len(rows) <= 1
    return rows[0] if rows else None


def test_an_applicant_reaches_an_attorney(stack, visit):
    amina = visit()
    fill_in(amina, family="Journey-One", looked_at=False)
    assert amina.sees("Journey-One")
    amina.submit()

    # The receipt: two numbers and neutral words, nothing the rules found.
    assert amina.page.url.endswith("/receipt/")
    locator, secret = (amina.page.inner_text(f"[data-test={name}]") for name in ("locator", "secret"))
    assert re.fullmatch(r"\d{4} \d{4}", locator)
    assert re.fullmatch(r"\d{4}( \d{4}){3}", secret)
    assert amina.sees("A person on our team will read your answers")
    for never in ("ELIGIBLE", "CRITICAL", "deadline", "OYD", "asylum"):
        assert not amina.sees(never)
    amina.press("I have written it down")

    # The worker opens the case; the most urgent stands on top of the queue.
    case_id, reference, _ = wait_until(lambda: case_of(stack, "Journey-One"))
    stack.settle()
    cora = visit(width=1280)
    cora.sign_in("cora")
    cora.open("/cases/")
    bands = cora.page.locator("tbody .badge-x[class*=band-]").all_inner_texts()
    order = ["Critical", "High", "Medium", "Routine"]
    assert [order.index(band.strip()) for band in bands] == sorted(order.index(b.strip()) for b in bands)
    cora.page.get_by_role("link", name="Amina Journey-One").click()
    cora.check()
    assert cora.sees("One-year asylum deadline") and cora.sees(reference)
    cora.open(f"/cases/{case_id}/screening/")
    for expected in ("NO_REP", "INCOME_LE_125", "NEED_FEAR", "OYD_"):
        assert cora.sees(expected), expected

    # Triage in one press, queue, offer.
    cora.open(f"/cases/{case_id}/")
    cora.press("Confirm")
    cora.page.get_by_label("General", exact=True).check()
    cora.press("Refer")
    cora.press("Offer Ade Demo")
    assert cora.sees("Offered to Ade Demo")

    # Ade: no case yet, an anonymous summary, the names, yes.
    ade = visit()
    ade.sign_in("ade")
    assert ade.open(f"/cases/{case_id}/").status == 404
    wait_until(lambda: stack.ask("select 1 from notifications_message where kind = 'offer_received'"))
    offer = stack.ask(
        "select o.id from referrals_offer o join referrals_referral r on r.id = o.referral_id"
        " where r.case_id = %s",
        case_id,
    )[0][0]
    ade.open(f"/offers/{offer}/")
    assert not ade.sees("Journey-One") and not ade.sees("Amina")
    assert ade.sees("Anonymous summary")
    ade.press("Show the names")
    assert ade.sees("Amina Journey-One")
    ade.press("Accept the case")
    assert ade.sees("Check the names and tick this box")
    ade.page.check("[name=no_conflict]")
    ade.press("Accept the case")
    assert ade.page.url.endswith(f"/cases/{case_id}/")
    assert ade.sees("Reserved")
    assert case_of(stack, "Journey-One")[2] == "seeking_counsel"

    # The engagement makes it representation.
    ade.press("Record the engagement")
    assert ade.sees("Represented")
    assert case_of(stack, "Journey-One")[2] == "represented"

    # Everyone hears of it: in the app, and by e-mail without a word that could hurt.
    news = "There is news about your request"
    wait_until(lambda: sum(mailbox("Journey-One") in mail and news in mail for mail in stack.mails()) == 1)
    # Staff by e-mail too, with what else comes in ten minutes.
    wait_until(lambda: stack.ask("select 1 from notifications_message where kind = 'offer_accepted'"))
    for mail in stack.mails():
        for never in ("Amina", "Journey-One", "asylum", "Syria", reference, str(case_id)):
            assert never not in mail
    cora.open("/inbox/")
    assert cora.sees("An offer was accepted")
    back = visit()
    back.open("/return/")
    back.fill("locator", locator)
    back.fill("secret", secret)
    back.submit()
    assert back.sees("There is news about your request")
    assert not back.sees("Amina")


def test_the_form_works_in_arabic_from_right_to_left(stack, visit):
    amina = visit(locale="ar")
    fill_in(amina, family="رحلة-عربية")
    assert amina.page.get_attribute("html", "dir") == "rtl"
    amina.submit()
    assert amina.page.url.endswith("/receipt/")
    wait_until(lambda: case_of(stack, "رحلة-عربية"))


def test_a_double_submit_makes_one_intake(stack, visit):
    amina = visit()
    fill_in(amina, family="Twice", looked_at=False)
    count = "select count(*) from intake_intake where status = 'submitted'"
    before = stack.ask(count)[0][0]
    amina.page.evaluate(
        """() => { const form = document.querySelector('main form');
          const send = () => fetch(form.action || location.href, {method: 'POST', body: new FormData(form)});
          return Promise.all([send(), send(), send()]).then(all => all.map(one => one.status)); }"""
    )
    amina.open("/receipt/")
    assert amina.page.locator("[data-test=locator]").count() == 1
    assert stack.ask(count)[0][0] == before + 1
    wait_until(lambda: case_of(stack, "Twice"))


def test_a_second_tab_loses_no_answer(stack, visit):
    first = visit()
    fill_in(first, family="Two-Tabs", until="documents", looked_at=False)
    second = first.page.context.new_page()
    second.goto(stack.url + address_of("name"))
    second.fill("[name=other_names]", "Mina")
    second.click("main form button[type=submit]")
    first.page.locator("main form").last.locator("button").click()
    first.page.wait_for_load_state()
    assert first.page.url.endswith("/review/")
    assert first.sees("Two-Tabs") and first.sees("Mina")


def test_bad_input_is_named_beside_the_field_and_above_and_kept(stack, visit):
    amina = visit()
    fill_in(amina, family="Bad-Input", until="money", looked_at=False)
    amina.fill("household_size", "2")
    amina.fill("income", "12 apples")
    with amina.page.expect_response(lambda response: response.request.method == "POST") as answer:
        amina.submit()
    assert answer.value.status == 422
    assert amina.page.locator(".summary li").count() == 1
    assert amina.page.input_value("[name=income]") == "12 apples"
    assert amina.page.get_attribute("[name=income]", "aria-invalid") == "true"


def test_leave_goes_elsewhere_and_forgets_the_session(stack, visit):
    amina = visit()
    amina.can_leave()
    begin(amina)
    amina.leave()

    def is_forgotten():  # the page goes at once; the request that ends the session finishes on its own
        amina.page.goto(stack.url + address_of("where_now"))
        return amina.page.url == stack.url + "/"

    wait_until(is_forgotten, 10)


@pytest.mark.parametrize("who", ["cora", "ade", "ines"])
@pytest.mark.parametrize(("width", "locale"), [(360, "en-US"), (1280, "ar")])
def test_each_role_has_a_home_that_is_accessible(visit, who, width, locale):
    person = visit(width=width, locale=locale)
    person.sign_in(who)
    person.open("/library/")
    person.open("/library/add/")
    person.open("/inbox/")
    if who != "ade":
        person.open("/cases/")
        person.page.locator("tbody a").first.click()
        person.check()


def test_the_style_guide_is_accessible(visit):
    visit().open("/styleguide/")
    visit().open("/styleguide/staff/")
    visit(locale="ar", width=1280).open("/styleguide/staff/")
    visit(locale="ar", width=1280).open("/styleguide/")
