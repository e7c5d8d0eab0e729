"""D. Names: only what a conflict check needs (ABA Model Rule 1.18 cmt. 4)."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.countries import NO_COUNTRY, STATELESS, all_countries
from intake.questionnaire.asking import after
from intake.questionnaire.fields import (
    NO,
    ROOM,
    TALK,
    YES,
    YES_NO_UNSURE,
    Countries,
    PartialDateField,
    one_of,
    paragraph,
    text,
)
from intake.questionnaire.page import HIGH, NARRATIVE, PageForm, Section
from intake.questionnaire.reading import read_a_number
from intake.told import Told

SECTION = Section("D", _("Names"))
NAME = ("given_names", "middle_names", "family_name")  # together the name


def is_under_18(told: Told) -> bool:
    """under 18"""
    return told.is_minor


@SECTION.page(
    70,
    "name",
    _("What is your full name?"),
    they=_("What is the person's full name?"),
    hint=_("As on a passport or ID, if there is one. Any script is fine."),
    why="conflict check",
    i589="A.I 4-7",
    names_people=True,
    is_short=True,
)
class Name(PageForm):
    needs_one = True
    LINES = frozenset({"other_names"})
    given_names = text(_("First names"), limit=200, required=False)
    middle_names = text(_("Middle names"), limit=200, required=False)
    family_name = text(_("Family names"), limit=200, required=False)
    other_names = paragraph(_("Other names used, one on each line"), limit=1000, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (self.adds or self.errors or any(cleaned.get(name) for name in NAME)):
            raise ValidationError({"given_names": _("Write at least one name.")})
        return cleaned


@SECTION.page(
    71,
    "born",
    _("When were you born?"),
    they=_("When was the person born?"),
    hint=_("The year is enough if you do not know the day."),
    why="age; conflict check; find the case",
    privacy=HIGH,
    i589="A.I 1, 12",
    names_people=True,
    is_short=True,
)
class Born(PageForm):
    main = "birth_date"
    ORDER = tuple(("birth_date", later) for later in ("arrival", "decision_date", "i589_date"))
    birth_date = PartialDateField(past=True, ago=110)
    a_number = text(
        _("A-Number, if there is one"),
        limit=ROOM,
        required=False,
        kind="number",
        hint=_("It starts with A and has 7 to 9 numbers. It stands on letters from immigration."),
    )

    def clean_a_number(self) -> str:
        """Return nine digits, or nothing; how it is written does not matter."""
        typed = self.cleaned_data["a_number"]
        number = read_a_number(typed)
        if typed and not number:
            raise ValidationError(_("An A-Number has 7 to 9 numbers. Please check it, or skip this."))
        return number


@SECTION.page(
    22,
    "with_parent",
    _("Is a parent or legal guardian in the United States able to care for you?"),
    they=_("Is a parent or legal guardian in the United States able to care for the person?"),
    asked=is_under_18,
    why="unaccompanied child: 6 U.S.C. 279(g)(2), for staff to confirm",
)
class WithParent(PageForm):
    with_parent = one_of(YES_NO_UNSURE)


@SECTION.page(
    23,
    "citizenship",
    _("Which country are you a citizen of?"),
    they=_("Which country is the person a citizen of?"),
    hint=_("You can pick more than one, or none."),
    why="conflict check; claim",
    i589="A.I 14-15",
    names_people=True,
)
class Citizenship(PageForm):
    needs_one = empty_is_an_answer = True
    citizenship = forms.MultipleChoiceField(required=False, widget=Countries)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*all_countries(), (STATELESS, NO_COUNTRY)]
        self.fields["citizenship"].choices = choices  # type: ignore[attr-defined]


RELATIONS = [
    ("spouse", _("Husband, wife or partner")),
    ("child", _("Child")),
    ("parent", _("Mother or father")),
    ("sibling", _("Brother or sister")),
    ("other", _("Other family")),
]


@SECTION.page(
    24,
    "family_here",
    _("Who in your family needs help with you?"),
    they=_("Who in the family needs help too?"),
    hint=_("You can add more people one by one."),
    why="relatives in the same claim; conflict check",
    i589="A.II, A.III",
    names_people=True,
)
class Family(PageForm):
    """People of the family, three fields each; `family_here` is a list of {name, related, birth_date}."""

    MOST = 12

    def __init__(self, *args: Any, rows: int = 1, initial: Any = None, **kwargs: Any) -> None:
        known = (initial or {}).get("family_here", [])
        super().__init__(*args, initial=self._spread(known), **kwargs)
        sent = sum(1 for key in self.data if key.startswith("name_"))
        shown = max(len(known) + 1 if rows > 1 or not known else len(known), rows, sent)
        self.count = max(min(shown, self.MOST), len(known))  # those added with a receipt may be more
        for number in range(1, self.count + 1):
            self.fields |= self._person(number)

    @staticmethod
    def _person(number: int) -> dict[str, forms.Field]:
        of_one = {"number": number}
        return {
            f"name_{number}": text(_("Person %(number)s: name") % of_one, limit=200, required=False),
            f"related_{number}": one_of(
                RELATIONS, label=_("Person %(number)s: how are they related?") % of_one, required=False
            ),
            f"born_{number}": PartialDateField(
                label=_("Person %(number)s: when were they born?") % of_one,
                required=False,
                past=True,
                ago=110,
            ),
        }

    @staticmethod
    def _spread(people: list[dict[str, str]]) -> dict[str, str]:
        spread: dict[str, str] = {}
        for number, person in enumerate(people, 1):
            spread |= {
                f"name_{number}": person["name"],
                f"related_{number}": person["related"],
                f"born_{number}": person["birth_date"],
            }
        return spread

    def clean(self) -> dict[str, Any]:
        cleaned, people = super().clean(), []
        for number in range(1, self.count + 1):
            name = cleaned.get(f"name_{number}", "")
            related, born = cleaned.get(f"related_{number}", ""), cleaned.get(f"born_{number}", "")
            if name:
                people.append({"name": name, "related": related, "birth_date": born})
            elif (related or born) and f"name_{number}" not in self.errors:
                self.add_error(
                    f"name_{number}", _("Write the name of this person, or empty the other fields.")
                )
        return {"family_here": people}

    @classmethod
    def questions(cls) -> list[str]:
        return ["family_here"]


@SECTION.page(
    25,
    "feared_here",
    _("Is someone in the United States a danger to you?"),
    they=_("Is someone in the United States a danger to the person?"),
    hint=_("We ask so that we never work for both of you. Only write a name if you want to."),
    they_hint=_("We ask so that we never work for both of them. Only write a name if you want to."),
    why="conflict check (ABA Model Rules 1.7, 1.18); no page shows its result",
    privacy=NARRATIVE,
    names_people=True,
)
class FearedHere(PageForm):
    main = "feared_here"
    PARTS: ClassVar = dict.fromkeys(
        ("feared_name", "feared_relation"), after("feared_here", "yes", "talk", against="no")
    )
    THEY: ClassVar = {"feared_relation": _("How does the person know them?")}
    feared_here = one_of([YES, NO, TALK], required=False)
    feared_name = text(_("Their name"), limit=200, required=False, hint=_("Only if you want to."))
    feared_relation = text(_("How do you know them?"), limit=200, required=False)
