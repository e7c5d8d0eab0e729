"""The panel and the queues of an office: its practitioners, what they take, who verified them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.models import Membership, Role
from foundation.forms import posted
from referrals import panel, training
from referrals.access import leads_panel
from referrals.firm_forms import PlaceForm, ShownForm, TrainedForm
from referrals.firms import coordinators_of, open_offers_of, place_practitioner
from referrals.models import Practitioner, Queue
from referrals.panel_forms import ProfileForm, QueueForm, QueueRulesForm, VerifyForm
from referrals.panel_queries import panel_row, panel_rows, queue_rows, unlisted_attorneys
from referrals.queries import BESIDE
from referrals.queue_queries import preview_of


@staff(Role.SUPERVISOR, Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def practitioners(request: StaffRequest) -> HttpResponse:
    """Show who may be offered a case, and what keeps each from it; of one firm, if asked."""
    form = ShownForm(request.GET, office=request.office)
    if not form.is_valid():
        messages.warning(request, _("Part of this address means nothing here and was left out."))
    firm, due = form.cleaned_data.get("firm"), bool(form.cleaned_data.get("due"))
    today = request.office.today(timezone.now())
    context = {
        "rows": panel_rows(request.office, on=today, firm=firm.pk if firm else None, due=due),
        "shown": form,
        "firm": firm,
        "is_narrowed": bool(firm or due),
        "unlisted": unlisted_attorneys(request.office),
        "may_lead": leads_panel(request.user, request.office),
        "may_change": request.user.has_role(Role.ADMINISTRATOR),
    }
    return render(request, "referrals/practitioners.html", context)


@staff(Role.ADMINISTRATOR)
@require_POST
def add_practitioner(request: StaffRequest, pk: int) -> HttpResponse:
    """Put an attorney on the panel who joined the office before it had one."""
    colleagues = Membership.objects.filter(
        office=request.office, roles__contains=[Role.ATTORNEY]
    ).select_related("user")
    person = get_object_or_404(colleagues, user_id=pk).user
    acted = act(request, partial(panel.add_to_panel, person))
    return (
        redirect("panel:practitioner", acted.result.pk) if acted.result else redirect("panel:practitioners")
    )


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def practitioner(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a practitioner's profile, and verify their credentials."""
    return _profile(request, _of_office(request, pk))


@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: StaffRequest) -> HttpResponse:
    """Say what one takes, where and how many, and who one is before a court."""
    own = Practitioner.objects.filter(user=request.user).select_related(*BESIDE).first()
    if own is None:
        return render(request, "referrals/not_on_panel.html")
    return _profile(request, own)


def _profile(request: StaffRequest, one: Practitioner, **sent: Any) -> HttpResponse:
    """Show a profile with its forms, or keep what was sent of it; `sent` are other forms, refused."""
    is_own = one.user_id == request.user.pk
    form, status = ProfileForm(None if sent else posted(request), practitioner=one), 422 if sent else 200
    if form.is_bound:
        done = _("Your profile is kept.") if is_own else _("The profile is kept.")
        acted = act(request, partial(panel.change_practitioner, one), form=form, done=done)
        if acted.is_done:
            return redirect(request.path)
        status = acted.status
        one.refresh_from_db()
    today = one.office.today(timezone.now())
    context = {"form": form, "is_own": is_own, "row": panel_row(one, on=today), **_around(one)}
    if not is_own:
        context |= {
            "verify": VerifyForm(today=today),
            "place": PlaceForm(practitioner=one),
            "trained": TrainedForm(office=one.office),
            "open_offers": open_offers_of(one),
        } | sent
    return render(request, "referrals/practitioner.html", context, status=status)


