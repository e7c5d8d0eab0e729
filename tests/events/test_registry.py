"""Every event has one place that lists it, with its words; nobody records or awaits another."""

import ast

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import translation

from foundation.events import registry
from foundation.events.checks import listeners_hear_something, names_in
from foundation.events.ledger import _listeners, on, record
from foundation.events.models import Event
from foundation.events.queries import office_events
from foundation.events.registry import UnknownEvent, kinds, words_of
from foundation.house import our_sources


def test_an_event_nobody_lists_is_not_recorded(office):
    with pytest.raises(UnknownEvent, match=r"accounts/events\.py"), transaction.atomic():
        record("accounts.invitd", office, by="system:test")
    assert not Event.objects.exists()


def test_a_status_does_not_move_with_an_event_nobody_lists(case, cast):
    before = case.status
    with pytest.raises(UnknownEvent):
        type(case).LIFE.move(case, "declined", by=cast.cora, event="cases.declned")
    case.refresh_from_db()
    assert case.status == before


def test_nobody_listens_to_an_event_nobody_lists():
    with pytest.raises(UnknownEvent, match=r"cases\.opend"):
        on("cases.opend", key="test.hear")(lambda event: None)
    assert "cases.opend" not in _listeners


def test_check_names_a_listener_whose_event_is_never_recorded(listed_events, monkeypatch):
    listed_events("cases.dreamt")
    monkeypatch.setitem(_listeners, "cases.dreamt", ["test.sleep"])
    (found,) = listeners_hear_something(None)
    assert "test.sleep" in found.msg
    assert "cases.dreamt" in found.msg


def test_every_listener_hears_something():
    assert listeners_hear_something(None) == []


def test_every_listed_event_is_recorded_somewhere():
    assert sorted(set(kinds()) - names_in(our_sources())) == []


def literals(tree):
    """Yield the event names that a call of record(), move() and the like gives as they stand."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if getattr(call.func, "id", "") == "record" and call.args:
            yield from constants(call.args[0])
        yield from (
            name for keyword in call.keywords if keyword.arg == "event" for name in constants(keyword.value)
        )


def constants(node):
    """Yield each text a value can be, of either side of a condition too."""
    if isinstance(node, ast.IfExp):
        yield from (*constants(node.body), *constants(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        raise AssertionError(f"line {node.lineno}: an event's name is put together; write each one out")
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_every_event_recorded_by_name_is_listed():
    found = {name for path in our_sources() for name in literals(ast.parse(path.read_text()))}
    assert len(found) > 80
    assert sorted(found - set(kinds())) == []


@pytest.mark.parametrize("name", sorted(kinds()))
def test_every_event_has_its_words_in_english_and_arabic(name):
    with translation.override("en"):
        english = str(words_of(name))
    with translation.override("ar"):
        arabic = str(words_of(name))
    assert english[0].isupper()
    assert arabic != english


def test_an_event_of_code_that_is_gone_shows_its_name():
    assert words_of("cases.of_long_ago") == "cases.of_long_ago"


def test_an_app_lists_its_own_events_alone(monkeypatch):
    from cases import events

    monkeypatch.setitem(events.EVENTS, "intake.stolen", "Stolen")
    with pytest.raises(ImproperlyConfigured, match=r"intake\.stolen"):
        list(registry._listed_by("cases"))


def test_what_comes_all_day_long_is_left_out_of_the_offices_page(cast):
    with transaction.atomic():
        for name in ("notifications.message_sent", "notifications.message_failed"):
            record(name, cast.cora, by="system:mail")
    assert [event.name for event in office_events(cast.office.pk)] == ["notifications.message_failed"]
