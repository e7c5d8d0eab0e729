"""What happens to letters: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "letters.template_written": _("The words of a letter were written"),
    "letters.template_approved": _("A lawyer approved the words of a letter"),
    "letters.template_ended": _("The words of a letter are used no more"),
    "letters.letter_made": _("A letter to the person was written"),
    "letters.letter_given": _("A letter reached the person"),
    "letters.letter_dropped": _("A letter was put away before the person had it"),
}
