"""A practitioner takes a file of names into their own list: first what would come of it; and back again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conflicts.actions import keep_own_list, leave_own_list
from conflicts.queries import own_list
from conflicts.rules import UnusableName, analyse
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from foundation.sheets import BadLine, lines_of
from referrals.models import ListImport

COLUMNS = ("name",)
LONGEST = 400


class NothingNew(Refused):
    message = gettext_lazy("Every name of this file is on your list already.")


class ListUndone(Refused):
    status = 409
    message = gettext_lazy("This import was undone already.")


@dataclass(frozen=True)
class ReadNames:
    """A file of names as it was read: those that are new, those on the list already; `bad` stop it all."""

    names: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)

    @property
    def may_come_in(self) -> bool:
        return bool(self.names) and not self.bad


def read_names(text: str, user: User) -> ReadNames:
    """Read a file of names beside somebody's own list. Raises NotAList where it is no table of ours."""
    known = {one.name.casefold() for one in own_list(user)}
    read = ReadNames()
    for number, cells in lines_of(text, columns=COLUMNS, needed=COLUMNS):
        name = " ".join(cells["name"].split())
        if why := _fault(name):
            read.bad.append(BadLine(number, "name", why))
        elif name.casefold() in known:
            read.same.append(name)
        else:
            known.add(name.casefold())
            read.names.append(name)
    return read


def _fault(name: str) -> str:
    """Return what is wrong with a name, "" where it can be compared."""
    if not name:
        return _("The name is missing.")
    if len(name) > LONGEST or any(ord(char) < 32 for char in name):
        return _("This cannot be a name.")
    try:
        analyse(name)
    except UnusableName:
        return _("This has no word that can be compared.")
    return ""


@transaction.atomic
def import_own_list(names: Sequence[str], *, by: User, at: datetime) -> ListImport:
    """Put the names of a file on somebody's own list, at once.

    Raises Forbidden for somebody of no office; NotAName for a text without a word to compare; NothingNew.
    """
    if by.office is None:
        raise Forbidden
    known = {one.pk for one in own_list(by)}
    if not names:
        raise NothingNew
    keep_own_list(names, by=by, at=at)
    parties = [one.pk for one in own_list(by) if one.pk not in known]
    made = ListImport.objects.create(office=by.office, user=by, parties=parties, imported_at=at)
    record("referrals.own_list_imported", made, by=by, at=at, data={"names": len(parties)})
    return made


@transaction.atomic
def undo_own_list_import(batch: ListImport, *, by: User, at: datetime) -> int:
    """Take the names of an import off one's own list; return how many. Those taken off since stay off.

    Raises Forbidden for anybody else; ListUndone.
    """
    if batch.user_id != by.pk:
        raise Forbidden
    if not ListImport.objects.filter(pk=batch.pk, undone_at=None).update(undone_at=at):
        raise ListUndone
    there = {one.pk for one in own_list(by)}
    left = [pk for pk in batch.parties if pk in there]
    _take_off(left, by=by, at=at)
    record("referrals.own_list_import_undone", batch, by=by, at=at, data={"names": len(left)})
    return len(left)


def _take_off(parties: Iterable[object], *, by: User, at: datetime) -> None:
    for pk in parties:
        leave_own_list(pk, by=by, at=at)  # type: ignore[arg-type]
