"""What happens to the directory of other help: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "directory.organization_added": _("An organization was added to the directory"),
    "directory.organization_changed": _("An organization of the directory was changed"),
    "directory.organization_checked": _("An organization of the directory was checked"),
    "directory.organization_ended": _("An organization was taken out of the directory"),
    "directory.organization_brought_back": _("An organization was brought back into the directory"),
    "directory.list_imported": _("A list was imported into the directory"),
    "directory.import_undone": _("An import into the directory was undone"),
}
