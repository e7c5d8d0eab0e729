"""What a page of the questionnaire is: a question, the form under it, and what is known about both.

A file of this folder is one section, and its pages stand in the order asked:

    @SECTION.page(number, key, question, they=…, asked=…, why=…)
    class Form(PageForm): its fields
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from intake.questionnaire.asking import THERE, UNDERSTOOD, AskingForm, Part
from intake.questionnaire.fields import PartialDateField, Unknown
from intake.questionnaire.reading import has_text
from intake.told import Told

# How carefully answers are kept; what only the person and their attorney read is the last.
PII, HIGH, NARRATIVE, NARRATIVE_HIGH = "personal", "personal, high", "narrative", "narrative, high"
# The template that renders it, unless a door has another (door.py). Not crispy's `template_pack`: its tag
# remembers that from one request to the next.
PUBLIC = "public/form.html"
OWN_FIELDS = {"csrfmiddlewaretoken", "press", UNDERSTOOD, THERE}  # of the page, not of its questions


class PageForm(AskingForm):
    """A page of the public form, in the words for whoever answers it.

    `main` is the field whose label is the page's question, None where the fields have labels of their own.
    `adds`: it was opened empty over what may stand there, so nothing is needed; see `join`.
    """

    THEY: ClassVar[dict[str, Any]] = {}
    THEY_CHOICES: ClassVar[dict[str, Any]] = {}
    main: Any = None
    note = ""  # a template of what to know before answering; it stands under the question
    # Texts that are added to as lists are, line by line.
    LINES: ClassVar[frozenset[str]] = frozenset()
    # Fields that are needed though their page takes something else in their place.
    NEEDS: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self,
        *args: Any,
        question: Any = "",
        hint: Any = "",
        helper: bool = False,
        told: Told | None = None,
        adds: bool = False,
        initial: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=self._with_unknown(initial), **kwargs)
        self.told = told
        self.adds = adds
        self.helper.template = PUBLIC
        for name, asked in self.fields.items():
            asked.is_needed = asked.required or name in self.NEEDS  # type: ignore[attr-defined]
            asked.required = asked.required and not adds
        if len(self.fields) == 1:
            self.main = next(iter(self.fields))
        if self.main and question:
            self.fields[self.main].label, self.fields[self.main].help_text = question, hint
        for name, label in self.THEY.items() if helper else ():
            self.fields[name].label = label
        for name, choices in self.THEY_CHOICES.items() if helper else ():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.mark_parts(are_open=adds)

    @property
    def asks_as_a_whole(self) -> bool:
        """Tell whether its question says that an answer is needed, and no field beside its own label."""
        return bool(self.main) or not any(one.is_needed for one in self.fields.values())  # type: ignore[attr-defined]

    @property
    def asks_in_its_field(self) -> bool:
        """Tell whether the page's question is the label of its field: so it is on the public pages."""
        return bool(self.main and self.helper.template)

    @classmethod
    def _with_unknown(cls, initial: Any) -> Any:
        """Tell a date the person said they do not know from one they left empty."""
        unknown = {name: Unknown() for name in cls.dates() if cls.is_unknown(name, initial or {})}
        return {**initial, **unknown} if initial else initial

    @classmethod
    def dates(cls) -> list[str]:
        return [name for name, asked in cls.base_fields.items() if isinstance(asked, PartialDateField)]  # type: ignore[attr-defined]

    @classmethod
    def is_unknown(cls, name: str, values: Mapping[str, Any]) -> bool:
        """Tell whether somebody said of a date that they do not know it; a needed one is never left out."""
        needed = cls.base_fields[name].required  # type: ignore[attr-defined]
        return values.get(name) == "" and bool(needed or values.get(f"{name}_unknown"))

    def clean(self) -> dict[str, Any]:
        """Keep of a date that may stay empty that it was said not to be known."""
        cleaned = super().clean()
        for name in self.dates():
            if cleaned.get(name) == "" and self.data.get(self.add_prefix(f"{name}_unknown")):
                cleaned |= {} if self.base_fields[name].required else {f"{name}_unknown": "yes"}  # type: ignore[attr-defined]
        return cleaned

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was written or chosen that anybody can see."""
        sent: Any = self.data
        lists = (sent.getlist(name) for name in sent if name not in OWN_FIELDS)
        return not any(has_text(value) for values in lists for value in values)

    # Of a page that asks for one of several fields, none of which is required by itself.
    needs_one = False
    # Of such a page: to choose none of them is an answer too.
    empty_is_an_answer = False

    @property
    def needs_an_answer(self) -> bool:
        return self.needs_one or any(field.required for field in self.fields.values())

    @classmethod
    def questions(cls) -> list[str]:
        """Return the questions its answer is kept under."""
        return list(cls.base_fields)  # type: ignore[attr-defined]

    @classmethod
    def part_of(cls, question: str) -> Part | None:
        """Return when a question is asked that follows from another of its page."""
        return cls.PARTS.get(question)

    @classmethod
    def is_led_to(cls, question: str, values: Mapping[str, Any]) -> bool:
        """Tell whether a question was asked, by these answers of its page, or answered all the same."""
        part = cls.part_of(question)
        return part is None or part.is_open_after(values.get(part.of)) or bool(values.get(question))

    def join(self, stands: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
        """Return what stands once this page, opened empty, was sent: {question: value}.

        What was left blank stays as it is, lists and lines are added to, anything else takes its place.
        """
        joined = {key: stands[key] for key in self.questions() if key in stands}
        for key, value in written.items():
            if key not in joined or not self.is_left_blank(key, value):
                joined[key] = self._added(key, joined.get(key), value)
        return joined | self._led_to(written)

    def _led_to(self, written: Mapping[str, Any]) -> dict[str, str]:
        """Return each yes that a part of it says alone: a day on a letter says that there is a letter."""
        said: dict[str, str] = {}
        telling = [name for name in self.PARTS if written.get(name) and written[name] not in ("no", "unsure")]
        while telling:
            part = self.PARTS[telling.pop()]
            if "yes" in part.when and not written.get(part.of):
                said[part.of] = "yes"
                telling += [part.of] if part.of in self.PARTS else []  # it may be a part itself
        return said

    def is_left_blank(self, key: str, value: Any) -> bool:
        """Tell whether a question was not answered; "I don't know" to a date is an answer."""
        if key not in self.fields:  # of several fields: see `questions`
            return not value
        sent = self.fields[key].widget.value_from_datadict(self.data, self.files, self.add_prefix(key))
        return not any(has_text(str(part or "")) for part in (sent if isinstance(sent, list) else [sent]))

    def _added(self, key: str, stands: Any, new: Any) -> Any:
        if not stands:
            return new
        if key in self.LINES:
            lines = stands.splitlines()
            return "\n".join([*lines, *(line for line in new.splitlines() if line not in lines)])
        if isinstance(stands, list):
            kept = [row for row in stands if self._agrees(row, new)]
            return [*kept, *(row for row in new if row not in kept)]
        return new

    def _agrees(self, row: Any, new: list[Any]) -> bool:
        """Tell whether an item of a list may go on standing beside the new ones."""
        if not isinstance(row, str) or row in self.BESIDE or set(new) <= self.BESIDE:
            return True
        return (row in self.ALONE) == bool(self.ALONE & set(new))


def always(told: Told) -> bool:
    """always"""
    return True


@dataclass(frozen=True, eq=False)
class Page:
    """One page of the form.

    number   its address, chosen once and never given to another page; it says nothing, not even its place
    key      its name in code, in the row its answer is kept in, on the record and in the history
    they     the question where a helper answers for somebody
    hint     a line of help
    asked    when it is asked; always, if not said
    why, privacy, i589   what for, how carefully it is kept, where the I-589 asks it: docs/intake-flow.md

    `names_people`: after it is saved, names are compared (conflicts). `is_short`: it is asked of somebody who
    sends what is urgent first. `skipping`: what is kept where its section is skipped on it with one button.
    """

    section: "Section" = field(repr=False)
    number: int
    key: str
    question: Any
    form: type[PageForm]
    they: Any = ""
    hint: Any = ""
    they_hint: Any = ""
    asked: Callable[[Told], bool] = always
    why: str = ""
    privacy: str = PII
    i589: str = ""
    names_people: bool = False
    is_short: bool = False
    skipping: Mapping[str, Any] | None = None

    @property
    def is_first(self) -> bool:
        """Tell whether it comes before consent, when nothing is kept."""
        return self.section.is_first

    @property
    def is_secret(self) -> bool:
        """Tell whether only the person and their attorney read it."""
        return self.privacy == NARRATIVE_HIGH

    @property
    def asks_alone(self) -> bool:
        """Tell whether a helper reads here that staff will speak with the person alone."""
        return self.section.asks_alone and self.section.pages[0] is self

    def is_answered_by(self, values: Mapping[str, Any]) -> bool:
        """Tell whether these values are a whole answer: those of older pages may be a part of one."""
        asked = self.form.base_fields  # type: ignore[attr-defined]
        return all(
            name in values for name, one in asked.items() if one.required and name not in self.form.PARTS
        )

    def words(self, *, helper: bool = False) -> Any:
        return (helper and self.they) or self.question

    def hint_words(self, *, helper: bool = False) -> Any:
        return (helper and self.they_hint) or self.hint

    def make_form(self, *args: Any, helper: bool = False, **kwargs: Any) -> PageForm:
        """Return the page's form, in the words for whoever answers it."""
        words, hint = self.words(helper=helper), self.hint_words(helper=helper)
        return self.form(*args, question=words, hint=hint, helper=helper, **kwargs)


Form = TypeVar("Form", bound=type[PageForm])


@dataclass(eq=False)
class Section:
    """A part of the questionnaire: its pages in the order asked.

    `is_first`: it comes before consent and is kept in no row. `asks_alone`: see its first page.
    """

    letter: str
    title: Any
    is_first: bool = False
    asks_alone: bool = False
    pages: list[Page] = field(default_factory=list)

    def page(self, number: int, key: str, question: Any, **more: Any) -> Callable[[Form], Form]:
        """Ask this next in the section, with the form that is defined under it; `more` as in Page."""

        def ask(form: Form) -> Form:
            self.pages.append(Page(self, number, key, question, form, **more))
            return form

        return ask
