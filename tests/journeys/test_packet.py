"""Journey B to its end: from a fetched link to a filed packet."""

from pathlib import Path

import pypdfium2 as pdfium

from tests.journeys.test_statement_to_citation import OURS, as_page, fetched

QUOTE = "Nobody who stayed behind had anywhere left to shelter"


def until_built(ade):
    """Look again until the worker has built the packet."""
    for _try in range(60):
        if ade.sees("Volume 1 (PDF)"):
            return
        ade.page.wait_for_timeout(1000)
        ade.page.reload()
    raise AssertionError(ade.page.inner_text("main"))


def test_a_fetched_link_becomes_a_filed_packet(stack, visit, pages, tmp_path):
    pages["/herald"] = as_page(OURS.read_text().replace("Ridgeline Watch", "Ridgeline Herald"))
    ade = visit(width=1280)
    ade.sign_in("ade")
    fetched(ade, "http://herald.example/herald")
    ade.press("Confirm the details")
    article = ade.page.locator("article.quotation", has_text=QUOTE)
    article.get_by_role("link", name="Cite").click()
    ade.page.select_option("[name=claim_point]", index=1)
    ade.press("Cite")
    ade.page.get_by_role("link", name="Court packets").click()
    ade.check()
    ade.press("Begin a packet")
    ade.fill("court", "New York")
    ade.press("Keep the cover")
    add(ade, "Ridgeline Herald")
    ade.press("Build the packet")
    until_built(ade)
    ade.check()
    with ade.page.expect_download() as download:
        ade.page.get_by_role("link", name="Volume 1 (PDF)").click()
    download.value.save_as(tmp_path / "packet.pdf")
    texts = said_by(tmp_path / "packet.pdf")
    assert "NEW YORK" in texts[0] and "TABLE OF CONTENTS" in texts[1]
    assert QUOTE in texts[1] and QUOTE in texts[-1]
    assert [text.split()[-1] for text in texts] == [str(n + 1) for n in range(len(texts))]
    file_it(ade)


def add(ade, title):
    """Put a source in as a short quotation."""
    option = ade.page.locator("[name=what] option", has_text=title)
    ade.page.select_option("[name=what]", option.first.get_attribute("value"))
    ade.page.check("[name=how][value=excerpt]")
    ade.page.select_option("[name=part]", "conditions")
    ade.press("Put it in")


def file_it(ade):
    """Freeze the packet, and note that it was filed and that the court took it."""
    ade.press("Freeze it")
    assert ade.sees("Frozen") and not ade.sees("Build the packet")
    ade.page.select_option("[name=method]", "ecas")
    ade.fill("filed_on", "2026-11-24")
    ade.fill("confirmation", "E-2026-1")
    ade.press("Note that it is filed")
    assert ade.sees("E-2026-1")
    ade.page.get_by_text("What the court did").click()
    ade.page.check("[name=taken][value=yes]")
    ade.press("Note it")
    assert ade.sees("Taken by the court")
    ade.check()


def said_by(path: Path) -> list[str]:
    document = pdfium.PdfDocument(path)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_the_demo_s_packet_holds_the_statement_as_a_short_quotation(stack, visit, tmp_path):
    ade = visit(width=360, locale="ar")
    ade.sign_in("ade")
    ade.open("/home/")
    ade.page.locator("a[href^='/cases/']").first.click()
    ade.page.wait_for_load_state()
    ade.page.locator("a[href$='/evidence/']").first.click()
    ade.page.wait_for_load_state()
    ade.page.locator("a[href$='/packets/']").first.click()
    ade.check()
    ade.page.locator("a[href^='/packets/']").last.click()
    ade.check()
    for _try in range(60):
        links = ade.page.locator("a[href*='/builds/']")
        if links.count():
            break
        ade.page.wait_for_timeout(1000)
        ade.page.reload()
    with ade.page.expect_download() as download:
        links.first.click()
    download.value.save_as(tmp_path / "packet.pdf")
    text = said_by(tmp_path / "packet.pdf")[-1]
    assert "Short quotation" in text and "Human Rights First" in text and "humanrightsfirst.org" in text
