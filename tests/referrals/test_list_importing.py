"""A practitioner's own list from a file: theirs alone, read first, taken in at once, and taken back."""

import pytest
from django.db import transaction
from django.urls import reverse

from config.middleware import principal_of
from conflicts.queries import own_list
from foundation.database.principal import acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden
from referrals import list_importing
from referrals.list_importing import read_names
from referrals.models import ListImport

FILE = 'name\nIvan Petrov\n"Al-Rahman, Yusuf"\nأمينة مثال\n'


@pytest.fixture
def ade(cast, client):
    """Sign Ade in."""
    client.force_login(cast.ade)
    return client


def send(client, text, **more):
    return client.post(reverse("panel:list-import"), {"text": text, **more})


def on_list(user):
    return {one.name for one in own_list(user)}


def test_a_file_is_shown_first_and_comes_in_with_the_second_press(ade, cast):
    shown = send(ade, FILE)
    assert shown.status_code == 200 and "Al-Rahman, Yusuf" in shown.content.decode()
    assert not on_list(cast.ade)
    assert send(ade, FILE, press="import").status_code == 302
    assert on_list(cast.ade) == {"Ivan Petrov", "Al-Rahman, Yusuf", "أمينة مثال"}


def test_lines_that_are_wrong_are_named_and_nothing_comes_in(ade, cast):
    answer = send(ade, 'name\nIvan Petrov\n"..."\n12345\n', press="import")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Line 3" in page and "Line 2" not in page
    assert not on_list(cast.ade)


@pytest.mark.parametrize("text", ["", "name\n", "first,last\nA,B\n", 'name\n"broken\n', "no header at all"])
def test_what_is_no_list_gets_words(text, ade, cast):
    answer = send(ade, text)
    assert answer.status_code == 422
    assert not on_list(cast.ade)


def test_who_is_there_already_or_twice_in_the_file_is_put_there_once(cast, now):
    list_importing.import_own_list(["Ivan Petrov"], by=cast.ade, at=now)
    read = read_names("name\nivan  petrov\nBo Example\nBO EXAMPLE\n", cast.ade)
    assert (read.names, read.same) == (["Bo Example"], ["ivan petrov", "BO EXAMPLE"])
    with pytest.raises(list_importing.NothingNew):
        list_importing.import_own_list([], by=cast.ade, at=now)


def test_an_import_is_undone_as_a_whole_once_and_leaves_what_was_there_before(ade, cast, now):
    list_importing.import_own_list(["Ivan Petrov"], by=cast.ade, at=now)
    made = list_importing.import_own_list(["Bo Example", "Cy Example"], by=cast.ade, at=now)
    ade.post(reverse("workspace:my-list-remove", args=[made.parties[0]]))
    assert ade.post(reverse("panel:undo-list-import", args=[made.pk])).status_code == 302
    assert on_list(cast.ade) == {"Ivan Petrov"}
    with pytest.raises(list_importing.ListUndone):
        list_importing.undo_own_list_import(made, by=cast.ade, at=now)


def test_nobody_else_sees_an_import_nor_undoes_it(cast, now, client):
    made = list_importing.import_own_list(["Bo Example"], by=cast.ade, at=now)
    for other in (cast.bea, cast.cora, cast.ines):
        with pytest.raises(Forbidden):
            list_importing.undo_own_list_import(made, by=other, at=now)
    client.force_login(cast.bea)
    assert client.post(reverse("panel:undo-list-import", args=[made.pk])).status_code == 404
    with acting_as(principal_of(cast.bea)), transaction.atomic():
        assert not ListImport.objects.exists()
    with acting_as(principal_of(cast.ade)), transaction.atomic():
        assert ListImport.objects.get() == made
    assert "Example" not in str(Event.objects.get(name="referrals.own_list_imported").data)
