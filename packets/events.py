"""What happens to packets: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "packets.packet_begun": _("A court packet was begun"),
    "packets.packet_changed": _("What stands on a packet's cover was changed"),
    "packets.exhibit_added": _("An exhibit was put into a packet"),
    "packets.exhibit_taken_out": _("An exhibit was taken out of a packet"),
    "packets.built": _("A packet was built"),
    "packets.build_failed": _("A packet could not be built"),
    "packets.frozen": _("A packet was frozen"),
    "packets.thawed": _("A frozen packet was opened again"),
    "packets.filed": _("A packet was filed"),
    "packets.filing_accepted": _("The court took a packet that was filed"),
    "packets.filing_rejected": _("The court sent back a packet that was filed"),
    "packets.superseded": _("A filed packet was followed by another"),
}
EVERYDAY = {
    "packets.exhibit_changed": _("An exhibit of a packet was changed"),
    "packets.exhibit_moved": _("The exhibits of a packet were put in another order"),
    "packets.build_asked": _("A packet was to be built"),
}
