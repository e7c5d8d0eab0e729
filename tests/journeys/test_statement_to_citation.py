"""Journey B: a published statement becomes a citation that cannot drift."""

import hashlib
import html
from pathlib import Path

import pytest

HERE = Path(__file__).resolve()
OURS = HERE.parents[1] / "evidence" / "statements" / "ridgeline.txt"
SEED = HERE.parents[2].parent / "shared" / "seed" / "statement-aleppo-ceasefire.txt"


def add_and_cite(visit, text, *, quote, upload=None):
    """Add a statement as Ade, confirm it, cite one quotation on Amina's case; return the visitor."""
    ade = visit(width=1280)
    ade.sign_in("ade")
    ade.open("/library/add/")
    if upload:
        ade.page.set_input_files("[name=file]", upload)
    else:
        ade.fill("text", text)
    ade.press("Add to the library")
    goes_on(ade)
    ade.press("Confirm the details")
    assert ade.sees("details confirmed")
    article = ade.page.locator("article.quotation", has_text=quote[:60])
    article.get_by_role("link", name="Cite").click()
    ade.check()
    ade.page.select_option("[name=claim_point]", index=1)
    ade.press("Cite")
    return ade


@pytest.mark.parametrize("upload", [False, True])
def test_a_statement_is_pasted_or_uploaded_and_cited(stack, visit, upload, tmp_path):
    text = OURS.read_text()
    if upload:
        text = text.replace("Ridgeline Watch", "Ridgeline Monitor")
        (tmp_path / "statement.txt").write_text(text)
    quote = "Nobody who stayed behind had anywhere left to shelter"
    ade = add_and_cite(visit, text, quote=quote, upload=tmp_path / "statement.txt" if upload else None)
    assert "/cases/" in ade.page.url
    for expected in (
        quote,
        "Ridgeline",
        "Lena Okoro",
        "March 14, 2018",
        hashlib.sha256(text.encode()).hexdigest(),
    ):
        assert ade.sees(expected), expected


def as_page(text):
    """Return a statement as a site shows it, with all that stands around it."""
    title, *rest = [line for line in text.splitlines() if line.strip()]
    blocks = "".join(f"<p>{html.escape(line)}</p>" for line in rest)
    head = "<!doctype html><html><head><meta charset=utf-8><title>A site | A page</title></head>"
    around = "<body><nav><a href=/>Home</a> <a href=/donate>Donate</a></nav>"
    page = f"{head}{around}<main><h1>{html.escape(title)}</h1>{blocks}</main><footer>© It is 12:04</footer>"
    return page.encode()


def check_the_real_statement(ade, *, text):
    """Hold a source's page to what the statement on Aleppo says, and cite its first quotation."""
    page = ade.page
    assert page.inner_text("h1") == "Russia Vetoes U.N. Security Council Resolution for Aleppo Ceasefire"
    assert page.locator("article.paragraph").count() == 5
    assert page.locator("article.quotation").count() == 4
    assert page.locator("article.quotation", has_text="Neil Hicks, Human Rights First").count() == 4
    for expected in ("New York City", "Human Rights First", "Dec. 6, 2016", "Aleppo", "Syria"):
        assert ade.sees(expected), expected
    assert not page.locator("article", has_text="we can help").count()
    for quotation in page.locator("article.quotation > p").all():
        assert quotation.inner_text().strip("“”") in text
    ade.press("Confirm the details")
    page.locator("article.quotation").first.get_by_role("link", name="Cite").click()
    page.select_option("[name=claim_point]", index=1)
    ade.press("Cite")
    for expected in ("We are disappointed", "Neil Hicks", "Human Rights First"):
        assert ade.sees(expected), expected


def test_the_real_statement_on_aleppo(stack, visit):
    if not SEED.exists():
        pytest.skip("the seed statement is not beside this checkout")
    text = SEED.read_text()
    ade = visit(width=1280)
    ade.sign_in("ade")
    ade.open("/library/add/")
    ade.fill("text", text)
    ade.press("Add to the library")
    goes_on(ade)
    check_the_real_statement(ade, text=text)
    assert ade.sees(hashlib.sha256(text.encode()).hexdigest())


def fetched(ade, address):
    """Ask for an address and wait on its page until that goes on to the source."""
    ade.open("/library/add/")
    ade.fill("url", address)
    ade.press("Add to the library")
    goes_on(ade)


def goes_on(ade):
    """Wait on the page of what is being read until the worker has read it."""
    ade.page.locator("article.passage").first.wait_for(timeout=60_000)


