"""Write and approve the words of letters; write one to a person, and note how it reached them."""

from datetime import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from foundation.accounts.models import Office, User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from letters.access import may_approve, may_write_letters, may_write_templates
from letters.kinds import left_in, unknown_in
from letters.models import Letter, ReachedHow, Template
from notifications.models import NOT_SAFE, Wording
from notifications.queries import reach_of
from notifications.versions import next_number, note_approval, note_end


class UnknownBraces(Refused):
    message = _("This stands in braces and is none of the fields: {what}.")


class LeftOpen(Refused):
    message = _("Write what belongs in the place of: {what}.")


class NotFit(Refused):
    status = 409
    message = _("These words are not in use: a lawyer must approve them, or they were ended.")


class NotYourOwn(Refused):
    message = _("Somebody else must approve what you wrote.")


class Decided(Refused):
    status = 409
    message = _("This was decided already.")


class NotSafe(Refused):
    message = _("They said that this way is not safe any more: hand it over in person, or read it to them.")


@transaction.atomic
def write_template(
    office: Office, *, kind: str, language: str, text: str, by: User, at: datetime
) -> Template:
    """Write the next version of a letter's words. Raises Forbidden; UnknownBraces."""
    if not may_write_templates(by, office):
        raise Forbidden
    if unknown := unknown_in(text):
        raise UnknownBraces(_said(UnknownBraces, unknown))
    Office.objects.select_for_update(of=("self",)).get(pk=office.pk)  # two writers get two numbers
    same = Template.objects.filter(office=office, kind=kind, language=language)
    template = Template.objects.create(
        office=office,
        kind=kind,
        language=language,
        number=next_number(same),
        text=text,
        written_by=by,
        written_at=at,
    )
    data = {"kind": kind, "language": language, "number": template.number}
    record("letters.template_written", template, by=by, at=at, data=data)
    return template


@transaction.atomic
def approve_template(template: Template, *, by: User, at: datetime) -> None:
    """Note that a lawyer read these words and approves them. Raises Forbidden; NotYourOwn; Decided."""
    approve_version(template, by=by, at=at)
    record("letters.template_approved", template, by=by, at=at)


def approve_version(version: Template | Wording, *, by: User, at: datetime) -> None:
    """Note a lawyer's approval, of a letter's words or a message's. Raises Forbidden; NotYourOwn; Decided."""
    if not may_approve(by, version.office):
        raise Forbidden
    if version.written_by_id == by.pk:
        raise NotYourOwn
    if not note_approval(version, by=by, at=at):
        raise Decided


@transaction.atomic
def end_template(template: Template, *, by: User, at: datetime) -> None:
    """Use these words no more; an older version that is fit is used again. Raises Forbidden; Decided."""
    if not may_write_templates(by, template.office):
        raise Forbidden
    if not note_end(template, by=by, at=at):
        raise Decided
    record("letters.template_ended", template, by=by, at=at)


@transaction.atomic
def write_letter(case: Case, *, template: Template, text: str, by: User, at: datetime) -> Letter:
    """Write a letter to the person of a case. Raises Forbidden; NotFit; LeftOpen."""
    if not may_write_letters(by, case) or template.office_id != case.office_id:
        raise Forbidden
    if not template.is_fit:
        raise NotFit
    if left := left_in(text):
        raise LeftOpen(_said(LeftOpen, left))
    letter = Letter.objects.create(
        **case.matter.columns,
        case=case,
        template=template,
        kind=template.kind,
        language=template.language,
        text=text,
        made_by=by,
        made_at=at,
    )
    record("letters.letter_made", letter, by=by, at=at, data={"case": str(case.pk), "kind": letter.kind})
    return letter


@transaction.atomic
def note_given(letter: Letter, *, how: str, by: User, at: datetime) -> None:
    """Note how a letter reached the person. Raises Forbidden; NotSafe; Decided."""
    if not may_write_letters(by, letter.case):
        raise Forbidden
    reach = reach_of(letter.matter_id)
    if how == ReachedHow.SAFE_WAY and reach and reach.stopped in NOT_SAFE:
        raise NotSafe
    waiting = Letter.objects.filter(pk=letter.pk, given_at=None, dropped_at=None)
    if not waiting.update(given_how=how, given_by=by, given_at=at):
        raise Decided
    record("letters.letter_given", letter, by=by, at=at, data={"case": str(letter.case_id), "how": how})


@transaction.atomic
def drop_letter(letter: Letter, *, by: User, at: datetime) -> None:
    """Put a letter away that nobody has yet. Raises Forbidden; Decided."""
    if not may_write_letters(by, letter.case):
        raise Forbidden
    waiting = Letter.objects.filter(pk=letter.pk, given_at=None, dropped_at=None)
    if not waiting.update(dropped_by=by, dropped_at=at):
        raise Decided
    record("letters.letter_dropped", letter, by=by, at=at, data={"case": str(letter.case_id)})


def _said(refusal: type[Refused], names: list[str]) -> object:
    return format_lazy(refusal.message, what=", ".join(names))
