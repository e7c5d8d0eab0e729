"""What happens to the installation itself: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "operations.drill_passed": _("A backup was restored to try it, and everything was there"),
    "operations.deletions_replayed": _("What people had deleted was deleted again after a restore"),
    "operations.original_let_go": _("A file as it was sent was removed after its time; its safe copy stays"),
}
