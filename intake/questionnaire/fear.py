"""G. Why somebody is afraid. All of it may be skipped with one button; no helper is asked."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from intake.questionnaire.asking import after
from intake.questionnaire.fields import (
    NO,
    SKIP,
    TALK,
    YES,
    YES_NO,
    YES_NO_UNSURE,
    one_of,
    paragraph,
    some_of,
    text,
)
from intake.questionnaire.page import NARRATIVE, NARRATIVE_HIGH, PageForm, Section
from intake.told import JUVENILE, Told

SECTION = Section("G", _("Why you are afraid"))


def may_tell(told: Told) -> bool:
    """not through a helper"""
    return not told.through_helper


def tells(told: Told) -> bool:
    """not through a helper, and the section was not skipped"""
    return may_tell(told) and not told.get("skips_story") and not told.says("harm_past", "talk")


def needs_other_way(told: Told) -> bool:
    """not afraid, and asks for nothing that protects: before anyone says no"""
    return may_tell(told) and told.says("fear", "no") and not told.asks_for_protection


def hurt_here(told: Told) -> bool:
    """as the section, or not afraid and asks for nothing that protects"""
    return tells(told) or needs_other_way(told)


def is_young(told: Told) -> bool:
    """under 21 or no birth date, and as the question before"""
    return hurt_here(told) and (told.age is None or told.age < JUVENILE)


def is_invited(told: Told) -> bool:
    """staff invited the person, once the conflict check was clear"""
    return bool(told.get("story_is_open")) and may_tell(told)


@SECTION.page(
    79,
    "harm",
    _("Has anyone hurt you, or said they would, in your country?"),
    asked=may_tell,
    why="claim outline, grounds, never scored; match to a lawyer; talk: the rest of the section is skipped",
    privacy=NARRATIVE,
    i589="B.1",
    skipping={"harm_past": "", "harm_who": [], "harm_why": [], "skips_story": "yes"},
)
class Harm(PageForm):
    main = "harm_past"
    harm_past = one_of([YES, NO, TALK], required=False)
    harm_who = some_of(
        [
            ("state", _("Police, army or government")),
            ("gang", _("A gang")),
            ("family", _("Family or partner")),
            ("group", _("Another group")),
            ("other", _("Other")),
            SKIP,
        ],
        label=_("Who did it, or who are you afraid of?"),
        required=False,
    )
    harm_why = some_of(
        [
            ("race", _("Race or tribe")),
            ("religion", _("Religion")),
            ("nationality", _("Country or language")),
            ("politics", _("Politics")),
            ("family", _("My family")),
            ("gender", _("Being a woman")),
            ("love", _("Who I love, or my gender")),
            ("other", _("Other")),
            ("unsure", _("I don't know")),
            SKIP,
        ],
        label=_("Why do you think they chose you?"),
        required=False,
    )


@SECTION.page(
    80,
    "torture_elsewhere",
    _("Are you afraid the government would torture you, or let others do it?"),
    asked=tells,
    why="Convention Against Torture; resettlement, for a lawyer",
    privacy=NARRATIVE,
    i589="B.4, C.2.A-B",
)
class TortureElsewhere(PageForm):
    main = "torture"
    PARTS: ClassVar = dict.fromkeys(
        ("other_country_name", "other_country_long"), after("other_country", "yes", against="no")
    )
    torture = one_of([*YES_NO_UNSURE, SKIP], required=False)
    other_country = one_of(
        YES_NO,
        label=_("Did you live in another country before you came here?"),
        required=False,
        hint=_("Not the country you fled from."),
    )
    other_country_name = text(_("Which country?"), limit=200, required=False)
    other_country_long = text(_("How long?"), limit=100, required=False)


@SECTION.page(
    49,
    "us_harm",
    _("Has anyone in the United States hurt you, made you work, or kept your pay or papers?"),
    asked=hurt_here,
    why="T, U, VAWA",
    privacy=NARRATIVE,
)
class UsHarm(PageForm):
    us_harm = one_of([YES, NO, TALK], required=False)


@SECTION.page(
    50,
    "child_parent",
    _("Is there a parent you cannot live with because they hurt you, left you or died?"),
    asked=is_young,
    why="special immigrant juvenile",
    privacy=NARRATIVE,
)
class ChildParent(PageForm):
    child_parent = one_of([YES, NO, SKIP], required=False)


@SECTION.page(
    51,
    "arrests",
    _("Have the police ever arrested you, in any country?"),
    hint=_("You can wait and tell a lawyer."),
    asked=tells,
    why="bars; for the attorney only, never scored",
    privacy=NARRATIVE_HIGH,
    i589="B.2, C.6",
)
class Arrests(PageForm):
    arrests = one_of([YES, NO, ("lawyer", _("I will tell a lawyer"))], required=False)


@SECTION.page(
    52,
    "story",
    _("Is there something you want to tell us now?"),
    hint=_("You do not have to tell your story here. A few lines are enough."),
    asked=is_invited,
    why="own words; kept apart, for the attorney only",
    privacy=NARRATIVE_HIGH,
    i589="B.1",
)
class Story(PageForm):
    LINES = frozenset({"story"})
    story = paragraph(limit=1500, rows=8, required=False)
