"""Fill in the public form as a person would, page by page, in the order the pages come."""

import hashlib
import re
from datetime import timedelta

from django.utils import timezone

from foundation.vault.blind import blind_index
from intake.questionnaire.path import BY_KEY, BY_NUMBER, DOCUMENTS, FIRST
from tests.running import wait_until
from tests.support.answers import answers

# Which pages any journey answered: together they must be all of them (test_intake.py).
ANSWERED = set()


def usual(family):
    """Return how each page that needs an answer is answered unless a journey says otherwise."""
    pages = answers(
        timezone.localdate(),
        name={"family_name": family},
        coming={"arrival": (timezone.localdate() - timedelta(days=345)).isoformat()},
        reach={"channels": ["email"], "email": mailbox(family)},
    )
    return {
        key: {name: value for name, value in values.items() if value}
        for key, values in pages.items()
        if BY_KEY[key].make_form().needs_an_answer
    }


def put(visitor, name, value):
    """Give a field its value, whatever kind of field it is; a date as "2026-03-10" or a part of it.

    A part that follows from an answer is there once that answer was given: without a script, when the page
    comes again.
    """
    page = visitor.page
    if page.locator(f"fieldset.part[hidden] :is([name={name}], [name={name}_year])").count():
        return
    if page.locator(f"[name={name}_year]").count():
        year, month, day = [*value.split("-"), "", ""][:3]
        page.fill(f"[name={name}_year]", year)
        page.select_option(f"[name={name}_month]", str(int(month)) if month else "")
        page.fill(f"[name={name}_day]", day)
        return
    if page.locator(f"#id_{name}_find").count():
        choose_countries(visitor, name, value)
        return
    field = page.locator(f"[name={name}]").first
    kind = field.evaluate("one => one.type")
    if kind in ("radio", "checkbox"):
        visitor.choose(name, *(value if isinstance(value, list) else [value]))
    elif kind.startswith("select"):
        page.select_option(f"[name={name}]", value)
    else:
        field.fill(str(value))


def choose_countries(visitor, name, codes):
    """Choose countries as a person would: a common one, one searched for, or one of the plain list."""
    page = visitor.page
    rest = page.locator(f"#id_{name}_rest")
    for code in codes:
        tile = page.locator(f"input[name={name}][value={code}]")
        if not tile.count() and rest.is_visible():
            rest.select_option(code)
        else:
            if not tile.count():
                page.fill(f"#id_{name}_find", rest.locator(f"option[value={code}]").text_content())
            tile.check()


def number_in(url):
    """Return the number of the form's page at an address, or None."""
    found = re.search(r"/form/(\d+)/", url)
    return int(found[1]) if found else None


def answer_page(visitor, answers, *, files=()):
    """Answer the page that is open and go on; what is not in `answers` is skipped."""
    number = number_in(visitor.page.url)
    page = BY_NUMBER[number]
    ANSWERED.add(page.key)
    if page is DOCUMENTS:
        if files:
            visitor.page.set_input_files("[name=files]", files)
            visitor.press("Send these files")
        visitor.page.locator("main form").last.locator("button").click()
        visitor.page.wait_for_load_state()
        visitor.check()
        return
    if page.key not in answers:
        visitor.page.locator("button[name=press][value^=skip]").last.click()
        visitor.page.wait_for_load_state()
        visitor.check()
        return
    asked = answers[page.key].items()
    for name, value in sorted(asked, key=lambda one: one[0] in page.form.PARTS):
        put(visitor, name, value)
    visitor.submit()


def answer_section(visitor, answers):
    """Answer the section that is open by telephone, what opens in it too, and go on."""
    answered, page = set(), visitor.page
    numbers = "() => [...document.querySelectorAll('[data-ask]')].map(one => Number(one.dataset.ask))"
    while left := [one for one in page.evaluate(numbers) if one not in answered]:
        key = BY_NUMBER[left[0]].key
        answered.add(left[0])
        asked = answers.get(key, {}).items()
        for name, value in sorted(asked, key=lambda one: one[0] in BY_KEY[key].form.PARTS):
            put(visitor, name, value)
        page.wait_for_load_state("networkidle")
    visitor.submit()


