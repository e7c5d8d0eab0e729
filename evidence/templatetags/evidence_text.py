from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from evidence.search.lexemes import START, STOP

register = template.Library()


@register.filter
def marked(extract: str) -> SafeString:
    """Return an extract with what was found in <mark>, all else escaped."""
    safe = str(escape(extract))
    # Escaped above.
    return mark_safe(safe.replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S308  # nosec B308 B703
