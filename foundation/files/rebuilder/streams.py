"""What a stream of a PDF unpacks to, and never more of it than is asked for."""

import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

# Short names are for pictures inside a page's content, but readers know them everywhere.
SHORT = {
    "/Fl": "/FlateDecode",
    "/LZW": "/LZWDecode",
    "/RL": "/RunLengthDecode",
    "/DCT": "/DCTDecode",
    "/A85": "/ASCII85Decode",
    "/AHx": "/ASCIIHexDecode",
    "/CCF": "/CCITTFaxDecode",
}
# Pictures the reader decodes itself; their size is bounded by their width and height.
CODECS = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}
STEP = 4096
WHOLE = pikepdf.StreamDecodeLevel.specialized  # run lengths too


class Damaged(Exception):
    """The stream cannot be unpacked, or not to its end."""


def filters_of(stream: Any) -> list[str]:
    given = stream.get("/Filter")
    names = list(given) if isinstance(given, Array) else [given]
    return [SHORT.get(str(name), str(name)) for name in names if name is not None]


def unpacked(stream: Any, most: int) -> bytes:
    """Return what is packed, one byte beyond `most` at most; deflate, what bombs are made of, stops there.

    Raises Damaged where it cannot be unpacked to its end.
    """
    if is_deflated(stream):
        return inflated(stream, most)
    if CODECS & set(filters_of(stream)):
        raise Damaged  # a picture where none belongs; qpdf would ask other programs
    try:
        return stream.read_bytes(decode_level=WHOLE)  # type: ignore[no-any-return]
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise Damaged from error


def is_deflated(stream: Any) -> bool:
    """Tell whether a stream is deflated, once or more often, and nothing else."""
    parms = stream.get("/DecodeParms")
    each = list(parms) if isinstance(parms, Array) else [parms]
    predicted = any(isinstance(one, Dictionary) and one.get("/Predictor", 1) != 1 for one in each)
    return set(filters_of(stream)) == {"/FlateDecode"} and not predicted


def inflated(stream: Any, most: int) -> bytes:
    """Return what is deflated; what was cut off is without its last bytes, as readers show it."""
    content = stream.read_raw_bytes()
    for _name in filters_of(stream):
        try:
            content = zlib.decompressobj().decompress(content, most + 1)
        except zlib.error as error:
            raise Damaged from error
    return content  # type: ignore[no-any-return]


def size_of(stream: Any, most: int) -> int:
    """Return how much a stream unpacks to, counted no further than one byte beyond `most`.

    Of a damaged one it counts what a reader would get.
    """
    try:
        return len(unpacked(stream, most))
    except Damaged:
        return _counted(stream.read_raw_bytes(), most) if "/FlateDecode" in filters_of(stream)[:1] else 0


def _counted(raw: bytes, most: int) -> int:
    machine, size = zlib.decompressobj(), 0
    try:
        for at in range(0, len(raw), STEP):
            size += len(machine.decompress(raw[at : at + STEP], most + 1 - size))
            if size > most:
                break
    except zlib.error:
        return size
    return size
