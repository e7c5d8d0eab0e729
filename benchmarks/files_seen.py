"""A PDF and its copy as PDFium paints them, for `benchmarks.files`: a process of its own, for it may crash.

python -m benchmarks.files_seen ORIGINAL [COPY]: prints {"pages": [n, n], "apart": [share of pixels a page]}.
"""

import json
import resource
import sys
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2.raw import FPDFBitmap_BGRA

MOST_PAGES, LEVELS = 20, 32  # a file's first pages; a pixel differs by more than so many of 256 levels
SCALE, WIDEST = 1.0, 2000  # 72 dots an inch
MEMORY = 3 * 1024**3


def painted(document: pdfium.PdfDocument, number: int) -> Image.Image:
    page = document[number]
    scale = min(SCALE, WIDEST / max(*page.get_size(), 1))
    # With room for transparency: else PDFium tints the edges of letters, but in the fields of a form alone.
    painted = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=FPDFBitmap_BGRA)
    return painted.to_pil().convert("RGB")


def share_apart(one: Image.Image, other: Image.Image) -> float:
    if one.size != other.size:
        return 1.0
    bands = ImageChops.difference(one, other).point(lambda level: 255 if level > LEVELS else 0).split()
    any_of = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return any_of.histogram()[255] / (any_of.width * any_of.height)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    documents = [pdfium.PdfDocument(Path(name).read_bytes()) for name in sys.argv[1:3]]
    for document in documents:
        document.init_forms()
        document[0].close()  # what has no first page does not open
    apart = []
    if len(documents) == 2:
        for number in range(min(MOST_PAGES, *map(len, documents))):
            apart.append(share_apart(painted(documents[0], number), painted(documents[1], number)))
    sys.stdout.write(json.dumps({"pages": [len(document) for document in documents], "apart": apart}))


if __name__ == "__main__":
    main()
