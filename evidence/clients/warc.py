"""Keep a fetch as it was: request and answer of every hop in a WARC file."""

import io
from collections.abc import Sequence

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from evidence.clients.fetch import Exchange

SOFTWARE = {"software": "asylum-intake", "format": "WARC File Format 1.1"}


def as_warc(chain: Sequence[Exchange]) -> bytes:
    """Return the exchanges as a compressed WARC file."""
    kept = io.BytesIO()
    writer = WARCWriter(kept, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record("capture.warc.gz", SOFTWARE))
    for exchange in chain:
        answer = writer.create_warc_record(
            exchange.url,
            "response",
            payload=io.BytesIO(exchange.body),
            http_headers=StatusAndHeaders(
                f"{exchange.status} {exchange.reason}", exchange.headers, protocol="HTTP/1.1"
            ),
            warc_headers_dict={"WARC-IP-Address": exchange.address},
        )
        line, *rest = exchange.asked.decode("ascii").strip().split("\r\n")
        headers = [(name, value) for name, _, value in (header.partition(": ") for header in rest)]
        asked = StatusAndHeaders(line, headers, is_http_request=True)
        request = writer.create_warc_record(
            exchange.url, "request", payload=io.BytesIO(b""), http_headers=asked
        )
        writer.write_request_response_pair(request, answer)
    return kept.getvalue()
