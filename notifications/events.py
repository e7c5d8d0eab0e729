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
    "notifications.message_plain": _("A message could not say the day it is about"),
    "notifications.message_returned": _("A message did not arrive"),
    "notifications.reply_received": _("The person wrote to us"),
    "notifications.reply_translated": _("A translation was put beside what the person wrote"),
    "notifications.reply_answered": _("What the person wrote was settled"),
    "notifications.reply_placed": _("What somebody wrote was put on a case"),
    "notifications.draft_kept": _("A draft to the person was kept"),
    "notifications.draft_sent": _("A draft was sent to the person"),
}
EVERYDAY = {
    "notifications.subscribed": _("Somebody asked to be told of what is new in a list"),
    "notifications.unsubscribed": _("Somebody wants no more to be told of what is new in a list"),
    "notifications.mails_chosen": _("Somebody chose what is mailed to them"),
    "notifications.reach_set": _("How someone may be reached was written down"),
    "notifications.message_sent": _("A message was sent"),
}
