from django.utils import timezone

from cases import actions
from cases.models import Case
from foundation.events.ledger import on
from foundation.events.models import Event
from intake.models import Intake


@on("intake.submitted", key="cases.open-case")
def open_case(event: Event) -> None:
    """Open the case of an intake that was handed in."""
    intake = Intake.objects.select_related("office", "applicant").get(pk=event.subject_id)
    actions.open_case(intake, by="system:open-case", at=timezone.now())


@on("conflicts.answered", key="cases.screen-names-answered")
@on("conflicts.hit_found", key="cases.screen-hit-found")
@on("conflicts.hit_decided", key="cases.screen-hit-decided")
@on("conflicts.check_decided", key="cases.screen-check-decided")
def names_answered(event: Event) -> None:
    """Screen the matters on both sides again where the answer about their names changed something."""
    files = {str(event.file_id), str(event.data.get("other_file", event.file_id))}
    for case in Case.objects.select_related("intake__office", "office").filter(file_id__in=files):
        actions.names_answered(case, by="system:names-answered", at=timezone.now())
