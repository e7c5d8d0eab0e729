"""Working sheets of official forms, for whoever represents; the PDF filled in, where it is supplied."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.files.receiving import receives_in_memory
from foundation.forms import HelpedForm
from foundation.refused import Refused
from packets.access import may_compose
from packets.data import FORMS
from packets.filling import MOST_FORM, MOST_MAP, fill
from packets.official import sheet_of
from packets.words import OPEN, TYPED_BY
from workspace.files.views import HEADERS
from workspace.visible import case_for


class FillForm(HelpedForm):
    """The blank form and which of its fields is which item."""

    blank = forms.FileField(label=_("The blank form (PDF)"))
    mapped = forms.FileField(
        label=_("Its field map (CSV)"), help_text=_("Two columns: item, as here, and field, as in the PDF.")
    )

    def clean_blank(self) -> bytes:
        return self._read("blank", MOST_FORM)

    def clean_mapped(self) -> bytes:
        return self._read("mapped", MOST_MAP)

    def _read(self, name: str, most: int) -> bytes:
        sent = self.cleaned_data[name]
        if sent.size > most:
            raise forms.ValidationError(_("This file is too large."))
        content: bytes = sent.read()
        return content


@receives_in_memory
@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def form_sheet(request: StaffRequest, pk: uuid.UUID, form: str) -> HttpResponse:
    """Show what is known for an official form, item by item; fill in its PDF where that is supplied."""
    case = case_for(request, pk)
    if form not in FORMS or not may_compose(request.user, case):
        raise Http404
    asked, status = FillForm(), 200
    if request.method == "POST":
        asked = FillForm(request.POST, request.FILES)
        if asked.is_valid():
            try:
                made = fill(case, form, **asked.cleaned_data)
            except Refused as refused:
                asked.add_error(None, str(refused))
            else:
                name = f'attachment; filename="{form}-draft.pdf"'
                headers: dict[str, Any] = {**HEADERS, "Content-Disposition": name}
                return HttpResponse(made, content_type="application/pdf", headers=headers)
        status = 422
    sheet = sheet_of(case, form)
    context = {
        "case": case,
        "sheet": sheet,
        "forms": [(key, title) for key, title in FORMS.items() if key != form],
        "fill": asked,
        "typed_by": TYPED_BY[sheet.typed_by],
        "language": dict(settings.LANGUAGES).get(sheet.language, sheet.language),
        "parts": [
            (part, [(line, OPEN.get(line.item.why_open, "")) for line in lines])
            for part, lines in sheet.parts
        ],
    }
    return render(request, "workspace/packets/form_sheet.html", context, status=status)
