"""Every circle is closed: what is asked is read, what is made can be reached, changed, ended and seen.

The code is read, not run. KNOWN lists what is open today, each with the subject of the issue that closes it;
a new gap fails, and so does a line that is no longer true.
"""

import ast
import re
import sys
from collections import Counter
from typing import NamedTuple

import pytest
from django.apps import apps
from django.db.models import TextChoices

from cases.rules import DeadlineFacts
from intake.questionnaire.path import FLOW
from screening.rules import Facts
from tests.support.reading import Source, calls, literals, names, sources, templates

# Known on 28 November 2026: (kind, what) -> what closes it.
WORKSPACE = "Triage and the case workspace"
OFFERS = "Attorney referral queues: leased offers"
OLDER = "none: an older word for one entry of `decisions`, which `manage.py screen` goes on taking"
KNOWN: dict[tuple[str, str], str] = {
    ("answer nobody reads", "access_what"): WORKSPACE,
    ("answer nobody reads", "arrests"): OFFERS,
    ("answer nobody reads", "feared_relation"): WORKSPACE,
    ("answer nobody reads", "hardship_what"): WORKSPACE,
    ("answer nobody reads", "harm_past"): OFFERS,
    ("answer nobody reads", "harm_who"): OFFERS,
    ("answer nobody reads", "helper_relation"): WORKSPACE,
    ("screening fact nobody writes", "denial_date"): OLDER,
    ("screening fact nobody writes", "in_absentia"): OLDER,
    ("screening fact nobody writes", "prior_denial"): OLDER,
    ("state nothing leads to", "Citation.proposed"): "The court packet",
}


class Gap(NamedTuple):
    kind: str
    what: str


def trees(*, of=None, but=()):
    """Return the trees of the product's files, those for which `of` is true, without the named rooms."""
    return [one.tree for one in sources() if (of is None or of(one)) and not one.is_in(*but)]


# --- answers and facts ----------------------------------------------------------------------------


def answers_nobody_reads():
    """Questions whose key no code mentions outside the form that asks and the list that shows all answers."""
    read = literals(*trees(but=("forms", "flow", "questionnaire", "fields", "review")))
    kept = {key for page in FLOW for key in page.form.questions()}
    return sorted(kept - read)


# Whoever writes facts: both engines read the same ones (cases/rules/joined.py).
WRITERS = ("cases/facts", "cases/forms", "screening/facts")
# What the dates rest on is looked at by the screening's rules too (screening/rules/seen.py).
READ_DATES = ("cases/", "screening/rules/")


def facts_nobody_reads(model, app):
    """Facts no code of an app reads, by attribute or by name, beyond where they are declared and shown."""
    read = trees(of=lambda one: one.path.startswith(app) and not one.path.endswith("rules/facts.py"))
    shown = trees(of=lambda one: one.path.startswith(app) and one.is_in("words", "forms", "explaining"))
    read = [tree for tree in read if tree not in shown]
    known = names(*read) | literals(*read)
    return sorted(name for name in model._fields if name not in known)


