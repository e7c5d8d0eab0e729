"""Why a case is not offered, or an offer not answered, in words for whoever asked."""

from django.utils.translation import gettext_lazy as _

from foundation.refused import Refused


class NotAvailable(Refused):
    message = _(
        "This practitioner is full, away, has paused offers, has no verified credentials or cover, or can no"
        " longer sign in."
    )


class NotTrained(Refused):
    message = _("The queue asks for a training that this practitioner does not have.")


class NamesNotClear(Refused):
    message = _("The names of this case are not clear. Nobody can be offered it before they are.")


class KeptOff(Refused):
    message = _("This practitioner is kept off this case.")


class NotForThem(Refused):
    message = _("They cannot be asked about this case, or said no to it already. Ask your office.")


class NamesNotChecked(Refused):
    message = _("Look at the names first and check them against your own clients.")


class NoRoom(Refused):
    status = 409
    message = _("You already hold as many cases as you said you can take. Give one back first, or decline.")


class OnYourList(Refused):
    message = _("A name here may be one on your own list. Decide about it first.")


class OnTheirList(Refused):
    message = _(
        "Their own list was not compared yet, or a name here may be one on it. They must look themselves."
    )


class CascadeRuns(Refused):
    status = 409
    message = _("Practitioners are being asked in turn already. Stop that first.")


class NobodyListed(Refused):
    message = _("Choose at least one practitioner.")


class NotQueued(Refused):
    status = 409
    message = _("Somebody is being asked already, or has taken the case.")


class SaidConflict(Refused):
    message = _("This practitioner said that they have a conflict in this case.")


class NotFit(Refused):
    message = _(
        "Credentials or malpractice cover have run out or are not verified. Have your office look them up"
        " first."
    )


class PausedAlready(Refused):
    status = 409
    message = _("The clock of this offer was stopped once already.")


class NotPaused(Refused):
    status = 409
    message = _("The clock of this offer runs.")


class TellsWho(Refused):
    message = _("The summary tells who it is.")


class WrittenMeanwhile(Refused):
    status = 409
    message = _("Somebody wrote it anew meanwhile. What stands now is beside yours: put them together.")


class TooManyQuestions(Refused):
    message = _("Ten questions were asked about this offer. Call the office, or answer.")


class AnsweredAlready(Refused):
    status = 409
    message = _("A colleague answered this meanwhile. Their answer stands below.")


class AskedAlready(Refused):
    status = 409
    message = _("A colleague is asked already. Take that back first, or wait for their answer.")
