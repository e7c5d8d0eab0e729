"""The page behind a link: a colleague elsewhere reads a summary without identity and says yes or no."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.accounts.access import public
from foundation.database.principal import become
from foundation.forms import posted
from referrals import actions
from referrals.hand_over_forms import ReceiverForm
from referrals.links import RECEIVER, Link, find_link
from referrals.models import HandOverStatus


@public
@require_http_methods(["GET", "HEAD", "POST"])
def receiver(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a link is for, and take the answer, once; looking at it changes nothing."""
    link, now = find_link(token), timezone.now()
    if link is None:
        return render(request, "referrals/receiver.html", {}, status=404)
    if not link.is_open(at=now):
        return _page(request, link, ReceiverForm(), status=409 if request.method == "POST" else 200)
    become(RECEIVER)
    form = ReceiverForm(posted(request))
    if not form.is_bound:
        return _page(request, link, form)
    if not form.is_valid():
        return _page(request, link, form, status=422)
    try:
        actions.answer_link(token, **form.cleaned_data, at=now)
    except actions.LinkOver as over:
        return _page(request, find_link(token) or link, ReceiverForm(), status=over.status)
    return redirect(request.path)


def _page(request: HttpRequest, link: Link, form: ReceiverForm, *, status: int = 200) -> HttpResponse:
    context = {_said(link): True, "link": link, "office": link.office, "form": form}
    return render(request, "referrals/receiver.html", context, status=status)


def _said(link: Link) -> str:
    """Name what the page says: it is open, was answered, ran out, or is over. Never why, never of whom."""
    if link.is_open(at=timezone.now()):
        return "is_open"
    said = {
        HandOverStatus.ASKED: "is_late",
        HandOverStatus.EXPIRED: "is_late",
        HandOverStatus.ACCEPTED: "said_yes",
        HandOverStatus.DONE: "said_yes",
        HandOverStatus.REFUSED: "said_no",
    }
    return said.get(HandOverStatus(link.status), "is_over")