def facts_nobody_writes(model, files):
    """Facts that no code of these files sets: by keyword, or by the name of a form's field or a key."""
    written = set()
    for one in (source for source in sources() if source.path.startswith(files)):
        written |= {keyword.arg for call in calls(one.tree) for keyword in call.keywords}
        written |= literals(one.tree)
        written |= {
            target.id
            for node in ast.walk(one.tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
    return sorted(name for name in model._fields if name not in written)


# --- models and their states ----------------------------------------------------------------------

MAKERS = {"create", "get_or_create", "update_or_create", "bulk_create", "create_user"}


def our_models():
    ours = {source.module.split(".")[0] for source in sources()}
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in ours]


def models_nobody_makes():
    """Models of which no code but the demo makes a row: by name, by a raw INSERT, or handed to a maker."""
    made = set()
    for one in sources():
        if one.is_in("models", "admin"):
            continue
        for call in calls(one.tree):
            if isinstance(call.func, ast.Name):
                made.add(call.func.id)
            elif isinstance(call.func, ast.Attribute):
                if call.func.attr in MAKERS:
                    made |= names(call.func.value)
                made.add(call.func.attr)
            made |= {arg.id for arg in call.args if isinstance(arg, ast.Name)}
    tables = re.findall(r"INSERT INTO \"?(\w+)", " ".join(one.text for one in sources()))
    related = {name for name in made if name.islower()}
    return sorted(
        model._meta.label
        for model in our_models()
        if model.__name__ not in made
        and model._meta.db_table not in tables
        and not _made_by_relation(model, related)
    )


def _made_by_relation(model, made):
    """Tell whether rows are made over a reverse name, as office.memberships.create()."""
    reverse = {
        field.remote_field.related_name
        for field in model._meta.fields
        if field.is_relation and field.remote_field.related_name not in (None, "+")
    }
    return bool(reverse & made)


LOOKS = {"filter", "exclude", "Q", "get", "When"}


def moves():
    """Return the members of choices that code sets or hands on, {(choices, member)}, not what only looks."""
    found = set()
    for one in sources():
        if not one.is_in("models", "forms"):
            found |= set(_set_in(one.tree))
    return found


def _set_in(node):
    looks = isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in LOOKS
    if looks or isinstance(node, ast.Compare):
        return
    if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
        yield getattr(node.value, "id", getattr(node.value, "attr", "")), node.attr
    for child in ast.iter_child_nodes(node):
        yield from _set_in(child)


# States nothing leads out of, on purpose: the end of a life.
ENDS = {
    "Build": {"built", "failed"},
    "FoundText": {"read", "failed"},
    "Lodging": {"accepted", "rejected"},
    "Packet": {"superseded"},
    "Paragraph": {"wanted", "approved"},  # a change is the next version, with a life of its own
    "Intake": {"withdrawn"},
    "Wish": {"done", "refused", "taken_back"},
    "Case": {"referred_out", "declined", "closed"},
    "Referral": {"returned"},
    "SmallTask": {"done", "withdrawn"},
    "Offer": {"accepted", "declined", "expired", "rescinded"},
    "HandOver": {"refused", "expired", "rescinded", "done"},
    "Message": {"sent", "failed", "suppressed"},
    "Citation": {"withdrawn"},
    "ConflictCheck": {"clear", "decided_clear", "decided_conflict"},
    "ConflictHit": {"clear", "confirmed", "superseded"},
    "Link": {"kept", "removed"},
    "Upload": {"rebuilt", "refused"},
    "AskedPaper": {"accepted", "not_needed", "cannot"},
}


def lives():
    for model in our_models():
        life = getattr(model, "LIFE", None)
        if life is not None:
            yield model, life


def states_nothing_leads_to():
    found = []
    handed = moves()
    for model, life in lives():
        field = model._meta.get_field("status")
        enum = _enum_of(model)
        members = {value: name for name, value in zip(enum.names, enum.values, strict=True)}
        reached = {str(end) for ends in life.moves.values() for end in ends}
        for value in enum.values:
            is_first = str(field.default) == value
            is_moved_to = value in reached and (enum.__name__, members[value]) in handed
            if not is_first and not is_moved_to:
                found.append(f"{model.__name__}.{value}")
    return sorted(found)


def states_nothing_leads_out_of():
    found = []
    for model, life in lives():
        for value in _enum_of(model).values:
            if not life.moves.get(value) and value not in ENDS.get(model.__name__, set()):
                found.append(f"{model.__name__}.{value}")
    return sorted(found)


def _enum_of(model):
    """Return the choices behind a model's status: those of its own app with the same values."""
    wanted = {value for value, _label in model._meta.get_field("status").choices}
    for place in [
        module for name, module in sys.modules.items() if name.startswith(model._meta.app_config.name)
    ]:
        for thing in vars(place).values():
            if isinstance(thing, type) and issubclass(thing, TextChoices) and set(thing.values) == wanted:
                return thing
    raise AssertionError(f"no choices of {model.__name__}.status")


# --- actions, words, templates --------------------------------------------------------------------


def is_action(source: Source) -> bool:
    return source.is_in("actions") and source.app != "devstack"


def actions_nobody_calls():
    """Public functions of actions that no other file names and no other function of their own room calls."""
    mentions = Counter(name for one in sources() for name in names(one.tree))
    found = []
    for one in filter(is_action, sources()):
        for node in one.tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            is_named_here = node.name in names(one.tree)
            is_named_elsewhere = mentions[node.name] > is_named_here
            if not is_named_elsewhere and not is_named_here:
                found.append(f"{one.module}.{node.name}")
    return sorted(found)


def templates_nobody_shows():
    code = literals(*trees())
    pages = " ".join(templates().values())
    from_libraries = ("bootstrap5/", "400.html", "403.html", "404.html", "500.html", "widgets/")
    return sorted(
        name
        for name in templates()
        if name not in code and f'"{name}"' not in pages and not name.startswith(from_libraries)
    )


def kinds_of_message_nobody_sends():
    from notifications import kinds

    elsewhere = trees(but=("kinds",))
    used = names(*elsewhere)
    called = {value for name, value in vars(kinds).items() if isinstance(value, str) and name in used}
    return sorted(set(kinds.KINDS) - literals(*elsewhere) - called)


# --- all of them ----------------------------------------------------------------------------------


def gaps():
    kinds = {
        "answer nobody reads": answers_nobody_reads(),
        "deadline fact nobody reads": facts_nobody_reads(DeadlineFacts, READ_DATES),
        "deadline fact nobody writes": facts_nobody_writes(DeadlineFacts, WRITERS),
        "screening fact nobody reads": facts_nobody_reads(Facts, "screening/"),
        "screening fact nobody writes": facts_nobody_writes(Facts, WRITERS),
        "model nobody makes": models_nobody_makes(),
        "state nothing leads to": states_nothing_leads_to(),
        "state nothing leads out of": states_nothing_leads_out_of(),
        "action nobody calls": actions_nobody_calls(),
        "template nobody shows": templates_nobody_shows(),
        "message nobody sends": kinds_of_message_nobody_sends(),
    }
    return {Gap(kind, what) for kind, found in kinds.items() for what in found}


@pytest.fixture(scope="module")
def found():
    return gaps()


def told(gaps):
    return "\n".join(f"{kind}: {what}" for kind, what in sorted(gaps))


def test_no_circle_is_open_that_was_not_known(found):
    assert told(found - set(KNOWN)) == ""


def test_every_known_gap_is_still_open(found):
    assert told(set(KNOWN) - found) == ""


def test_each_known_gap_names_what_closes_it():
    assert all(subject.strip() for subject in KNOWN.values())


# --- the search itself ----------------------------------------------------------------------------


@pytest.fixture
def without(monkeypatch):
    """Return a function that has the code read with a word taken out of it everywhere but in some files."""

    def take_out(word, *, but=()):
        changed = [
            one if one.path.startswith(but) else Source(one.path, text, ast.parse(text))
            for one in sources()
            for text in [re.sub(rf"\b{word}\b", "x_y_z", one.text)]
        ]
        monkeypatch.setattr(sys.modules[__name__], "sources", lambda: changed)

    return take_out


def test_an_answer_that_loses_its_reader_would_be_found(without):
    without("letter_due", but=("intake/",))
    assert "letter_due" in answers_nobody_reads()


def test_a_fact_that_loses_its_reader_or_its_writer_would_be_found(without):
    assert "annual_fee_notice" not in facts_nobody_reads(DeadlineFacts, READ_DATES)
    without("annual_fee_notice", but=("cases/rules/facts",))
    assert "annual_fee_notice" in facts_nobody_reads(DeadlineFacts, READ_DATES)
    assert "annual_fee_notice" in facts_nobody_writes(DeadlineFacts, WRITERS)


def test_a_model_that_loses_its_maker_would_be_found(without):
    without("HandOver")
    assert "referrals.HandOver" in models_nobody_makes()


def test_a_state_nothing_leads_to_any_more_would_be_found(without):
    without("RESCINDED")
    assert "Offer.rescinded" in states_nothing_leads_to()


def test_an_action_nobody_calls_any_more_would_be_found(without):
    without("take_back_unclear", but=("referrals/actions",))
    assert any(name.endswith(".take_back_unclear") for name in actions_nobody_calls())


def test_a_message_nobody_sends_any_more_would_be_found(without):
    without("look_overdue", but=("notifications/",))
    assert "look_overdue" in kinds_of_message_nobody_sends()
