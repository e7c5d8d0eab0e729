"""What happens to the record of what happened: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "events.restored": _("The record of what happened was restored from a backup"),
    "events.readings_let_go": _("Old records of who opened what went by their age; their seals stay"),
}
