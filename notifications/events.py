"""What happens to messages: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "notifications.message_failed": _("A message could not be sent"),
}
EVERYDAY = {
    "notifications.message_sent": _("A message was sent"),
}