def test_a_link_to_the_real_statement_becomes_a_cited_passage(stack, visit, pages):
    """Journey B from the link on: fetched by the worker from a site, kept, understood, cited."""
    if not SEED.exists():
        pytest.skip("the seed statement is not beside this checkout")
    text = SEED.read_text().replace("disappointed", "disappointed ")  # another text than the pasted one
    pages["/press/aleppo"] = as_page(text)
    ade = visit(width=1280)
    ade.sign_in("ade")
    fetched(ade, "http://rights.example/press/aleppo")
    assert ade.sees("Fetched from its address") and not ade.sees("Donate")
    check_the_real_statement(ade, text=SEED.read_text())


def test_a_link_becomes_a_cited_passage(stack, visit, pages):
    text = OURS.read_text().replace("Ridgeline Watch", "Ridgeline Post")
    pages["/statement"] = as_page(text)
    ade = visit(width=360, locale="en-US")
    ade.sign_in("ade")
    fetched(ade, "http://ridgeline.example/statement")
    assert ade.page.inner_text("h1") == "Ridgeline Post Condemns Shelling of Hospitals in Taiz"
    assert ade.page.locator("details mark").count() >= 4  # where each detail was found
    ade.press("Confirm the details")
    ade.page.locator("article.quotation").first.get_by_role("link", name="Cite").click()
    ade.page.select_option("[name=claim_point]", index=1)
    ade.press("Cite")
    assert ade.sees("Lena Okoro")


def test_a_file_that_is_no_text_is_refused_with_the_reason(visit, tmp_path):
    (tmp_path / "photo.txt").write_bytes(b"\x89PNG\0\0")
    ade = visit()
    ade.sign_in("ade")
    ade.open("/library/add/")
    ade.page.set_input_files("[name=file]", tmp_path / "photo.txt")
    ade.press("Add to the library")
    assert ade.sees("is something else")


def test_an_upload_of_a_page_and_what_stands_around_it(stack, visit, tmp_path):
    """An HTML file becomes a source; library, matrix and list of changes open for its attorney."""
    lines = [line for line in OURS.read_text().splitlines() if line.strip()]
    text = "".join(f"<p>{line}</p>" for line in lines).replace("Ridgeline Watch", "Ridgeline Review")
    (tmp_path / "statement.html").write_text(f"<html><body><nav>Menu</nav><main>{text}</main></body></html>")
    for width, locale in ((360, "en-US"), (360, "ar"), (1280, "ar")):
        ade = visit(width=width, locale=locale)
        ade.sign_in("ade")
        ade.open("/library/add/")
        if (width, locale) == (360, "en-US"):
            ade.page.set_input_files("[name=file]", tmp_path / "statement.html")
            ade.press("Add to the library")
            goes_on(ade)
            assert ade.sees("Ridgeline Review") and not ade.sees("Menu")
        ade.open("/library/?q=hospitals+shelled&country=YEM&from=2016")
        ade.open("/library/checks/")
        ade.open("/library/countries/")
        ade.open("/library/countries/yem/")
        ade.open("/library/collections/")
        ade.open("/home/")
        ade.page.locator("a[href^='/cases/']").first.click()
        ade.page.wait_for_load_state()
        ade.page.locator("a[href$='/evidence/']").first.click()
        ade.page.wait_for_load_state()
        ade.page.locator("a[href$='/matrix/']").first.click()
        ade.page.wait_for_load_state()
        ade.check()


def test_an_address_of_a_private_network_is_refused_with_the_reason(visit):
    ade = visit()
    ade.sign_in("ade")
    ade.open("/library/add/")
    ade.fill("url", "http://127.0.0.1:8080/")
    ade.press("Add to the library")
    assert ade.sees("Only the usual web ports are fetched.")


def test_a_passage_is_cited_for_a_point_in_three_presses_and_the_point_is_never_chosen(visit):
    text = OURS.read_text().replace("Ridgeline Watch", "Ridgeline Desk")
    ade = add_and_cite(visit, text, quote="Nobody who stayed behind had anywhere left to shelter")
    presses = 0

    def press(button):
        nonlocal presses
        presses += 1
        button.click()
        ade.page.wait_for_load_state()

    press(ade.page.get_by_role("link", name="Find passages").first)
    ade.check()
    ade.fill("q", "shelling hospitals Taiz")
    press(ade.page.locator("main form[role=search] button"))
    ade.check()
    before = ade.page.locator(".rows form[action*=withdraw]").count()
    forms = ade.page.locator("form.cite-for")
    for at in range(forms.count()):  # the first passage that is not cited yet
        press(forms.nth(at).get_by_role("button", name="Supports the claim"))
        if ade.sees("Cited. The quotation is frozen"):
            break
        presses -= 1
        ade.page.go_back()
    assert ade.page.locator(".rows form[action*=withdraw]").count() == before + 1
    assert presses <= 3
