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
    "packets.declaration_begun": _("A declaration was begun"),
    "packets.paragraph_submitted": _("A paragraph of a declaration was handed in for review"),
    "packets.paragraph_approved": _("A paragraph of a declaration was approved"),
    "packets.paragraph_sent_back": _("Changes were wanted in a paragraph of a declaration"),
    "packets.paragraph_taken_out": _("A paragraph was taken out of a declaration"),
}
EVERYDAY = {
    "packets.paragraph_written": _("A paragraph of a declaration was written"),
    "packets.paragraph_moved": _("The paragraphs of a declaration were put in another order"),
    "packets.exhibit_changed": _("An exhibit of a packet was changed"),
    "packets.exhibit_moved": _("The exhibits of a packet were put in another order"),
    "packets.text_asked": _("Pages of an exhibit were to be read by text recognition"),
    "packets.text_read": _("Pages of an exhibit were read by text recognition"),
    "packets.text_failed": _("Pages of an exhibit could not be read by text recognition"),
    "packets.build_asked": _("A packet was to be built"),
}
