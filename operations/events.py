"""What happens to the installation itself: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "operations.drill_passed": _("A backup was restored to try it, and everything was there"),
    "operations.deletions_replayed": _("What people had deleted was deleted again after a restore"),
}
