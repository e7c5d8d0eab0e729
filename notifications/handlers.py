from foundation.accounts.models import Invitation
from foundation.events.ledger import on
from foundation.events.models import Event
from notifications import actions


@on("accounts.invited", key="notifications.mail-invitation")
def mail_invitation(event: Event) -> None:
    """Mail the link to someone who was invited."""
    actions.notify_invited(Invitation.objects.get(pk=event.subject_id))
