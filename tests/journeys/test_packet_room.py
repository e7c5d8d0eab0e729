"""A declaration is written, reviewed, an exhibit dragged, a form read: wide and narrow, in two languages."""

import re

ENGLISH = "In March 2021 soldiers took my brother from our house."


def packets_of(ade):
    """Open the packets of the first case that Ade holds."""
    ade.sign_in("ade")
    ade.open("/home/")
    for address in ("a[href^='/cases/']", "a[href$='/evidence/']", "a[href$='/packets/']"):
        ade.page.locator(address).first.click()
        ade.page.wait_for_load_state()


def test_a_declaration_is_written_reviewed_and_put_into_a_packet(stack, visit):
    ade = visit(width=1280)
    packets_of(ade)
    ade.page.get_by_role("link", name="Declarations").click()
    ade.check()
    ade.fill("who", "Amina")
    ade.page.fill("main [name=language]", "Arabic")
    ade.press("Begin it")
    for text in (ENGLISH, "We fled in April."):
        ade.fill("english", text)
        ade.fill("original", "في آذار ٢٠٢١ أخذ الجنود أخي من بيتنا")
        ade.press("Write it")
    ade.check()
    ade.press("Hand the drafts in for review")
    for _paragraph in range(2):
        ade.page.get_by_text("Review it", exact=True).first.click()
        ade.page.locator("[name=approved][value=yes]").first.check()
        ade.page.get_by_role("button", name="Keep the review").first.click()
        ade.page.wait_for_load_state()
    assert ade.sees("All are approved")
    ade.check()
    ade.page.locator("main").get_by_role("link", name="Court packets").first.click()
    ade.page.wait_for_load_state()
    ade.page.locator("a[href^='/packets/']").last.click()
    ade.page.wait_for_load_state()
    option = ade.page.locator("[name=what] option[value^=declaration]").first
    ade.page.select_option("[name=what]", option.get_attribute("value"))
    ade.page.check("[name=how][value=full]")
    ade.page.select_option("[name=part]", "declaration")
    ade.press("Put it in")
    rows = ade.page.locator("[data-exhibit]")
    first, last = (rows.nth(place).get_attribute("data-exhibit") for place in (0, rows.count() - 1))
    with ade.page.expect_navigation():
        rows.last.drag_to(rows.first, target_position={"x": 40, "y": 2})
    assert rows.first.get_attribute("data-exhibit") == last
    assert rows.last.get_attribute("data-exhibit") == first or rows.count() > 2
    ade.check()


def test_the_pages_of_packets_fit_a_telephone_in_arabic(stack, visit):
    ade = visit(width=360, locale="ar")
    packets_of(ade)
    ade.check()
    here = ade.page.url
    case = re.search(r"/cases/([0-9a-f-]+)/", here)
    assert case
    for address in ("declarations/", "forms/i589/", "forms/eoir28/", "forms/g28/"):
        ade.open(f"/cases/{case[1]}/{address}")
        ade.check()
    ade.open(f"/cases/{case[1]}/declarations/")
    declarations = ade.page.locator("a[href^='/declarations/']")
    if declarations.count():
        declarations.first.click()
        ade.page.wait_for_load_state()
        ade.check()
        ade.page.locator("a[href*='/paragraphs/']").first.click()
        ade.page.wait_for_load_state()
        ade.check()
