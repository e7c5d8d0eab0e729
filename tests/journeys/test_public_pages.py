"""Every public page as a phone and a desk show it, in both directions: width, targets, landmarks."""

import itertools

import pytest

from intake.questionnaire.path import DOCUMENTS, LATER, REVIEW
from tests.journeys.conftest import IN_SIGHT
from tests.journeys.form import begin
from tests.support.answers import address_of
from tests.support.many import WHOLE

WAYS = [(320, "ar"), (1280, "en"), (320, "en"), (1280, "ar")]
AROUND = ["/", "/privacy/", "/return/", "/closed/", "/nothing-here/", "/form/talk/", "/form/stop/"]


@pytest.fixture
def visitor(visit, request):
    """Somebody with an open form at one width, in one language."""
    width, language = request.param
    amina = visit(width=width)
    begin_in(amina, language)
    return amina


def begin_in(amina, language):
    check, amina.check = amina.check, lambda: None
    begin(amina)
    if language != "en":
        amina.page.locator(f".bar button[value=lang-{language}]").click()
        amina.page.wait_for_load_state()
    assert amina.page.get_attribute("html", "lang") == language
    amina.check = check


def pages():
    """Return the addresses of all pages; of the form those that are open to somebody who just began."""
    of_form = [address_of(page.key) for page in LATER if page not in (DOCUMENTS, REVIEW)]
    return [*AROUND, *of_form]


@pytest.mark.parametrize("visitor", WAYS if WHOLE else WAYS[:2], ids=str, indirect=True)
def test_every_page_empty_and_with_errors(visitor):
    refused = 0
    for url in pages():
        if not opens(visitor, url):
            continue
        visitor.check()
        button = visitor.page.locator("main form button.go")
        if visitor.page.locator("#answers").count() and button.count():
            button.first.click()
            visitor.page.wait_for_load_state()
            if visitor.page.locator(".errors").count():
                refused += 1
                visitor.check()
                errors_are_told(visitor.page)
    assert refused >= 12 and visitor.checked >= 45


def opens(visitor, url):
    visitor.page.goto(visitor.stack.url + url)
    return visitor.page.url.endswith(url)


def errors_are_told(page):
    """The title says it, the summary has the focus, and each of its links leads into the field."""
    marker = {"en": "Error:", "ar": "خطأ:"}[page.get_attribute("html", "lang")]
    assert page.title().startswith(marker), page.url
    assert page.evaluate("document.activeElement.matches('.errors')"), page.url
    for link in page.locator(".errors a").all():
        link.press("Enter")
        page.wait_for_function("document.activeElement.closest('.wrong')", timeout=30_000)


@pytest.mark.parametrize(
    ("width", "language"), list(itertools.product((320, 360), ("ar", "en"))) if WHOLE else [(320, "ar")]
)
def test_text_twice_as_large_needs_no_sideways_scrolling(visit, width, language):
    amina = visit(width=width)
    begin_in(amina, language)
    session = amina.page.context.new_cdp_session(amina.page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    amina.page.reload()
    assert amina.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    wide = []
    for url in pages():
        if opens(amina, url):
            over = amina.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            seen = [amina.page.evaluate(IN_SIGHT, chosen) for chosen in (".bar .leave", ".bar .lang")]
            wide += [(url, over, seen)] if over > 0 or not all(seen) else []
    assert wide == []


def test_a_question_is_said_once_and_a_choice_keeps_its_shape_in_focus(visit):
    amina = visit()
    begin_in(amina, "en")
    opens(amina, address_of("hearing"))
    tree = amina.page.locator("main").aria_snapshot()
    heading = amina.page.inner_text("h1")
    assert tree.count(heading) == 2, tree  # as the group's name and as its heading, which are one element
    assert amina.page.locator("legend h1").count() == 1
    shape = "getComputedStyle(document.querySelector('.pick label'), '::before').borderRadius"
    before = amina.page.evaluate(shape)
    amina.page.locator(".pick input").first.focus()
    assert amina.page.evaluate(shape) == before == "50%"


def test_typing_is_kept_when_the_language_changes_and_enter_goes_on(visit):
    amina = visit(width=320)
    begin_in(amina, "en")
    opens(amina, address_of("name"))
    amina.fill("given_names", "Canary Given")
    amina.page.locator(".bar button[value=lang-ar]").click()
    amina.page.wait_for_load_state()
    assert amina.page.get_attribute("html", "dir") == "rtl"
    assert amina.page.input_value("[name=given_names]") == "Canary Given"
    amina.page.press("[name=given_names]", "Enter")
    amina.page.wait_for_load_state()
    assert amina.page.get_attribute("html", "lang") == "ar" and not opens_still(amina, "name")


def opens_still(amina, key):
    return amina.page.url.endswith(address_of(key))


def test_a_country_is_found_by_its_first_letters_and_chosen_without_a_script_too(visit):
    amina = visit(width=320)
    begin_in(amina, "en")
    opens(amina, address_of("citizenship"))
    amina.page.fill("#id_citizenship_find", "cote d")
    amina.page.get_by_label("Côte d'Ivoire").check()
    amina.page.fill("#id_citizenship_find", "kos")
    amina.page.get_by_label("Kosovo").check()
    amina.page.locator("main form button.go").click()
    amina.page.wait_for_load_state()
    opens(amina, address_of("citizenship"))
    chosen = amina.page.locator("[name=citizenship]:checked").evaluate_all("all => all.map(one => one.value)")
    assert chosen == ["CI", "XK"]
    plain = visit(width=320, java_script_enabled=False)
    plain.check = lambda: None
    begin(plain)
    plain.page.goto(plain.stack.url + address_of("citizenship"))
    plain.page.select_option("#id_citizenship_rest", ["SY"])
    plain.page.locator("input[value=none]").check()
    plain.page.locator("main form button.go").click()
    assert "No country (stateless)" in plain.page.inner_text(".errors")


def test_the_first_page_is_light_as_it_is_served(visit, stack):
    """Bytes on the line, headers left out, and requests: of the whole first page on a first visit."""
    amina = visit()
    session = amina.page.context.new_cdp_session(amina.page)
    session.send("Network.enable")
    asked, received = [], []
    session.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    amina.page.goto(stack.url + "/", wait_until="networkidle")
    asked = [url for url in asked if not url.startswith("data:")]
    assert 3 <= len(asked) <= 5, asked
    assert 5_000 < sum(received) <= 25_000, received
