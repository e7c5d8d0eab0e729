"""What a person decides about stuck work: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "work.retried": _("Stuck work was put back in line"),
    "work.given_up": _("Stuck work was given up"),
}
