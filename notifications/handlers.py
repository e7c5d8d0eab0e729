from foundation.accounts.models import Invitation, Membership, Role, User
from foundation.events.ledger import on
from foundation.events.models import Event
from notifications import actions


@on("accounts.invited", key="notifications.mail-invitation")
def mail_invitation(event: Event) -> None:
    """Mail the link to someone who was invited."""
    for invitation in Invitation.objects.filter(pk=event.subject_id):  # it may be gone since
        actions.notify_invited(invitation)


@on("vault.alarm_raised", key="notifications.tell-administrators-of-reading")
def tell_of_readings(event: Event) -> None:
    """Tell others of the office that someone reads unusually many matters, and lead them to what it was."""
    reader = event.actor.removeprefix("user:")
    for user in watchers(event.office_id or 0, reader):
        actions.notify_user(user, kind="reading_alarm", link=f"/readings/{reader}/", at=event.at)


def watchers(office_id: int, reader: str) -> list[User]:
    """Return who hears of somebody's readings: other administrators, or caseworkers where there is none."""
    members = Membership.objects.filter(office_id=office_id, user__is_active=True).select_related("user")
    others = [member for member in members if str(member.user_id) != reader]
    for role in (Role.ADMINISTRATOR, Role.CASEWORKER):
        if watching := [member.user for member in others if member.role == role]:
            return watching
    return []
