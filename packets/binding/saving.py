"""How a file is written: as the rebuilder does, streams packed once, nothing unpacked."""

import io

import pikepdf
from pikepdf import Pdf


def saved(pdf: Pdf) -> bytes:
    """Return a file as it is written."""
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        min_version="1.7",
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return out.getvalue()
