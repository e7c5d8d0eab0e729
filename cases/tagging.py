"""The office's own tags, and the cases they mark."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.access import is_caseworker_of
from cases.ending import lock_open
from cases.models import Case, CaseTag, Tag
from foundation.accounts.models import Office, User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused

MOST_TAGS = 60


class TagThere(Refused):
    status = 409
    message = _("The list has this tag already.")


class TagEnded(Refused):
    status = 409
    message = _("This tag was ended. Choose another one.")


class TooManyTags(Refused):
    message = _("The list is full. End a tag that nobody needs first.")


def tags_of(office: Office) -> QuerySet[Tag]:
    """Return the tags that an office marks cases with now."""
    return Tag.objects.filter(office=office, ended_at=None)


@transaction.atomic
def make_tag(office: Office, *, name: str, by: User, at: datetime) -> Tag:
    """Add a tag to the office's list. Raises TagThere, TooManyTags."""
    if tags_of(office).count() >= MOST_TAGS:
        raise TooManyTags
    try:
        with transaction.atomic():
            tag = Tag.objects.create(office=office, name=name.strip(), made_by=by, made_at=at)
    except IntegrityError:
        raise TagThere from None
    record("cases.tag_made", tag, by=by, at=at)
    return tag


@transaction.atomic
def end_tag(tag: Tag, *, by: User, at: datetime) -> None:
    """Take a tag off the list; the cases it marks keep it as their history, and no list goes by it."""
    if Tag.objects.filter(pk=tag.pk, ended_at=None).update(ended_at=at):
        tag.ended_at = at
        record("cases.tag_ended", tag, by=by, at=at)


@transaction.atomic
def tag_case(case: Case, *, tag: Tag, by: User, at: datetime) -> bool:
    """Mark an open case with a tag; tell whether it was not marked before.

    Raises Forbidden for whoever is no caseworker there, TagEnded, and CaseOver.
    """
    if not is_caseworker_of(by, case) or tag.office_id != case.office_id:
        raise Forbidden
    if not Tag.objects.filter(pk=tag.pk, ended_at=None).exists():
        raise TagEnded
    lock_open(case.pk)
    if CaseTag.objects.filter(case=case, tag=tag, removed_at=None).exists():
        return False
    CaseTag.objects.create(**case.matter.columns, case=case, tag=tag, tagged_by=by, tagged_at=at)
    record("cases.tagged", case, by=by, at=at, data={"tag": tag.pk})
    return True


@transaction.atomic
def untag_case(case: Case, *, tag: Tag, by: User, at: datetime) -> bool:
    """Take a tag off a case; tell whether it was marked.

    Raises Forbidden for whoever is no caseworker there.
    """
    if not is_caseworker_of(by, case):
        raise Forbidden
    gone = CaseTag.objects.filter(case=case, tag=tag, removed_at=None).update(removed_at=at)
    if gone:
        record("cases.untagged", case, by=by, at=at, data={"tag": tag.pk})
    return bool(gone)
