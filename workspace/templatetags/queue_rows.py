"""The rows of the queue, written without a template for each cell of fifty (ADR 77).

What only codes decide is written once and kept; a person's name never is.
"""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.badges import Badge
from workspace.queue.queries import CaseRow, Chip
from workspace.when import When

register = template.Library()
NOTHING = SafeString("")


@register.simple_tag
def queue_rows(rows: Iterable[CaseRow], can_change: bool) -> SafeString:
    """Write a row for each case, with a box to tick for whoever may change them."""
    tick, interpreter = (_("Tick"), _drawn("globe", _("interpreter"))) if rows else ("", NOTHING)
    return format_html_join(
        "\n", "{}", ((_row(row, tick if can_change else "", interpreter),) for row in rows)
    )


def _row(row: CaseRow, tick: str, interpreter: SafeString) -> SafeString:
    return format_html(
        '<tr>{}<td class="c-band">{}</td>'
        '<td class="c-name"><a href="{}"><bdi>{}</bdi></a></td>'
        '<td class="c-ref"><span class="code">{}</span></td>'
        '<td class="c-next">{}{}</td><td class="c-date">{}</td>'
        '<td class="c-chips"><span class="chips">{}{}</span></td>'
        '<td class="c-lang">{}{}</td><td class="c-from">{}</td><td class="c-st">{}</td>'
        '<td class="c-acts">{} <span class="since">{}</span></td><td class="c-cw">{}</td></tr>',
        _box(row, tick) if tick else NOTHING,
        _band(row.band),
        row.address,
        row.person,
        row.reference,
        NOTHING if row.when else f"{row.status.label} ",
        row.next_short,
        _when(row.when, row.what) if row.when else NOTHING,
        format_html_join("", "{}", ((_chip(chip),) for chip in row.chips)),
        format_html_join(
            "", '<span class="chip tag"><span dir="auto">{}</span></span>', ((tag,) for tag in row.tags)
        ),
        row.language,
        interpreter if row.interpreter else NOTHING,
        row.country,
        row.state,
        format_html('<span class="you">{}</span>', row.acts) if row.is_mine else row.acts,
        row.since,
        _face(row.initials, row.caseworker) if row.caseworker else NOTHING,
    )


def _box(row: CaseRow, tick: str) -> SafeString:
    return format_html(
        '<td class="c-box"><label>'
        '<input type="checkbox" name="case" value="{}" aria-label="{} {}"></label></td>',
        row.id,
        tick,
        row.person,
    )


@lru_cache(maxsize=1024)
def _when(when: When, what: str) -> SafeString:
    drawn = _icon(when.icon) if when.icon else NOTHING
    return format_html(
        '<span class="when {}">{}{}</span> <span class="what">{}</span>', when.tone, drawn, when.words, what
    )


@lru_cache(maxsize=64)
def _band(band: Badge) -> SafeString:
    return format_html('<span class="band {}">{}{}</span>', band.tone, _icon(band.icon), band.label)


@lru_cache(maxsize=512)
def _chip(chip: Chip) -> SafeString:
    return format_html(
        '<span class="chip {}">{}<span>{}</span></span>', chip.tone, _icon(chip.icon), chip.words
    )


def _face(initials: str, name: str) -> SafeString:
    """Write who of the office's own people has a case."""
    return format_html(
        '<span class="face" aria-hidden="true">{}</span> <span class="cw-name">{}</span>', initials, name
    )


def _icon(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', _sprite(), name)


@lru_cache(maxsize=16)
def _drawn(icon: str, words: str) -> SafeString:
    return format_html(
        ' <svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', words, _sprite(), icon
    )


def _sprite() -> str:
    return static("icons/sprite.svg")
