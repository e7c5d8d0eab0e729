"""What may be asked of the queue in its address: each filter with what it lets through."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Status
from foundation.filters import Filter


def _of_status(cases: QuerySet[Case], status: str) -> QuerySet[Case]:
    return cases.filter(status=status) if status else cases.filter(closed_at=None)


class QueueForm(forms.Form):
    """Which cases, and which page of them; an empty status is every open case."""

    status = Filter(label=_("Status"), choices=[("", _("Open")), *Status.choices], narrow=_of_status)
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False)
