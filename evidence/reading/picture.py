"""One page of a PDF as gray pixels, for text recognition: nothing of the file but its look leaves."""

from evidence.reading.pdf import SMALLEST, opened
from evidence.reading.result import WIDEST, asked_page, packed_picture, wanted_page
from foundation.files.rebuilder.refusal import Unfit

SHARPNESS = 300 / 72  # pixels a point, what recognition was trained on


def warm() -> None:
    """Paint a page of one word."""
    rebuild(asked_page(SMALLEST, 1))


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    number, raw = wanted_page(content)
    document = opened(raw)
    if not 1 <= number <= len(document):
        raise Unfit("pdf_damaged")
    page = document[number - 1]
    scale = min(SHARPNESS, WIDEST / max(*page.get_size(), 1))
    bitmap = page.render(scale=scale, grayscale=True)
    rows, step = bytes(bitmap.buffer), bitmap.stride
    lines = b"".join(rows[y * step : y * step + bitmap.width] for y in range(bitmap.height))
    return packed_picture(bitmap.width, bitmap.height, lines), []
