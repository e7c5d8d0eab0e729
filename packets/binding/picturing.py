"""A picture as a page: painted anew, upright, on US Letter with room for its number."""

import io

from pikepdf import Dictionary, Name, Pdf

from foundation.files.rebuilder import images
from packets.binding.paper import LETTER
from packets.binding.saving import saved

MARGIN, FOOT, FINEST = 36.0, 54.0, 150  # points around a picture and under it; dots per inch at least
QUALITY = 90


def warm() -> None:
    """Load every reader of pictures, and make a page of one."""
    images.warm()
    kept = io.BytesIO()
    images.Image.new("L", (8, 8)).save(kept, "PNG")
    rebuild(kept.getvalue())


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return a PDF of one page with the picture, and codes of what it lacks."""
    made, notes = images.rebuild(content)
    picture = images.Image.open(io.BytesIO(made))
    kept = io.BytesIO()
    picture.convert("L" if picture.mode == "L" else "RGB").save(kept, "JPEG", quality=QUALITY)
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=LETTER)
        image = pdf.make_stream(kept.getvalue())
        image["/Type"], image["/Subtype"], image["/Filter"] = Name.XObject, Name.Image, Name.DCTDecode
        image["/Width"], image["/Height"], image["/BitsPerComponent"] = picture.width, picture.height, 8
        image["/ColorSpace"] = Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB
        page.obj["/Resources"] = Dictionary(XObject=Dictionary({"/Picture": image}))
        page.obj["/Contents"] = pdf.make_stream(_drawn(picture.width, picture.height))
        return saved(pdf), notes


def _drawn(width: int, height: int) -> bytes:
    """Return what draws a picture of so many dots: as large as there is room, in the middle of the top."""
    room = LETTER[0] - 2 * MARGIN, LETTER[1] - MARGIN - FOOT
    scale = min(room[0] / width, room[1] / height, 144 / FINEST)
    wide, high = width * scale, height * scale
    place = (LETTER[0] - wide) / 2, LETTER[1] - MARGIN - high
    return f"q {wide:.3f} 0 0 {high:.3f} {place[0]:.3f} {place[1]:.3f} cm /Picture Do Q".encode()
