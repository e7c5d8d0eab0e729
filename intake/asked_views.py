"""A paper that is asked for, answered with the receipt: with files, or with why there are none."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.accounts.access import public
from foundation.events.lifecycle import NotAllowed, Stale
from foundation.files import kinds
from foundation.files.receiving import ReceivedFile, received_files, receives_files
from foundation.files.uploads import Outcome, sent_papers
from foundation.files.words import LARGEST
from intake import actions
from intake.asked import PaperToSend, answer_paper, papers_to_send
from intake.models import AskedPaper, PaperAnswer
from intake.promises import may_show, promise
from intake.room import take_in
from intake.sheet import Sheet
from intake.views import lost, sheet_of

WITHOUT = (PaperAnswer.BRING, PaperAnswer.NONE, PaperAnswer.CANNOT)


@receives_files
@public
@require_http_methods(["GET", "HEAD", "POST"])
def send_paper(request: HttpRequest, number: int) -> HttpResponse:
    """Show one paper that is asked for, and take the answer; it can be changed until staff looked at it."""
    sheet = sheet_of(request, purpose="come back")
    if sheet is None or not sheet.intake.submitted_at:
        return lost(request)
    paper = next((one for one in papers_to_send(sheet.intake) if one.number == number), None)
    if paper is None or not paper.may_answer or not actions.may_send(sheet.intake, at=timezone.now()):
        return _not_needed(request)
    if request.method != "POST":
        return _page(request, sheet, paper)
    pressed = request.POST.get("press", "")
    if pressed in WITHOUT:
        if not _answered(sheet, paper, pressed):
            return _not_needed(request)
        messages.success(request, _("Thank you. We know it now, and a person on our team looks at it."))
        return redirect("intake:mine")
    return _with_files(request, sheet, paper, received_files(request, "files"))


def _not_needed(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Nothing is needed there any more."))
    return redirect("intake:mine")


def _with_files(
    request: HttpRequest, sheet: Sheet, paper: PaperToSend, files: list[ReceivedFile]
) -> HttpResponse:
    """Keep what was sent for a paper, and say of each file what became of it."""
    outcomes = take_in(files, sheet.intake, by="applicant", at=timezone.now(), on=sheet.on)
    kept = [outcome for outcome in outcomes if outcome.upload]
    refused = [outcome for outcome in outcomes if not outcome.upload]
    if kept and not _answered(sheet, paper, PaperAnswer.SENT, kept):
        actions.note_papers(sheet.intake, count=len(kept), at=timezone.now())  # they are kept all the same
        return _not_needed(request)
    paper = next((one for one in papers_to_send(sheet.intake) if one.number == paper.number), paper)
    status = 200 if kept else 422
    return _page(request, sheet, paper, refused=refused, nothing_chosen=not files, status=status)


def _answered(sheet: Sheet, paper: PaperToSend, answer: str, kept: list[Outcome] | None = None) -> bool:
    """Note an answer; False where staff ended the paper in the same moment."""
    asked = AskedPaper.objects.select_related("intake").get(intake=sheet.intake, number=paper.number)
    uploads = [outcome.upload for outcome in kept or () if outcome.upload]
    try:
        answer_paper(asked, answer=answer, uploads=uploads, by="applicant", at=timezone.now())
    except (NotAllowed, Stale):
        return False
    return True


def _page(
    request: HttpRequest,
    sheet: Sheet,
    paper: PaperToSend,
    *,
    refused: list[Outcome] | None = None,
    nothing_chosen: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Show the page of one paper. `refused` are the files just sent that were not taken."""
    sent = sent_papers(sheet.intake.matter_id, named=False, purpose="return page")
    context = {
        "paper": paper,
        "papers": [one for one in sent if one.number in paper.files],
        "refused": refused or [],
        "nothing_chosen": nothing_chosen,
        "error": f"{_('Error:')} " if status != 200 else "",
        "goes_on": promise("asked-goes-on") if may_show("asked-goes-on") else "",
        "accepted": kinds.accepted(),
        "taken": kinds.taken(),
        "largest": LARGEST,
        "office": sheet.intake.office,
    }
    return render(request, "intake/send_paper.html", context, status=status)
