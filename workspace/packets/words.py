"""A Word document as it is handed over."""

from django.http import HttpResponse

from packets.docx import CONTENT_TYPE
from workspace.files.views import HEADERS


def word_document(content: bytes, name: str) -> HttpResponse:
    """Return a Word document to be kept under a name that tells nothing."""
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}.docx"'}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)
