"""Have the names of drafts compared, soon after they were typed and in no one's request."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.work.line import Line, register
from intake.actions import NAMES, compare_draft
from intake.models import Intake


def compare(draft: Intake, _result: Any) -> None:
    compare_draft(draft, at=timezone.now())


LINE = register(
    Line(
        key=NAMES,
        model=Intake,
        title=_("Names in a form that is not sent yet"),
        keep=compare,
        related=("office",),
    )
)
