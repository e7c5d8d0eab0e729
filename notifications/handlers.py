from django.urls import reverse

from foundation.accounts.models import Invitation, Membership, Restoration, Role, User
from foundation.events.ledger import on
from foundation.events.models import Event
from notifications import actions


@on("accounts.invited", key="notifications.mail-invitation")
def mail_invitation(event: Event) -> None:
    """Mail the link to someone who was invited."""
    for invitation in Invitation.objects.filter(pk=event.subject_id):  # it may be gone since
        actions.notify_invited(invitation)


@on("accounts.tries_slowed", key="notifications.tell-of-tries")
def tell_of_tries(event: Event) -> None:
    """Tell someone that others try to sign in as them."""
    for user in User.objects.filter(pk=event.subject_id, is_active=True):
        actions.notify_user(user, kind="tries_slowed", link=reverse("mfa_index"), at=event.at)


@on("accounts.restore_asked", key="notifications.tell-of-restore-asked")
def tell_of_restore_asked(event: Event) -> None:
    """Tell whom it is about, and whoever may be the second person."""
    asked = Restoration.objects.select_related("user").filter(pk=event.subject_id).first()
    if asked is None:
        return
    actions.notify_user(asked.user, kind="own_restore_asked", link=reverse("mfa_index"), at=event.at)
    for user in _colleagues(asked):
        if user.pk not in (asked.user_id, asked.asked_by_id):
            actions.notify_user(user, kind="restore_asked", link=reverse("restorations"), at=event.at)


@on("accounts.restored", key="notifications.tell-of-restored")
def tell_of_restored(event: Event) -> None:
    """Tell whom it is about, the two who did it, and every administrator."""
    done = Restoration.objects.select_related("user").filter(pk=event.subject_id).first()
    if done is None:
        return
    actions.notify_user(done.user, kind="own_restored", link=reverse("mfa_index"), at=event.at)
    for user in _colleagues(done):
        is_told = user.pk in (done.asked_by_id, done.confirmed_by_id) or user.has_role(Role.ADMINISTRATOR)
        if is_told and user.pk != done.user_id:
            actions.notify_user(user, kind="restored", link=reverse("home"), at=event.at)


def _colleagues(about: Restoration) -> list[User]:
    members = Membership.objects.filter(office_id=about.office_id, user__is_active=True)
    return [member.user for member in members.select_related("user").order_by("pk")]


@on("vault.alarm_raised", key="notifications.tell-administrators-of-reading")
def tell_of_readings(event: Event) -> None:
    """Tell others of the office that someone reads unusually many matters, and lead them to what it was.

    What the program itself did is nobody's own readings: that leads to the list of all who read.
    """
    kind, _colon, reader = event.actor.partition(":")
    is_person = kind == "user" and reader.isdecimal()
    link = reverse("workspace:readings-of", args=[reader]) if is_person else reverse("workspace:readings")
    for user in watchers(event.office_id or 0, reader if is_person else ""):
        actions.notify_user(user, kind="reading_alarm", link=link, at=event.at)


def watchers(office_id: int, reader: str) -> list[User]:
    """Return who hears of somebody's readings: security officers, else administrators, else caseworkers.

    Never the reader: of an administrator whom nobody else watches the caseworkers hear.
    """
    members = Membership.objects.filter(office_id=office_id, user__is_active=True).select_related("user")
    others = [member for member in members if str(member.user_id) != reader]
    for role in (Role.SECURITY, Role.ADMINISTRATOR, Role.CASEWORKER):
        if watching := [member.user for member in others if role in member.roles]:
            return watching
    return []
