"""Journey C: a name on two sides is found, explained and decided; a person is found in any spelling."""

import pytest

from tests.journeys.form import cases_of, fill_in
from tests.running import wait_until

OPEN = "select count(*) from conflicts_conflicthit where status = 'open' and kind = 'conflict'"
NEWEST = "select status from conflicts_conflictcheck order by asked_at desc limit 1"


def look_for(visitor, text):
    """Use the search box of the top bar; the names worker answers beside us."""
    visitor.page.fill("#top-search", text)
    visitor.page.press("#top-search", "Enter")
    visitor.page.wait_for_load_state()
    if visitor.page.locator(".notice.warning").count():
        visitor.page.wait_for_timeout(1500)
        visitor.page.reload()
    visitor.check()


def test_a_name_on_two_sides_is_found_explained_and_decided(stack, visit):
    # A woman asks for help; the form says nothing of names.
    amina = visit()
    fill_in(amina, family="Journey-Three", looked_at=False)
    amina.submit()
    assert amina.page.url.endswith("/receipt/")
    case_id, _reference, _ = wait_until(lambda: cases_of(stack, "Journey-Three"))[0]

    # Her caseworker writes down whom she fears: someone we help already, in other letters.
    cora = visit(width=1280)
    cora.sign_in("cora")
    cora.open(f"/cases/{case_id}/people/")
    cora.page.get_by_role("link", name="Add someone…").click()
    cora.page.select_option("[name=role]", "feared")
    cora.fill("name", "Олена Зразок")
    cora.press("Add and compare")
    assert cora.sees("Олена Зразок")
    wait_until(lambda: stack.ask(NEWEST)[0][0] == "possible")
    cora.open(f"/cases/{case_id}/")
    assert cora.sees("Possible conflict")

    cora.open("/conflicts/")
    cora.page.get_by_role("link", name="Олена Зразок").click()
    cora.check()
    assert cora.sees("the same in another script")
    before = stack.ask(OPEN)[0][0]
    cora.page.get_by_label("No conflict", exact=True).check()
    cora.page.fill("main [name=reason]", "Another person: she has never been to Kyiv.")
    cora.press("Record the decision")
    assert stack.ask(OPEN)[0][0] == before - 1

    # It stays away however often it is asked for.
    cora.open(f"/cases/{case_id}/people/")
    cora.press("Compare the names now")
    wait_until(lambda: stack.ask(NEWEST)[0][0] == "decided_clear")
    assert stack.ask(OPEN)[0][0] == before - 1


@pytest.mark.parametrize("typed", ["Tomas Pruevba Ejemplo", "ТОМАС ПРУЭБА", "(212) 555-0143", "A200-000-143"])
def test_a_person_is_found_in_any_spelling(stack, visit, typed):
    cora = visit(width=1280)
    cora.sign_in("cora")
    look_for(cora, typed)
    assert cora.sees("Tomás Prueba Ejemplo")
    assert not any(word in cora.page.url for word in typed.split())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_names_in_both_languages_and_widths(stack, visit, language, width):
    """Looked at with axe; INTAKE_SHOTS keeps a picture of each."""
    hit = stack.ask("select id from conflicts_conflicthit where kind = 'conflict' and user_id is null")[0][0]
    case_id = stack.ask("select c.id from cases_case c join conflicts_conflicthit h using (file_id)")[0][0]
    cora = visit(width=width)
    cora.sign_in("cora")
    speak(cora, language)
    for path in (
        "/conflicts/",
        f"/conflicts/{hit}/",
        "/conflicts/our-people/",
        f"/cases/{case_id}/people/",
        "/search/",
    ):
        assert cora.open(path).status == 200
    look_for(cora, "Mina Namuna")
    speak(cora, "en")
    ade = visit(width=width)
    ade.sign_in("ade")
    speak(ade, language)
    ade.open("/my/list/")
    ade.page.fill("main [name=names]", "Иван Петров\nمحمد الأسد")
    ade.page.locator("main .strong button[type=submit]").click()
    ade.page.wait_for_load_state()
    ade.check()
    assert ade.sees("Иван Петров")
    speak(ade, "en")
    ines = visit(width=width)
    ines.sign_in("ines")
    speak(ines, language)
    ines.open("/home/")
    speak(ines, "en")


def speak(visitor, language):
    """Change the language as the menu does."""
    visitor.page.locator("details.menu summary").click()
    form = visitor.page.locator("details.menu form", has=visitor.page.locator("[name=language]"))
    select = form.locator("select[name=language]")
    if select.count():
        select.select_option(language)
        form.locator("button").first.click()
    else:
        form.locator(f"button[name=language][value={language}]").click()
    visitor.page.wait_for_load_state()
