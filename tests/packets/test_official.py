"""Working sheets of official forms: what is known, never arrests or the story, and the PDF filled in."""

import io
import re

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pikepdf import Array, Dictionary, Name

from intake.models import Narrative
from intake.questionnaire.path import BY_KEY
from packets import filling
from packets.data import FORMS, items
from packets.official import sheet_of
from tests.packets import hostile, reading

SECRET = "Secret-Story-Words"


def line_of(sheet, part, item):
    return next(line for line in sheet.lines if (line.item.part, line.item.item) == (part, item))


def blank(*names):
    """Return a form with a text field of each name."""
    with pikepdf.Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(612, 792))
        fields = Array([])
        for place, name in enumerate(names):
            field = {"/FT": Name.Tx, "/T": pikepdf.String(name), "/DA": pikepdf.String("/Helv 10 Tf 0 g")}
            box = Array([50, 700 - 40 * place, 300, 720 - 40 * place])
            kind = {"/Type": Name.Annot, "/Subtype": Name.Widget, "/Rect": box}
            fields.append(pdf.make_indirect(Dictionary({**field, **kind})))
        page.obj["/Annots"] = fields
        pdf.Root["/AcroForm"] = Dictionary(Fields=fields, DA=pikepdf.String("/Helv 10 Tf 0 g"))
        pdf.Root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        kept = io.BytesIO()
        pdf.save(kept)
    return kept.getvalue()


def test_the_layout_has_every_item_whose_blank_uscis_sends_back():
    rejects = {(item.part, item.item) for item in items("i589") if item.rejects}
    asked = {("A.I", number) for number in ("4", "8", "12", "13")}
    asked |= {("B", str(number)) for number in range(1, 5)} | {("C", str(number)) for number in range(1, 7)}
    assert rejects == asked | {("D", "Signature")}
    assert all(item.edition and item.source and item.checked_on for form in FORMS for item in items(form))


def test_a_name_stands_in_its_item_and_a_blank_that_is_sent_back_is_marked(held):
    sheet = sheet_of(held, "i589")
    assert line_of(sheet, "A.I", "4").text == "Canary-Surname"
    assert line_of(sheet, "A.I", "13").is_missing and not line_of(sheet, "A.I", "10").is_missing
    assert sheet.missing == sum(line.is_missing for line in sheet.lines) > 3
    assert sheet.edition == "07/28/26"


def test_arrests_and_the_story_are_on_no_sheet(held, now):
    for page in ("story", "arrests"):
        kept = {"intake": held.intake, "value": {page: SECRET}, "saved_at": now}
        Narrative.objects.filter(intake=held.intake, page=page).delete()
        Narrative.objects.create(**held.matter.columns, page=page, **kept)
    for form in FORMS:
        assert SECRET not in repr(sheet_of(held, form))
    sheet = sheet_of(held, "i589")
    assert not any(line.values for line in sheet.lines if line.item.part == "B")
    assert not any(line_of(sheet, "C", item).values for item in ("3", "4", "5", "6"))


def test_more_children_than_the_form_has_lines_go_onto_the_page_for_more(held):
    from packets.official import _line

    (item,) = [one for one in items("i589") if one.item == "Children"]
    line = _line(item, {"family_child": [f"Child {number}" for number in range(6)]})
    assert len(line.values) == item.room == 4 and line.rest == ["Child 4", "Child 5"]


def test_the_sheets_of_appearance_know_who_represents(held, cast):
    sheet = sheet_of(held, "eoir28")
    assert line_of(sheet, "Representative", "Name").text == cast.ade.name
    assert line_of(sheet, "Client", "Last name").text == "Canary-Surname"


def test_each_value_leads_to_its_very_answer(held, cast, client):
    client.force_login(cast.ade)
    sheet = client.get(reverse("workspace:form-sheet", args=[held.pk, "i589"])).content.decode()
    told_us = client.get(reverse("workspace:told-us", args=[held.pk])).content.decode()
    places = set(re.findall(r"#(told-\d+)", sheet))
    assert f"told-{BY_KEY['name'].number}" in places
    assert all(f'id="{place}"' in told_us for place in places)


def test_only_whoever_holds_the_matter_sees_a_sheet(held, cast, client):
    address = reverse("workspace:form-sheet", args=[held.pk, "i589"])
    for who, status in ((cast.cora, 403), (cast.bea, 404), (cast.ade, 200)):
        client.force_login(who)
        answer = client.get(address)
        assert answer.status_code == status
    page = answer.content.decode()
    assert "A draft: not reviewed." in page and "Canary-Surname" in page
    assert client.get(reverse("workspace:form-sheet", args=[held.pk, "i130"])).status_code == 404


def test_an_official_pdf_is_filled_in_by_its_map_and_says_that_it_is_a_draft(held, cast, client):
    client.force_login(cast.ade)
    sent = {
        "blank": SimpleUploadedFile("a.pdf", blank("Last", "Other")),
        "mapped": SimpleUploadedFile("a.csv", b"item,field\nA.I 4,Last\nA.I 13,Other\n"),
    }
    answer = client.post(reverse("workspace:form-sheet", args=[held.pk, "i589"]), sent)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        filled = {str(field.T): str(field.get("/V", "")) for field in pdf.Root.AcroForm.Fields}
        assert "/OpenAction" not in pdf.Root
    assert filled == {"Last": "Canary-Surname", "Other": ""}
    (text,) = reading.texts_of(answer.content)
    assert "DRAFT: NOT REVIEWED" in text


@pytest.mark.parametrize(
    ("form", "mapped", "says"),
    [
        (b"no form", b"item,field\nA.I 4,Last\n", "broken"),
        (hostile.ACCEPTED["A4"], b"item,field\nA.I 4,Last\n", "no fields"),
        (None, b"\xff\xfe", "cannot be read"),
        (None, b"one,two\n1,2\n", "cannot be read"),
        (None, b"item,field\nA.I 4,Nowhere\n", "Nowhere"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_with_words(held, form, mapped, says):
    with pytest.raises(filling.Refused, match=says if says != "broken" else None):
        filling.fill(held, "i589", blank=blank("Last") if form is None else form, mapped=mapped)
