"""What happens to messages: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "notifications.message_failed": _("A message could not be sent"),
    "notifications.message_retried": _("A message was put back in line"),
}
EVERYDAY = {
    "notifications.message_sending": _("A message is being sent"),
    "notifications.message_sent": _("A message was sent"),
    "notifications.message_delayed": _("A message waits for another try"),
}
