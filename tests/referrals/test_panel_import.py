"""A list of practitioners: what would come of it first, then one press; and back again."""

import pytest
from django.urls import reverse

from foundation.accounts.actions import accept_invitation, token_for
from foundation.accounts.models import Invitation
from foundation.database.principal import SIGN_IN, acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden
from referrals.firms import end_firm, open_firm
from referrals.models import Firm, PanelImport, Practitioner
from referrals.panel_importing import Undone, import_panel, undo_panel_import
from referrals.panel_reading import COLUMNS, EXAMPLE, read_panel
from tests.support.relay import deliver_due

PAGE = reverse("panel:import")
LIST = "\n".join(
    (
        "name,email,languages,states,tracks,held,cases",
        "Ari New,ari@test.example,Arabic;spa,ny; NJ,affirmative,yes,2",
        "Ade,ade@test.example,fra,,,,5",
    )
)


@pytest.fixture
def ines(client, cast):
    client.force_login(cast.ines)
    return client


def taken_in(cast, now, text=LIST):
    return import_panel(cast.office, rows=read_panel(text, cast.office).rows, by=cast.ines, at=now)


def test_what_would_come_of_it_is_shown_first_and_nothing_is_written(ines, cast):
    before = Practitioner.objects.get().capacity
    answer = ines.post(PAGE, {"text": LIST})
    words = answer.content.decode()
    assert answer.status_code == 200 and "Ari New" in words and "languages, cases" in words
    assert not Invitation.objects.exists() and Practitioner.objects.get().capacity == before


def test_one_press_invites_who_is_new_and_changes_who_is_there(ines, cast):
    assert ines.post(PAGE, {"text": LIST, "press": "import"}).url == PAGE
    assert Invitation.objects.get().email == "ari@test.example"
    ade = Practitioner.objects.get()
    assert (ade.languages, ade.capacity) == (["fra"], 5)
    assert ade.verified_at  # nothing of their credentials changed
    assert Event.objects.get(name="referrals.panel_imported").data == {"lines": 2}


def test_who_accepts_has_the_profile_of_their_line_and_is_not_verified(cast, now):
    taken_in(cast, now)
    token = token_for(Invitation.objects.get().pk)
    with acting_as(SIGN_IN):
        accept_invitation(token, password="seven green lanterns", at=now)
    deliver_due()
    ari = Practitioner.objects.get(user__email="ari@test.example")
    assert (ari.languages, ari.states, ari.detained, ari.capacity) == (["ara", "spa"], ["NY", "NJ"], True, 2)
    assert ari.verified_at is None


def test_all_of_it_is_undone(cast, now):
    old = Practitioner.objects.get()
    batch = taken_in(cast, now)
    assert undo_panel_import(batch, by=cast.ines, at=now) == 0
    assert Invitation.objects.get().expires_at <= now
    ade = Practitioner.objects.get()
    assert (ade.languages, ade.capacity) == (old.languages, old.capacity)
    with pytest.raises(Undone):
        undo_panel_import(batch, by=cast.ines, at=now)


def test_what_was_changed_since_stands_and_the_page_says_so(ines, cast, now):
    batch = taken_in(cast, now)
    Practitioner.objects.update(capacity=9)
    page = ines.post(reverse("panel:undo-import", args=[batch.pk]), follow=True)
    assert "1 line stands" in page.content.decode()
    assert Practitioner.objects.get().capacity == 9


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("X,not-an-address,,,,,", "email"),
        ("X,x@test.example,klingon,,,,", "languages"),
        ("X,x@test.example,,ZZ,,,", "states"),
        ("X,x@test.example,,,removal,,", "tracks"),
        ("X,x@test.example,,,,,many", "cases"),
        ("X,cora@test.example,,,,,", "email"),
        ("X,bea@test.example,,,,,", "email"),
        (",x@test.example,,,,,", "name"),
    ],
)
def test_a_bad_line_says_where_and_stops_all_of_it(ines, line, column):
    answer = ines.post(PAGE, {"text": f"{LIST}\n{line}", "press": "import"})
    (fault,) = {(fault.line, fault.column) for fault in answer.context["read"].bad}
    assert answer.status_code == 422 and fault == (4, column)
    assert not PanelImport.objects.exists() and not Invitation.objects.exists()


@pytest.mark.parametrize(
    "text", ["", "name\nX", "name,email,shoe\nX,x@y.z,1", "name,email\nX", 'name,email\n"']
)
def test_what_is_no_list_of_ours_says_so(ines, text):
    assert ines.post(PAGE, {"text": text, "press": "import"}).status_code == 422


def test_the_example_comes_in_as_it_stands(ines):
    assert ines.post(PAGE, {"text": "\n".join(EXAMPLE), "press": "import"}).status_code == 302
    assert EXAMPLE[0].split(",") == list(COLUMNS)


def test_nobody_else_takes_a_list_in(cast, now):
    rows = read_panel(LIST, cast.office).rows
    for other in (cast.cora, cast.ade):
        with pytest.raises(Forbidden):
            import_panel(cast.office, rows=rows, by=other, at=now)


# --- firms ----------------------------------------------------------------------------------------

OF_FIRMS = "name,email,firm\nAri New,ari@test.example,New & Newer\nAde,ade@test.example,new & newer"


def test_a_firm_that_there_is_not_yet_is_made_once_and_undone_with_its_list(ines, cast, now):
    assert "New &amp; Newer" in ines.post(PAGE, {"text": OF_FIRMS}).content.decode()
    assert not Firm.objects.exists()
    batch = taken_in(cast, now, OF_FIRMS)
    ade = Practitioner.objects.get()
    assert ade.firm.name == "New & Newer" and Firm.objects.count() == 1 and not ade.coordinates
    assert undo_panel_import(batch, by=cast.ines, at=now) == 0
    assert Practitioner.objects.get().firm is None and Firm.objects.get().ended_at


def test_who_accepts_is_in_the_firm_of_their_line(cast, now):
    taken_in(cast, now, OF_FIRMS)
    token = token_for(Invitation.objects.get().pk)
    with acting_as(SIGN_IN):
        accept_invitation(token, password="seven green lanterns", at=now)
    deliver_due()
    assert Practitioner.objects.get(user__email="ari@test.example").firm.name == "New & Newer"


def test_a_firm_that_was_ended_is_named_as_a_fault(cast, now):
    firm = open_firm(cast.office, name="New & Newer", by=cast.ines, at=now)
    end_firm(firm, by=cast.ines, at=now)
    assert {(one.line, one.column) for one in read_panel(OF_FIRMS, cast.office).bad} == {
        (2, "firm"),
        (3, "firm"),
    }
