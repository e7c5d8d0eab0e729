"""Hostile and harmless files, made here so that nobody has to keep one."""

import io
import zlib
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import ExifTags, Image

CANARY = b"Canary-Location"
# Odd PDFs from elsewhere: their first pages are kept here, the whole files may be beside the checkout.
PDFS = Path(__file__).with_name("data") / "pdfs"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "evidence" / "hostile_pdfs"


def odd_pdfs():
    """Return the paths of the PDFs that are here; those beside the checkout only where they are."""
    return [*sorted(PDFS.glob("*.pdf")), *sorted(SHARED.glob("*.pdf"))]


def exif(orientation=1):
    """Return Exif with a place in it."""
    data = Image.Exif()
    data[ExifTags.Base.Orientation] = orientation
    data[ExifTags.Base.ImageDescription] = CANARY.decode()
    place = data.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (33.0, 30.0, 47.0)
    return data


def photo(kind="JPEG", size=(400, 300), **options):
    """Return a photo, its left half red, with place and comment."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    if kind == "JPEG":
        options.setdefault("comment", CANARY)
    image.save(out, kind, exif=options.pop("exif", exif()), **options)
    return out.getvalue()


def pixel_bomb(side=30_000):
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


def saved(pdf, **options):
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def page_with(pdf, content=b"BT /F1 24 Tf 72 700 Td (Hello) Tj ET"):
    page = pdf.add_blank_page()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
    page.obj.Contents = pdf.make_stream(content)
    return page


def letter(pages=1, **options):
    with Pdf.new() as pdf:
        for _n in range(pages):
            page_with(pdf)
        return saved(pdf, **options)


def script():
    return Dictionary(S=Name.JavaScript, JS="app.alert('hostile')")


def hostile_pdf():
    """Return a PDF with everything that acts, hung wherever it can hang."""
    with Pdf.new() as pdf:
        page = page_with(pdf)
        launch = Dictionary(S=Name.Launch, F="cmd.exe", Next=script())
        pdf.Root.OpenAction = script()
        pdf.Root.AA = Dictionary(WC=launch)
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=["a", script()]))
        pdf.Root.Metadata = pdf.make_stream(b"<x:xmpmeta>hostile</x:xmpmeta>")
        pdf.attachments["evil.exe"] = b"MZ hostile"
        pdf.docinfo["/Author"] = CANARY.decode()
        page.obj.AA = Dictionary(O=launch)
        page.obj.PieceInfo = Dictionary(X=Dictionary(Private=script()))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
        link.A = Dictionary(S=Name.URI, URI="https://hostile.example/")
        page.obj.Annots = pdf.make_indirect(Array([link]))
        form = pdf.make_stream(b"0 0 9 9 re f")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        form.AA = Dictionary(O=script())
        form.Ref = Dictionary(F=Dictionary(Type=Name.Filespec, F="//hostile.example/share"))
        form.PieceInfo = Dictionary(X=script())
        postscript = pdf.make_stream(b"hostile")
        postscript.Type, postscript.Subtype = Name.XObject, Name.PS
        # Under names a content stream chooses, of which one is spelled like an action.
        page.obj.Resources.XObject = Dictionary(A=form, JS=postscript)
        page.obj.Resources.Properties = Dictionary(M=script())
        page.obj.Resources.Font.F1.Odd = Dictionary(Type=Name.Action, S=Name.Launch, F="cmd.exe")
        page.obj.Resources.Font.F1.Pattern = script()
        page.obj.Resources.Shading = script()
        return saved(pdf)


def pdf_with_photo():
    """Return a PDF that carries a photo as a phone's scanner makes it."""
    with Pdf.new() as pdf:
        page = page_with(pdf, b"q 400 0 0 300 0 0 cm /I Do Q")
        image = pdf.make_stream(photo())
        image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 400, 300
        image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceRGB, 8, Name.DCTDecode
        page.obj.Resources.XObject = Dictionary(I=image)
        return saved(pdf)


def filled_form():
    """Return a form whose field shows what somebody wrote, beside the page's own content."""
    with Pdf.new() as pdf:
        page = page_with(pdf)
        shown = pdf.make_stream(b"BT (written by hand) Tj ET")
        shown.Type, shown.Subtype, shown.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 20])
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", V="written by hand")
        field.Rect, field.F, field.AP = Array([50, 50, 150, 70]), 4, Dictionary(N=shown)
        field = pdf.make_indirect(field)
        page.obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=[field])
        return saved(pdf)


def stream_bomb(size=3 * 1024**3, ratio_two=False):
    """Return a PDF of a few megabytes whose page unpacks to `size` zeros."""
    packer, packed, piece = zlib.compressobj(9), [], b"\0" * (1024 * 1024)
    for _n in range(size // len(piece)):
        packed.append(packer.compress(piece))
    content = b"".join([*packed, packer.flush()])
    with Pdf.new() as pdf:
        page = page_with(pdf)
        page.obj.Contents = pikepdf.Stream(pdf, content)
        page.obj.Contents.Filter = Name.FlateDecode
        if ratio_two:
            page.obj.Contents = pikepdf.Stream(pdf, zlib.compress(content, 9))
            page.obj.Contents.Filter = Array([Name.FlateDecode, Name.FlateDecode])
        return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def picture_bomb():
    """Return a PDF with a picture of 900 million pixels."""
    with Pdf.new() as pdf:
        page = page_with(pdf, b"/I Do")
        image = pdf.make_stream(zlib.compress(b"\0" * 1_000_000))
        image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 30_000, 30_000
        image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceGray, 8, Name.FlateDecode
        page.obj.Resources.XObject = Dictionary(I=image)
        return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def looping_pdf():
    """Return a PDF whose drawing contains itself, and whose font does too."""
    with Pdf.new() as pdf:
        page = page_with(pdf, b"/X Do")
        form = pdf.make_stream(b"/X Do")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        form.Resources = Dictionary(XObject=Dictionary(X=form))
        font = page.obj.Resources.Font.F1
        font.Self = font
        page.obj.Resources.XObject = Dictionary(X=form)
        return saved(pdf)


def deep_pdf(depth=5000):
    """Return a PDF with arrays in arrays in arrays."""
    with Pdf.new() as pdf:
        page = page_with(pdf)
        nested = pdf.make_indirect(Array([1]))
        for _n in range(depth):
            nested = pdf.make_indirect(Array([nested]))
        page.obj.Resources.Font.F1.Odd = nested
        return saved(pdf)
