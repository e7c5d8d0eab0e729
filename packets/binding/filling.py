"""An official form, filled in by a field map. What acts in it goes, and each page says that it is a draft."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from pikepdf.form import CheckboxField, DefaultAppearanceStreamGenerator, Form, TextField

from foundation.files.rebuilder.refusal import Unfit
from packets.binding import parcel
from packets.binding.saving import saved
from packets.binding.sheet import sheet_of
from packets.binding.stamping import as_drawing

DRAFT = "DRAFT: NOT REVIEWED"
ON = {"yes", "x", "true", "1"}
DROPPED = ("/OpenAction", "/AA", "/Names", "/Perms", "/Metadata")


def warm() -> None:
    """Fill in a form of one field."""
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(612, 792))
        named = {"/FT": Name.Tx, "/T": pikepdf.String("a"), "/DA": pikepdf.String("/Helv 10 Tf 0 g")}
        place = {"/Type": Name.Annot, "/Subtype": Name.Widget, "/Rect": Array([10, 10, 90, 30])}
        field = pdf.make_indirect(Dictionary({**named, **place}))
        page.obj["/Annots"] = Array([field])
        pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]), DA=pikepdf.String("/Helv 10 Tf 0 g"))
        kept = io.BytesIO()
        pdf.save(kept)
    rebuild(parcel.packed({"values": {"a": "a"}}, [kept.getvalue()]))


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return the form filled in, and which fields it has not. Raises Unfit for what is no form."""
    head, (raw,) = parcel.unpacked(content)
    try:
        pdf = pikepdf.open(io.BytesIO(raw), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Unfit("encrypted") from error
    except pikepdf.PdfError as error:
        raise Unfit("broken") from error
    with pdf:
        if not isinstance(pdf.Root.get("/AcroForm"), Dictionary):
            raise Unfit("no_form")
        for key in DROPPED:
            if key in pdf.Root:
                del pdf.Root[key]
        if "/XFA" in pdf.Root.AcroForm:  # else a reader shows this instead of what is filled in
            del pdf.Root.AcroForm["/XFA"]
        absent = list(_filled(pdf, head["values"]))
        for page in pdf.pages:
            _marked(pdf, page.obj)
        pdf.Root.AcroForm["/NeedAppearances"] = True
        return parcel.packed({"absent": absent}, [saved(pdf)]), []


def _filled(pdf: Pdf, values: dict[str, str]) -> Iterator[str]:
    """Write the values into their fields; yield the names that the form has no field for."""
    form = Form(pdf, DefaultAppearanceStreamGenerator, ignore_max_length=True)
    fields = dict(form.items())
    for name, value in values.items():
        field = fields.get(name)
        if isinstance(field, TextField):
            field.value = value
        elif isinstance(field, CheckboxField):
            field.checked = value.casefold() in ON
        else:
            yield name


def _marked(pdf: Pdf, page: Any) -> None:
    """Say on a page that it is a draft, in the middle of its upper edge."""
    sheet, drawn = sheet_of(page), as_drawing(pdf, page)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold"))
    resources, before = Dictionary(Font=Dictionary({"/Draft": font})), b""
    if drawn is not None:
        resources["/XObject"], before = Dictionary({"/FormPage": drawn}), b"q /FormPage Do Q "
    matrix = " ".join(f"{part:.5f}" for part in sheet.matrix)
    place = f"{sheet.width / 2 - 55:.1f} {sheet.height - 16:.1f}"
    text = f"q {matrix} cm 0.8 0 0 rg BT /Draft 10 Tf {place} Td ({DRAFT}) Tj ET Q"
    page["/Resources"], page["/Contents"] = resources, pdf.make_stream(before + text.encode())