def day(days):
    """Return the day so many days from today, as a form keeps it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def numbers_of(visitor):
    """Return the two numbers of the receipt that is open."""
    return [visitor.page.inner_text(f"[data-test={name}]") for name in ("locator", "secret")]


def come_back(visitor, locator, secret):
    """Open the return page with a receipt."""
    visitor.open("/return/")
    visitor.fill("locator", locator)
    visitor.fill("secret", secret)
    visitor.submit()


def mailbox(family):
    """Return an e-mail of this applicant's own: names are sealed, and a test finds a case by its index."""
    return f"a{hashlib.sha256(family.encode()).hexdigest()[:12]}@journey.example"


CASE = (
    "select c.id, c.reference, c.status from cases_case c"
    " join intake_safecontact s on s.file_id = c.file_id where s.email_index = %s"
)


def cases_of(stack, family):
    """Return the (id, reference, status) of every case of the applicant with this family name."""
    return stack.ask(CASE, blind_index("email", mailbox(family)))


def fill_in(visitor, *, family, until="review", who="me", shared="no", files=(), looked_at=True, **changes):
    """Answer every page up to the review (or up to the page named); `changes` maps page to its answers.

    `looked_at=False` leaves out the look at every page: some journey has held them all to it already.
    """
    check = visitor.check
    if not looked_at:
        visitor.check = lambda: None
    begin(visitor, who=who, shared=shared)
    most = usual(family)
    answers = most | {page: {**most.get(page, {}), **told} for page, told in changes.items()}
    go_on(visitor, answers, until=lambda: page_at(visitor) == until, files=files)
    visitor.check = check
    if until == "review":
        visitor.check()


MOST_STEPS = 90  # without a script a page with parts comes twice
# Pages that say something and ask nothing.
BETWEEN = ("/talk/", "/form/first/")


def page_at(visitor):
    """Return the key of the page that is open; None where none of the form is."""
    number = number_in(visitor.page.url)
    return BY_NUMBER[number].key if number else None


def go_on(visitor, answers, *, until=lambda: False, files=()):
    """Answer page after page until the review, or until something is so; return the pages answered."""
    answered = set()
    for _step in range(MOST_STEPS):
        if visitor.page.url.partition("#")[0].endswith("/review/") or until():
            return answered
        if page := page_at(visitor):
            answered.add(page)
            answer_page(visitor, answers, files=files)
        else:
            assert visitor.page.url.endswith(BETWEEN), visitor.page.url
            visitor.page.locator("main a.btn:not(.call)").first.click()
            visitor.page.wait_for_load_state()
            visitor.check()
    raise AssertionError((visitor.page.url, visitor.page.inner_text("main")))


def begin(visitor, *, who="me", shared="no"):
    """Go from the landing page through consent to the first question."""
    visitor.open("/")
    visitor.page.locator("main a.go").first.click()
    visitor.check()
    visitor.choose("safe_now", "yes")
    visitor.choose("shared", shared)
    visitor.submit()
    visitor.choose("who_fills", who)
    visitor.submit()
    if who != "me":
        visitor.fill("helper_name", "Hana Helper")
        visitor.choose("helper_relation", "friend")
        visitor.submit()
    visitor.choose("consent", "yes")
    visitor.submit()
    ANSWERED.update(page.key for page in FIRST if who != "me" or page.key != "helper")


def queued(stack, visit, family):
    """Have somebody ask for help, and their case put into the queue; return Cora there, and the case."""
    amina = visit()
    fill_in(amina, family=family, looked_at=False)
    amina.submit()
    ((case, *_),) = wait_until(lambda: cases_of(stack, family))
    stack.settle()  # with its names clear it is looked at once more; who confirms before must read again
    cora = visit(width=1280)
    cora.sign_in("cora")
    cora.open(f"/cases/{case}/")
    cora.press("Confirm")
    cora.page.get_by_label("General", exact=True).check()
    cora.press("Refer")
    return cora, case
