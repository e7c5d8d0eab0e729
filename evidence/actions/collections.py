"""Keep sources on one subject together."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evidence.access import documents_visible_to
from evidence.models import Collected, Collection, Document
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused


class SameName(Refused):
    status = 409
    message = _("The office has a collection of this name already.")


@transaction.atomic
def make_collection(*, name: str, by: User, at: datetime) -> Collection:
    """Start a collection that the whole office sees.

    Raises Forbidden for someone of no office; SameName where the office has one of this name.
    """
    if by.office is None:
        raise Forbidden
    made, new = Collection.objects.get_or_create(
        office=by.office, name=name, defaults={"made_by": by, "made_at": at}
    )
    if not new:
        raise SameName
    record("evidence.collection_made", made, by=by, at=at)
    return made


@transaction.atomic
def collect(document: Document, *, collection: Collection, by: User, at: datetime) -> None:
    """Put a source into a collection of the same office; twice is once.

    Raises Forbidden where document, collection and person are not of one office.
    """
    own = documents_visible_to(by).filter(pk=document.pk).exists()
    if not own or collection.office_id != document.office_id:
        raise Forbidden
    _collected, new = Collected.objects.get_or_create(
        collection=collection,
        document=document,
        defaults={"office_id": document.office_id, "added_by": by, "added_at": at},
    )
    if new:
        record("evidence.collected", document, by=by, at=at, data={"collection": str(collection.pk)})


@transaction.atomic
def uncollect(collected: Collected, *, by: User, at: datetime) -> None:
    """Take a source out of a collection; it stays in the library. Of two presses the second finds it out.

    Raises Forbidden for someone of another office.
    """
    if by.office is None or collected.office_id != by.office.pk:
        raise Forbidden
    gone, _models = Collected.objects.filter(pk=collected.pk).delete()
    if gone:
        data = {"collection": str(collected.collection_id)}
        record("evidence.uncollected", collected.document, by=by, at=at, data=data)
