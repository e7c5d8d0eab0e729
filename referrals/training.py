"""What an office wants its practitioners to have learned, who did, and what it holds its panel to."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Office, User
from foundation.events.ledger import record
from foundation.refused import Refused
from referrals.access import check_administers, check_leads_panel
from referrals.models import PanelRules, Practitioner, Trained, Training


class TrainingListed(Refused):
    status = 409
    message = _("This training is on the list already.")


class TrainingOver(Refused):
    message = _("This training is on the list no more. Choose another.")


class TrainedAlready(Refused):
    status = 409
    message = _("This training is noted already. Take that note back first.")


class NotYet(Refused):
    message = _("That day is still to come.")


@transaction.atomic
def list_training(office: Office, *, name: str, by: User, at: datetime) -> Training:
    """Put a training on the office's list. Raises Forbidden for whoever leads no panel; TrainingListed."""
    check_leads_panel(by, office)
    try:
        with transaction.atomic():
            made = Training.objects.create(office=office, name=name)
    except IntegrityError as error:
        raise TrainingListed from error
    record("referrals.training_listed", made, by=by, at=at)
    return made


@transaction.atomic
def end_training(training: Training, *, by: User, at: datetime) -> None:
    """Take a training off the list; what is noted stays. Raises Forbidden for whoever leads no panel."""
    check_leads_panel(by, training.office)
    if Training.objects.filter(pk=training.pk, ended_at=None).update(ended_at=at):
        record("referrals.training_ended", training, by=by, at=at)


@transaction.atomic
def relist_training(training: Training, *, by: User, at: datetime) -> None:
    """Put a training on the list again. Raises Forbidden for whoever leads no panel."""
    check_leads_panel(by, training.office)
    if Training.objects.filter(pk=training.pk, ended_at__isnull=False).update(ended_at=None):
        record("referrals.training_relisted", training, by=by, at=at)


@transaction.atomic
def note_training(
    practitioner: Practitioner, *, training: Training, taken_on: date, by: User, at: datetime
) -> Trained:
    """Note that somebody was trained in something, on a day.

    Raises Forbidden for whoever leads no panel; TrainingOver; NotYet; TrainedAlready.
    """
    check_leads_panel(by, practitioner.office)
    if training.ended_at or training.office_id != practitioner.office_id:
        raise TrainingOver
    if taken_on > practitioner.office.today(at):
        raise NotYet
    of = {"office": practitioner.office, "practitioner": practitioner, "training": training}
    try:
        with transaction.atomic():
            made = Trained.objects.create(**of, taken_on=taken_on, noted_by=by, noted_at=at)
    except IntegrityError as error:
        raise TrainedAlready from error
    record("referrals.training_noted", practitioner, by=by, at=at, data={"training": training.pk})
    return made


@transaction.atomic
def drop_training(trained: Trained, *, by: User, at: datetime) -> None:
    """Take back that somebody was trained. Raises Forbidden for whoever leads no panel."""
    check_leads_panel(by, trained.office)
    if Trained.objects.filter(pk=trained.pk, dropped_at=None).update(dropped_at=at):
        data = {"training": trained.training_id}
        record("referrals.training_dropped", trained.practitioner, by=by, at=at, data=data)


@transaction.atomic
def set_panel_rules(office: Office, *, needs_cover: bool, by: User, at: datetime) -> None:
    """Say whether to offer to the covered alone. Raises Forbidden for whoever does not administer."""
    check_administers(by, office)
    rules, _is_new = PanelRules.objects.get_or_create(office=office)
    if rules.needs_cover == needs_cover:
        return
    PanelRules.objects.filter(pk=rules.pk).update(needs_cover=needs_cover)
    data = {"before": rules.needs_cover, "after": needs_cover}
    record("referrals.panel_rules_set", office, by=by, at=at, data=data)
