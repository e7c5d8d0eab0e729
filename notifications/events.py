"""What happens to messages: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "notifications.message_failed": _("A message could not be sent"),
    "notifications.message_suppressed": _("A message was not sent"),
    "notifications.wording_written": _("The words of a message were written"),
    "notifications.wording_approved": _("A lawyer approved the words of a message"),
    "notifications.wording_ended": _("The words of a message are used no more"),
    "notifications.reach_changed": _("How someone may be reached was changed"),
    "notifications.reach_resumed": _("Messages may go out again: the way is safe"),
    "notifications.reach_stopped": _("Nothing may be sent to someone any more"),
}
EVERYDAY = {
    "notifications.reach_set": _("How someone may be reached was written down"),
    "notifications.message_sent": _("A message was sent"),
}
