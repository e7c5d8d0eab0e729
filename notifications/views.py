import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.forms import posted
from notifications import actions
from notifications.forms import MailsForm
from notifications.preferences import GROUPS, always_mailed, choose_mails, preference_of
from notifications.queries import inbox_lines, inbox_of


@staff()
@require_safe
def inbox(request: StaffRequest) -> HttpResponse:
    """Show the person's messages, newest first."""
    return render(request, "notifications/inbox.html", {"inbox": inbox_lines(request.user)})


@staff()
@require_safe
def open_message(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Go where a message leads, and note that it is read: no mail of it goes any more."""
    message = get_object_or_404(inbox_of(request.user), pk=pk)
    actions.mark_read(message, at=timezone.now())
    return redirect(message.link or "notifications:inbox")


@staff()
@require_POST
def mark_read(request: StaffRequest) -> HttpResponse:
    actions.mark_all_read(request.user, at=timezone.now())
    return redirect("notifications:inbox")


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def my_mails(request: StaffRequest) -> HttpResponse:
    """Say what one is mailed of, and when."""
    form, status = MailsForm(posted(request), preference=preference_of(request.user)), 200
    if form.is_bound:
        acted = act(request, partial(choose_mails, request.user), form=form, done=_("Noted."))
        if acted.is_done:
            return redirect("notifications:my-mails")
        status = acted.status
    context = {"form": form, "always": [GROUPS[group] for group in always_mailed()]}
    return render(request, "notifications/my_mails.html", context, status=status)