def _around(one: Practitioner) -> dict[str, Any]:
    """Return who stands beside a practitioner: their mentor, whom they mentor, who answers for them."""
    return {
        "mentees": [mentee.user.name for mentee in one.mentees.select_related("user").order_by("user__name")],
        "coordinators": [user.name for user in coordinators_of(one.firm_id) if user.pk != one.user_id],
    }


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
@step_up("accounts", back="panel:practitioner")
def verify(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that the credentials were looked up and hold."""
    one = _of_office(request, pk)
    form = VerifyForm(request.POST, today=one.office.today(timezone.now()))
    done = _("The credentials are verified.")
    acted = act(request, partial(panel.verify_credentials, one), form=form, done=done)
    return redirect("panel:practitioner", pk) if acted.is_done else _profile(request, one, verify=form)


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
def unverify(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a verification back: nothing more is offered."""
    done = _("The verification is taken back. Nothing more is offered to them.")
    act(request, partial(panel.unverify_credentials, _of_office(request, pk)), done=done)
    return redirect("panel:practitioner", pk)


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
@step_up("accounts", back="panel:practitioner")
def verify_cover(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that the proof of malpractice cover was seen."""
    done = _("The malpractice cover is verified.")
    act(request, partial(panel.verify_cover, _of_office(request, pk)), done=done)
    return redirect("panel:practitioner", pk)


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
def unverify_cover(request: StaffRequest, pk: int) -> HttpResponse:
    """Take it back that the cover was seen."""
    done = _("The verification of the cover is taken back.")
    act(request, partial(panel.unverify_cover, _of_office(request, pk)), done=done)
    return redirect("panel:practitioner", pk)


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
@step_up("accounts", back="panel:practitioner")
def place(request: StaffRequest, pk: int) -> HttpResponse:
    """Say in which firm somebody is, whether they answer for it, and who is their mentor."""
    one = _of_office(request, pk)
    form = PlaceForm(request.POST, practitioner=one)
    done = _("It is kept. They are told.")
    acted = act(request, partial(place_practitioner, one), form=form, done=done)
    if acted.is_done:
        return redirect("panel:practitioner", pk)
    return _profile(request, _of_office(request, pk), place=form)


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
def note_training(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that somebody was trained in something of the office's list."""
    one = _of_office(request, pk)
    form = TrainedForm(request.POST, office=one.office)
    acted = act(request, partial(training.note_training, one), form=form, done=_("The training is noted."))
    return redirect("panel:practitioner", pk) if acted.is_done else _profile(request, one, trained=form)


def _of_office(request: StaffRequest, pk: int) -> Practitioner:
    rows = Practitioner.objects.select_related(*BESIDE)
    return get_object_or_404(rows, pk=pk, office=request.office)


# --- queues ---------------------------------------------------------------------------------------


@staff(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def queues(request: StaffRequest) -> HttpResponse:
    """Open a queue, and show those there are with how many cases wait in each."""
    form, status = QueueForm(posted(request)), 200
    if form.is_bound:
        done = _("The queue is open.")
        acted = act(request, partial(panel.open_queue, request.office), form=form, done=done, field="name")
        if acted.is_done:
            return redirect("panel:queues")
        status = acted.status
    return _queues(request, form=form, status=status)


def _queues(
    request: StaffRequest,
    *,
    form: QueueForm | None = None,
    renamed: QueueForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rows: list[dict[str, Any]] = []
    for row in queue_rows(request.office):
        own = renamed if renamed and renamed.prefix == f"queue-{row.queue.pk}" else QueueForm(queue=row.queue)
        rows.append({"row": row, "form": own})
    context = {"rows": rows, "form": form or QueueForm()}
    return render(request, "referrals/queues.html", context, status=status)


@staff(Role.ADMINISTRATOR)
@require_POST
def rename_queue(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a queue another name."""
    queue = get_object_or_404(Queue, pk=pk, office=request.office)
    form = QueueForm(request.POST, queue=queue)
    acted = act(
        request, partial(panel.rename_queue, queue), form=form, done=_("The name is changed."), field="name"
    )
    return redirect("panel:queues") if acted.is_done else _queues(request, renamed=form, status=acted.status)


@staff(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def queue_rules(request: StaffRequest, pk: int) -> HttpResponse:
    """Say which cases a queue is for, and show before it is kept which would stand in it now."""
    queue = get_object_or_404(Queue, pk=pk, office=request.office)
    form, status, takes = QueueRulesForm(posted(request), queue=queue), 200, queue.takes
    if form.is_bound and request.POST.get("press") == "save":
        acted = act(request, partial(panel.set_queue_rules, queue), form=form, done=_("It is kept."))
        if acted.is_done:
            return redirect("panel:queues")
        status = acted.status
    elif form.is_bound:
        takes, status = (form.cleaned_data["takes"], 200) if form.is_valid() else (takes, 422)
    preview = preview_of(takes, user=request.user, on=request.office.today(timezone.now()))
    context = {"queue": queue, "form": form, "preview": preview}
    return render(request, "referrals/queue_rules.html", context, status=status)


@staff(Role.ADMINISTRATOR)
@require_POST
def close_queue(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a queue take no more cases."""
    return _switch(request, pk, panel.close_queue, _("The queue takes no more cases."))


@staff(Role.ADMINISTRATOR)
@require_POST
def reopen_queue(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a closed queue take cases again."""
    return _switch(request, pk, panel.reopen_queue, _("The queue is open."))


def _switch(request: StaffRequest, pk: int, action: Callable[..., None], done: str) -> HttpResponse:
    act(request, partial(action, get_object_or_404(Queue, pk=pk, office=request.office)), done=done)
    return redirect("panel:queues")
