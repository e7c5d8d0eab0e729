"""What happens to the conflict check: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "conflicts.asked": _("The names were put to the conflict check"),
    "conflicts.answered": _("The conflict check answered"),
    "conflicts.hit_found": _("Two names that may be one person were found"),
    "conflicts.hit_decided": _("A person decided about two names"),
    "conflicts.hit_superseded": _("Two names are compared anew: one has changed"),
    "conflicts.check_decided": _("The conflict check was decided"),
    "conflicts.standing_changed": _("The names stand otherwise than before"),
    "conflicts.party_added": _("Someone was added to the matter"),
    "conflicts.party_removed": _("Someone was taken off the matter"),
    "conflicts.a_number_noted": _("The A-Number was noted"),
    "conflicts.own_list_added": _("A practitioner put names on their own list"),
    "conflicts.own_list_removed": _("A practitioner took a name off their own list"),
    "conflicts.fenced": _("Someone was kept off the matter"),
    "conflicts.fence_lifted": _("Someone was let back to the matter"),
    "conflicts.merged": _("Two requests were put together: one person asked twice"),
    "conflicts.parted": _("Two requests were taken apart again"),
}
