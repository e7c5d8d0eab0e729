"""Packets for the court: put together, built, looked at, frozen, filed."""

import uuid
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import posted
from foundation.vault.opening import open_one
from packets import actions
from packets.access import may_compose, packets_visible_to
from packets.models import Exhibit, Lodging, Packet, PacketStatus, Volume
from packets.queries import brief_docx, in_order, index_docx, opened
from packets.recognizing import ask_texts
from workspace.files.views import handed_over
from workspace.packets.forms import (
    AddForm,
    AnswerForm,
    ArrangeForm,
    CoverForm,
    ExhibitForm,
    FollowForm,
    LodgeForm,
    OrderForm,
    initial_of,
)
from workspace.packets.queries import PURPOSE, adverse_of, choices_of, cover_for, packet_page, title_of
from workspace.packets.words import word_document
from workspace.visible import case_for

TEAM = (Role.ATTORNEY, Role.ASSISTANT)


@staff(*TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def packets(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a case's packets, and begin one."""
    case = case_for(request, pk)
    if request.method == "POST":
        action = partial(actions.begin_packet, case, cover=cover_for(case, request.user))
        acted = act(request, action, done=_("The packet is begun."))
        if acted.is_done:
            return redirect("workspace:packet-cover", acted.result.pk)
        return redirect("workspace:packets", pk)
    rows = [
        (packet, title_of(packet), PacketStatus(packet.status).badge)
        for packet in packets_visible_to(request.user).filter(case=case).select_related("made_by")
    ]
    context = {"case": case, "rows": rows, "may_compose": may_compose(request.user, case)}
    return render(request, "workspace/packets/packets.html", context)


@staff(*TEAM)
@require_safe
def packet(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a packet: its exhibits in order, the last build, what is to be looked at, how it was filed."""
    return _page(request, _packet(request, pk))


def _page(request: StaffRequest, one: Packet, *, status: int = 200, **forms: Any) -> HttpResponse:
    page = packet_page(one, user=request.user, today=one.case.office.today(timezone.now()))
    context: dict[str, Any] = {"page": page, "answer": forms.get("answer") or AnswerForm()}
    if page.can_change:
        context["add"] = forms.get("add") or AddForm(choices=choices_of(one, request.user))
        context["order"] = OrderForm(initial={"order": one.order})
    if page.can_file:
        context["lodge"] = forms.get("lodge") or LodgeForm()
    if page.can_follow:
        context["follow"] = forms.get("follow") or FollowForm()
    return render(request, "workspace/packets/packet.html", context, status=status)


@staff(*TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write what stands on a packet's cover."""
    one = _packet(request, pk)
    said = open_one(one, "cover", purpose=PURPOSE).cover
    begin = {**said, "filing_due": one.filing_due, "oldest_years": one.oldest_years}
    form, status = CoverForm(posted(request), initial=begin), 200
    if form.is_bound:
        acted = act(request, partial(actions.change_packet, one), form=form, done=_("The cover is kept."))
        if acted.is_done:
            return redirect("workspace:packet", pk)
        status = acted.status
    return render(request, "workspace/packets/cover.html", {"packet": one, "form": form}, status=status)


@staff(Role.ATTORNEY)
@require_POST
def add(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a file or a source in."""
    one = _packet(request, pk)
    form = AddForm(request.POST, choices=choices_of(one, request.user))
    acted = act(request, partial(actions.add_exhibit, one), form=form, done=_("It is in."), field="what")
    return (
        redirect("workspace:packet", pk)
        if acted.is_done
        else _page(request, one, status=acted.status, add=form)
    )


@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def exhibit(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write how an exhibit goes in and what it shows."""
    one = _exhibit(request, pk)
    about = open_one(one, "about", purpose=PURPOSE).about
    begin = {**initial_of(about), "how": one.how, "part": one.part, "adverse": one.adverse}
    form, status = ExhibitForm(posted(request), initial=begin, adverse=adverse_of(one)), 200
    if form.is_bound:
        acted = act(request, partial(actions.change_exhibit, one), form=form, done=_("The exhibit is kept."))
        if acted.is_done:
            return redirect("workspace:packet", one.packet_id)
        status = acted.status
    return render(request, "workspace/packets/exhibit.html", {"exhibit": one, "form": form}, status=status)


@staff(Role.ATTORNEY)
@require_POST
def move(request: StaffRequest, pk: uuid.UUID, way: str) -> HttpResponse:
    """Move an exhibit one place up or down."""
    if way not in ("up", "down"):
        raise Http404
    one = _exhibit(request, pk)
    act(request, partial(actions.move_exhibit, one, up=way == "up"))
    return redirect("workspace:packet", one.packet_id)


@staff(Role.ATTORNEY)
@require_POST
def take_out(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an exhibit out of its packet."""
    one = _exhibit(request, pk)
    act(request, partial(actions.take_out, one), done=_("It is taken out. The file or source stays."))
    return redirect("workspace:packet", one.packet_id)


@staff(Role.ATTORNEY)
@require_POST
def order(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Put the exhibits in an order that is reckoned."""
    one, form = _packet(request, pk), OrderForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["order"]
        ids = [each.pk for each in in_order(opened(one).rows, chosen)]
        act(
            request, partial(actions.order_exhibits, one, order=chosen, ids=ids), done=_("They are in order.")
        )
    return redirect("workspace:packet", pk)


@staff(Role.ATTORNEY)
@require_POST
def arrange(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Put the exhibits in the order in which they were dragged."""
    one, form = _packet(request, pk), ArrangeForm(request.POST)
    acted = act(request, partial(actions.order_exhibits, one), form=form, done=_("They are in order."))
    return redirect("workspace:packet", pk) if acted.is_done else _page(request, one, status=acted.status)


@staff(Role.ATTORNEY)
@require_POST
def build(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Have a packet built."""
    return _press(request, pk, actions.ask_build, _("It is being built."))


@staff(Role.ATTORNEY)
@require_POST
def read_texts(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Have pages that are pictures read by text recognition."""
    return _press(request, pk, ask_texts, _("Their pages are being read."))


@staff(Role.ATTORNEY)
@require_POST
def freeze(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Freeze a packet as it was built."""
    return _press(request, pk, actions.freeze, _("The packet is frozen."))


@staff(Role.ATTORNEY)
@require_POST
def thaw(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Open a frozen packet again."""
    return _press(request, pk, actions.thaw, _("The packet is open again."))


def _press(request: StaffRequest, pk: uuid.UUID, action: Any, done: str) -> HttpResponse:
    act(request, partial(action, _packet(request, pk)), done=done)
    return redirect("workspace:packet", pk)


@staff(Role.ATTORNEY)
@require_POST
def lodge(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down that a packet was filed."""
    one, form = _packet(request, pk), LodgeForm(request.POST)
    acted = act(request, partial(actions.lodge, one), form=form, done=_("It is noted as filed."))
    return (
        redirect("workspace:packet", pk)
        if acted.is_done
        else _page(request, one, status=acted.status, lodge=form)
    )


@staff(Role.ATTORNEY)
@require_POST
def answer(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down what the court did with a packet that was filed."""
    visible = packets_visible_to(request.user)
    lodging = get_object_or_404(
        Lodging.objects.select_related("packet__case__office"), pk=pk, packet__in=visible
    )
    form = AnswerForm(request.POST)
    acted = act(request, partial(actions.note_answer, lodging), form=form, done=_("It is noted."))
    if acted.is_done:
        return redirect("workspace:packet", lodging.packet_id)
    return _page(request, _packet(request, lodging.packet_id), status=acted.status, answer=form)


@staff(Role.ATTORNEY)
@require_POST
def follow(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Begin the packet that follows a filed one."""
    one, form = _packet(request, pk), FollowForm(request.POST)
    acted = act(request, partial(actions.follow_packet, one), form=form, done=_("The next packet is begun."))
    if acted.is_done:
        return redirect("workspace:packet", acted.result.pk)
    return _page(request, one, status=acted.status, follow=form)


@staff(*TEAM)
@require_safe
def volume(request: StaffRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """Hand over one volume of a build; the reading is on record."""
    visible = packets_visible_to(request.user)
    rows = Volume.objects.select_related("stored")
    one = get_object_or_404(rows, build_id=pk, number=number, build__packet__in=visible)
    return handed_over(one.stored, purpose=PURPOSE, name=f"packet-volume-{number}")


@staff(*TEAM)
@require_safe
def index(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand over the index as a Word document."""
    return word_document(index_docx(opened(_packet(request, pk))), "index")


@staff(*TEAM)
@require_safe
def brief(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand over a brief's table of what is stated and the exhibits for it as a Word document."""
    return word_document(brief_docx(opened(_packet(request, pk))), "evidence-by-point")


def _packet(request: StaffRequest, pk: uuid.UUID) -> Packet:
    rows = packets_visible_to(request.user).select_related("case__office", "case__applicant", "follows")
    return get_object_or_404(rows, pk=pk)


def _exhibit(request: StaffRequest, pk: uuid.UUID) -> Exhibit:
    rows = Exhibit.objects.select_related("packet__case__office", "snapshot")
    return get_object_or_404(rows, pk=pk, packet__in=packets_visible_to(request.user))
