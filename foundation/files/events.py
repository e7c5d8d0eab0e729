"""What happens to files people send: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "files.received": _("A file was sent"),
    "files.rebuilt": _("A file was rebuilt without what could harm"),
    "files.refused": _("A file was not taken"),
    "files.taken_back": _("A file was taken back by whoever sent it"),
}
