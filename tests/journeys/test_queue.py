"""A caseworker's morning at the queue: narrow it, keep the list, take the next case, give some on, undo."""

import pytest

from tests.running import wait_until

GIVEN = "select count(*), max(data->>'to') from events_event where name = 'cases.assigned'"


def cora_at(visit, width, **options):
    cora = visit(width=width, **options)
    cora.sign_in("cora")
    cora.open("/cases/")
    return cora


@pytest.mark.parametrize(("width", "locale"), [(360, "en-US"), (1280, "en-US"), (360, "ar"), (1280, "ar")])
def test_the_list_fits_and_can_be_read(visit, width, locale):
    cora = cora_at(visit, width, locale=locale)
    rows = cora.page.locator(".queue tbody tr")
    assert rows.count() > 5
    tallest = max(row.bounding_box()["height"] for row in rows.all())
    assert tallest <= (110 if width == 360 else 48)
    for address in ("/cases/?tab=new", "/cases/?sort=date", "/cases/?tab=ended", "/cases/filter/"):
        cora.open(address)


def test_a_list_is_narrowed_and_kept(visit):
    cora = cora_at(visit, 1280)
    before = cora.page.locator(".queue tbody tr").count()
    cora.open("/cases/filter/")
    cora.page.select_option("[name=band]", "CRITICAL")
    cora.press("Show these cases")
    assert cora.sees("Urgency: Critical")
    assert 0 < cora.page.locator(".queue tbody tr").count() < before
    cora.page.get_by_role("link", name="Save this list").click()
    cora.fill("name", "Critical ones")
    cora.press("Save")
    assert "band=CRITICAL" in cora.page.url
    assert cora.sees("Critical ones")
    cora.press("× end this saved list")
    assert not cora.sees("Critical ones")


@pytest.mark.parametrize(("width", "locale"), [(360, "en-US"), (1280, "ar")])
def test_filters_open_beside_the_list_and_it_changes_without_a_new_page(visit, width, locale):
    cora = cora_at(visit, width, locale=locale)
    page, loads = cora.page, []
    before = page.locator(".queue tbody tr").count()
    page.on("load", lambda _page: loads.append(1))
    page.click("#filter")
    page.locator("dialog.drawer[open] select[name=band]").wait_for()
    cora.check()
    page.select_option("dialog select[name=band]", "CRITICAL")
    page.click("#filters button[type=submit]")
    page.wait_for_url("**band=CRITICAL**")
    page.locator("#list .pick.on").wait_for()
    assert not page.locator("dialog.drawer[open]").count()
    assert 0 < page.locator(".queue tbody tr").count() < before
    assert "status=" not in page.url  # what was not chosen stands in no address
    page.click("#tab-1")
    page.wait_for_url("**tab=new**")
    cora.check()
    assert page.evaluate("document.activeElement.id") == "tab-1"
    assert loads == []
    with page.expect_event("load"):  # what went before is asked for anew, and kept nowhere
        page.evaluate("history.back()")
    assert "band=CRITICAL" in page.url
    assert page.evaluate("JSON.stringify(localStorage)") == "{}"  # no name is left in the browser


def test_the_next_case_is_taken(visit):
    cora = cora_at(visit, 360)
    cora.press("Take next")
    assert cora.sees("This case is yours now.") or cora.sees("Nothing waits that you can work on")


def test_some_are_given_on_and_taken_back(visit, stack):
    cora = cora_at(visit, 1280)
    for row in cora.page.locator(".queue tbody tr").all()[:3]:
        row.locator("input[name=case]").check()
    cora.press("Give to a colleague")
    cora.page.select_option("[name=to]", index=1)
    cora.press("Go on")
    cora.page.locator("ul.rows input[name=case]").nth(2).uncheck()
    cora.press("Do it for all that are ticked")
    assert cora.sees("Back to the list")
    wait_until(lambda: stack.ask(GIVEN)[0][0] >= 0)
    if cora.page.get_by_role("button", name="Take it back").count():
        cora.press("Take it back")
        assert cora.sees("It was taken back where nobody changed it since.")


def test_the_keyboard_alone_is_enough(visit):
    cora = cora_at(visit, 1280)
    page = cora.page
    page.keyboard.press("?")
    assert page.locator("dialog.keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator(".queue tbody tr").nth(1).locator("input[name=case]").is_checked()
    assert page.locator(".bulk").is_visible()
    page.keyboard.press("k")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "top-search"
    page.keyboard.press("Escape")
    page.locator(".queue tbody tr").first.locator(".c-name a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*-*/")


def test_without_a_script_the_list_is_all_there(visit):
    cora = visit(width=1280, java_script_enabled=False)
    cora.check = lambda: None  # axe is a script itself
    cora.sign_in("cora")
    cora.open("/cases/")
    assert cora.page.locator(".bulk").is_hidden()
    cora.page.locator(".queue tbody input[name=case]").first.check()
    assert cora.page.locator(".bulk").is_visible()
    cora.press("Tag")
    assert cora.page.url.endswith("/cases/many/")
