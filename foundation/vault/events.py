"""What happens to what is opened: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "vault.kit_made": _("A key-recovery kit was made, and opened to try it"),
    "vault.alarm_raised": _("Someone opened unusually many files within an hour"),
}
