from django.urls import reverse

from foundation.accounts.models import Invitation, Membership, Role, User
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


@on("vault.alarm_raised", key="notifications.tell-administrators-of-reading")
def tell_administrators(event: Event) -> None:
    """Tell the office's administrators that someone opens unusually many matters."""
    members = Membership.objects.filter(
        office_id=event.office_id or 0, role=Role.ADMINISTRATOR, user__is_active=True
    )
    for membership in members.select_related("user"):
        actions.notify_user(membership.user, kind="reading_alarm", link="/home/", at=event.at)
