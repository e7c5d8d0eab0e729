"""What happens to the screening: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "screening.screened": _("The answers were screened"),
    "screening.confirmed": _("A person confirmed the screening"),
    "screening.overridden": _("A person departed from the screening"),
}
