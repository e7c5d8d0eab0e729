"""What happens to sources, points and citations: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "evidence.document_added": _("A source was added to the library"),
    "evidence.details_confirmed": _("A source's details were confirmed"),
    "evidence.claim_point_added": _("A point to prove was written down"),
    "evidence.passage_cited": _("A passage was cited"),
    "evidence.citation_withdrawn": _("A citation was withdrawn"),
    "evidence.link_asked": _("A page was asked for"),
    "evidence.link_kept": _("A page was fetched into the library"),
    "evidence.link_refused": _("A page could not be fetched"),
    "evidence.link_removed": _("A page or file that could not be read was taken off the list"),
    "evidence.file_sent": _("A file was sent to the library"),
    "evidence.file_kept": _("A file was read into the library"),
    "evidence.file_refused": _("A file could not be read"),
    "evidence.passages_marked": _("The passages of a source were marked"),
    "evidence.source_assessed": _("A source was assessed"),
    "evidence.recognition_asked": _("Pages were to be read by text recognition"),
    "evidence.recognized": _("Pages were read by text recognition"),
    "evidence.collection_made": _("A collection was started"),
    "evidence.collected": _("A source was put into a collection"),
    "evidence.uncollected": _("A source was taken out of a collection"),
    "evidence.source_drifted": _("A source is no longer as it was kept"),
}
