"""An office's own words of messages: checked, approved where they promise, read at the moment of sending."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from cases.law import name_law_reader
from config.middleware import principal_of
from foundation.accounts.models import Office
from foundation.accounts.office_changes import change_office
from foundation.database.principal import acting_as, applicant
from foundation.refused import Forbidden
from letters.actions import Decided, NotYourOwn
from letters.wordings import approve_wording
from notifications.actions import notify_applicant, notify_user
from notifications.channels.carrier import NullClient
from notifications.kinds import KINDS
from notifications.models import Wording
from notifications.queries import inbox_lines, said_to, worded
from notifications.rules import lock_screen, problems, texts_of, told_in
from notifications.wording import (
    EndedAlready,
    NotFitToSend,
    SomethingElseWritten,
    end_wording,
    fit_words,
    program_words,
    write_wording,
)
from tests.notifications.test_send import send_due

FIT = {"title": "You have a message", "body": "Please call us at {phone}."}


def write(cast, now, kind="offer_received", **words):
    said = {"kind": kind, "language": "en", **FIT, **words}
    return write_wording(cast.office, **said, by=cast.ines, at=now)


def found(**words):
    plain = {"title": "A", "body": "B", "needs_link": False, "names": [], "phone": "1", "is_short": True}
    return [(one.code, one.what) for one in problems(**{**plain, **words})]


# --- what is wrong with words ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"body": "Call {phon}"}, "unknown"),
        ({"body": "Call {Phone}"}, "stray"),
        ({"body": "Call } us"}, "stray"),
        ({"title": "Call {phone}"}, "title"),
        ({"title": "Two\nlines"}, "title"),
        ({"needs_link": True}, "link"),
        ({"body": "See {link}"}, "no_link"),
        ({"body": "Call {phone}", "phone": ""}, "phone"),
        ({"title": "Your ASYLUM case"}, "tells"),
        ({"body": "the Immigration office"}, "tells"),
        ({"body": "ملفّ اللجوء"}, "tells"),
        ({"body": "Ana López wrote", "names": ["Ana Lopez"]}, "name"),
        ({"body": "x" * 307}, "long"),
    ],
)
def test_words_that_cannot_be_sent_say_why(words, code):
    assert code in [one for one, _what in found(**words)]


@pytest.mark.parametrize(
    "words",
    [
        {"body": "Call {phone}"},
        {"body": "See {link}", "needs_link": True},
        {"body": "Please come to the office. Practice makes perfect."},  # holds "ice", no word of its own
        {"body": "Banana", "names": ["Ana"]},
        {"body": "x" * 306},
        {"body": "x" * 400, "is_short": False},
    ],
)
def test_words_that_tell_nothing_are_fit(words):
    assert found(**words) == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_programs_own_words_would_pass_the_list(kind, language):
    with translation.override(language):
        words = program_words(kind)
    assert told_in(f"{words.title}\n{words.body}") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        *[("x" * 160, 1), ("x" * 161, 2), ("x" * 306, 2), ("x" * 307, 3), ("ر" * 70, 1), ("ر" * 71, 2)],
        *[("ر" * 134, 2), ("ر" * 135, 3), ("€" * 80, 1), ("€" * 81, 2), ("🙂" * 35, 1), ("🙂" * 36, 2)],
    ],
)
def test_text_messages_are_counted_at_one_below_and_above(text, count):
    assert texts_of(text) == count


def test_a_locked_phone_shows_the_beginning():
    shown = lock_screen("x" * 41, "one\n\ntwo " + "y" * 100)
    assert len(shown.subject) == 40 and shown.subject.endswith("…")
    assert shown.line.startswith("one two y") and len(shown.line) == 90


# --- writing, approving, ending -------------------------------------------------------------------


def test_only_an_administrator_writes_and_ends(cast, now):
    for other in (cast.cora, cast.ade, cast.otto):
        with pytest.raises(Forbidden):
            write_wording(cast.office, kind="news", language="en", **FIT, by=other, at=now)
    version = write(cast, now)
    for other in (cast.cora, cast.ade, cast.otto):
        with pytest.raises(Forbidden):
            end_wording(version, by=other, at=now)


def test_unfit_words_are_refused_with_everything_that_is_wrong(cast, now):
    with pytest.raises(NotFitToSend) as refused:
        write(cast, now, body="Asylum {when}")
    assert "asylum" in str(refused.value) and "{when}" in str(refused.value)
    assert not Wording.objects.exists()


def test_a_name_of_the_office_or_its_people_is_refused(cast, now):
    for name in ("Our Office", cast.cora.name):
        with pytest.raises(NotFitToSend, match=name):
            write(cast, now, body=f"{name} writes to you.")


def test_the_second_of_two_writers_is_told(cast, now):
    write(cast, now)
    with pytest.raises(SomethingElseWritten):
        write(cast, now, seen=0)
    assert write(cast, now, seen=1).number == 2


def test_what_goes_to_people_who_seek_help_waits_for_a_lawyer(cast, now):
    version = write(cast, now, kind="news")
    assert fit_words(cast.office.pk, ["en"]) == {}
    with pytest.raises(Forbidden):
        approve_wording(version, by=cast.ade, at=now)
    name_law_reader(cast.ade, by=cast.ines, at=now)
    approve_wording(version, by=cast.ade, at=now)
    assert fit_words(cast.office.pk, ["en"])["news", "en"].body == FIT["body"]
    with pytest.raises(Decided):
        approve_wording(version, by=cast.ade, at=now)


def test_nobody_approves_what_they_wrote(cast, now):
    version = write(cast, now, kind="news")
    name_law_reader(cast.ade, by=cast.ines, at=now)
    Wording.objects.filter(pk=version.pk).update(written_by=cast.ade)
    version.refresh_from_db()
    with pytest.raises(NotYourOwn):
        approve_wording(version, by=cast.ade, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Wording.objects.filter(pk=version.pk).update(approved_by=cast.ade, approved_at=now)


def test_words_that_end_give_way_to_the_version_before_then_to_the_programs(cast, now):
    first, second = write(cast, now, body="First."), write(cast, now, body="Second.")
    assert fit_words(cast.office.pk, ["en"])["offer_received", "en"].body == "Second."
    end_wording(second, by=cast.ines, at=now)
    assert fit_words(cast.office.pk, ["en"])["offer_received", "en"].body == "First."
    with pytest.raises(EndedAlready):
        end_wording(second, by=cast.ines, at=now)
    end_wording(first, by=cast.ines, at=now)
    assert fit_words(cast.office.pk, ["en"]) == {}


# --- what goes out --------------------------------------------------------------------------------


def mailed(now):
    client = NullClient()
    send_due(client=client, at=now)
    return client.sent


def test_the_words_are_read_at_the_moment_of_sending(cast, now):
    notify_user(cast.ade, kind="offer_received", at=now)
    write(cast, now, title="Please look", body="Call {phone}.")
    (mail,) = mailed(now)
    assert (mail.subject, mail.body) == ("Please look", "Call (212) 555-0100.")


def test_another_language_another_office_and_another_kind_keep_the_programs_words(cast, now):
    write(cast, now)
    ade = cast.ade
    ade.language = "ar"
    ade.save()
    notify_user(ade, kind="offer_received", at=now)
    notify_user(cast.otto, kind="offer_received", at=now)
    notify_user(cast.cora, kind="offer_accepted", at=now)
    assert "Please call us at" not in " ".join(mail.body for mail in mailed(now))


def test_words_that_ask_for_a_phone_the_office_gave_up_are_not_sent(cast, now):
    write(cast, now)
    change_office(cast.office, phone="", by=cast.ines, at=now)
    notify_user(cast.ade, kind="offer_received", at=now)
    (mail,) = mailed(now)
    assert mail.subject == str(KINDS["offer_received"].title)


def test_the_address_of_an_invitation_stands_where_the_words_put_it(cast, now):
    from foundation.accounts.actions import invite_person
    from tests.support.relay import deliver_due

    write(cast, now, kind="invited", body="Open {link} today.")
    invite_person(
        cast.office, email="new@test.example", name="New", roles=["caseworker"], by=cast.ines, at=now
    )
    deliver_due()
    (mail,) = [mail for mail in mailed(now) if mail.to == "new@test.example"]
    assert mail.body.startswith("Open http") and mail.body.endswith(" today.")


def test_the_inbox_and_the_return_page_say_the_offices_words_too(cast, case, now):
    name_law_reader(cast.ade, by=cast.ines, at=now)
    approve_wording(write(cast, now, kind="news", body="Words of the office."), by=cast.ade, at=now)
    write(cast, now, title="Please look")
    notify_user(cast.ade, kind="offer_received", at=now)
    person = case.applicant
    notify_applicant(person.pk, matter=person.matter, kind="news", language="en", at=now)
    with acting_as(principal_of(cast.ade)), transaction.atomic():
        assert inbox_lines(cast.ade)[0].words.title == "Please look"
    with acting_as(applicant(person.matter_id)), transaction.atomic():
        messages = said_to(person.matter_id)
        said = worded(messages, Office.objects.get(pk=cast.office.pk))
        assert [said[one.pk].body for one in messages] == ["Words of the office."]


def test_who_seeks_help_does_not_see_who_wrote_the_words(cast, case, now):
    write(cast, now)
    with (
        acting_as(applicant(case.matter_id)),
        transaction.atomic(),
        pytest.raises(DatabaseError, match="denied"),
    ):
        list(Wording.objects.values_list("written_by"))


# --- the page -------------------------------------------------------------------------------------

URL = reverse("workspace:wording", args=["news", "en"])


def test_words_are_shown_on_a_locked_phone_and_judged_before_they_are_kept(client, cast):
    client.force_login(cast.ines)
    page = client.post(URL, {**FIT, "press": "show"})
    assert page.status_code == 200 and "Please call us at (212) 555-0100." in page.content.decode()
    bad = client.post(URL, {**FIT, "body": "Your asylum case", "press": "show"})
    assert bad.status_code == 422 and "tells whoever holds the phone" in bad.content.decode()
    assert not Wording.objects.exists()


def test_the_second_of_two_sees_the_newer_version_and_keeps_what_was_typed(client, cast, now):
    client.force_login(cast.ines)
    write(cast, now, kind="news", body="By the first.")
    page = client.post(URL, {**FIT, "body": "By the second.", "seen": "0"})
    html = page.content.decode()
    assert page.status_code == 409 and "By the first." in html and "By the second." in html
    again = {**FIT, "body": "By the second.", "seen": page.context["form"]["seen"].value()}
    assert client.post(URL, again).status_code == 302
    assert Wording.objects.count() == 2


def test_a_lawyer_approves_on_the_page_and_others_read(client, cast, now):
    version = write(cast, now, kind="news")
    name_law_reader(cast.ade, by=cast.ines, at=now)
    client.force_login(cast.ade)
    assert "I have read it and approve it" in client.get(URL).content.decode()
    client.post(reverse("workspace:wording-approve", args=[version.pk]))
    assert "Your own words" in client.get(URL).content.decode()
    client.force_login(cast.cora)
    html = client.get(URL).content.decode()
    assert "Approved by Ade" in html and "<textarea" not in html
    assert client.get(reverse("workspace:wording", args=["nonsense", "en"])).status_code == 404
    assert client.get(reverse("workspace:wordings")).status_code == 200
