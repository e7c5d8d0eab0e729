"""A declaration: written in paragraphs, each with its versions and its review, at last an exhibit."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from evidence.actions.claims import add_claim_point
from foundation.events.lifecycle import NotAllowed, Stale
from foundation.refused import Forbidden
from intake.models import Narrative
from packets import actions, declaring
from packets.access import declarations_visible_to
from packets.declarations import declaration_docx, page_of
from packets.models import Packet
from packets.queries import opened, remarks_of
from packets.rules.tellings import differences
from tests.packets import reading
from tests.packets.conftest import COVER
from tests.packets.test_packets import built, text_of

ENGLISH = "In March 2021 soldiers took my brother from our house."


@pytest.fixture
def declaration(held, cast, now):
    return declaring.begin_declaration(held, who="Amina X", language="Arabic", by=cast.ade, at=now)


def write(declaration, cast, now, english=ENGLISH, original="", **more):
    return declaring.add_paragraph(
        declaration, english=english, original=original, by=cast.ade, at=now, **more
    )


def change(paragraph, cast, now, english, version=1):
    words = {"english": english, "original": ""}
    return declaring.change_paragraph(paragraph, **words, version=version, by=cast.ade, at=now)


def approve(declaration, cast, now):
    declaring.submit_declaration(declaration, by=cast.ade, at=now)
    for row in declaration.paragraphs.filter(is_current=True, status="submitted"):
        declaring.review_paragraph(row, approved=True, note="", by=cast.ade, at=now)


def test_only_whoever_holds_the_matter_writes_a_declaration(held, declaration, cast, now):
    for other in (cast.cora, cast.bea, cast.ines, cast.otto):
        with pytest.raises(Forbidden):
            declaring.begin_declaration(held, who="A", language="", by=other, at=now)
        with pytest.raises(Forbidden):
            declaring.add_paragraph(declaration, english="a", original="", by=other, at=now)
        assert not declarations_visible_to(other).exists()


def test_a_change_is_the_next_version_and_is_reviewed_anew(declaration, cast, now):
    first = write(declaration, cast, now)
    approve(declaration, cast, now)
    second = change(first, cast, now, "In April 2021 soldiers took my brother.")
    (line,) = page_of(declaration, for_counsel=False).paragraphs
    assert (line.id, line.english) == (second.pk, "In April 2021 soldiers took my brother.")
    assert [version.english for version in line.earlier] == [ENGLISH]
    assert second.status == "draft" and line.earlier[0].number == 1


def test_a_version_over_one_that_came_meanwhile_is_not_kept_and_both_are_seen(declaration, cast, now, client):
    first = write(declaration, cast, now)
    change(first, cast, now, "Theirs.")
    with pytest.raises(declaring.ChangedMeanwhile):
        change(first, cast, now, "Mine.")
    client.force_login(cast.ade)
    address = reverse("workspace:paragraph", args=[first.pk])
    sent = {"english": "Mine.", "original": "", "version": "1"}
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Theirs." in page and "Mine." in page
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    assert client.post(address, {**sent, "version": version[1]}).status_code == 302
    assert page_of(declaration, for_counsel=False).paragraphs[0].english == "Mine."


def test_a_reviewer_sends_back_with_words_and_only_what_was_handed_in(declaration, cast, now):
    row = write(declaration, cast, now)
    with pytest.raises(NotAllowed):
        declaring.review_paragraph(row, approved=True, note="", by=cast.ade, at=now)
    assert declaring.submit_declaration(declaration, by=cast.ade, at=now) == 1
    row.refresh_from_db()
    declaring.review_paragraph(row, approved=False, note="Which brother?", by=cast.ade, at=now)
    (line,) = page_of(declaration, for_counsel=False).paragraphs
    assert (line.note, str(line.status.label)) == ("Which brother?", "Changes wanted")
    with pytest.raises(declaring.NothingToSubmit):
        declaring.submit_declaration(declaration, by=cast.ade, at=now)


def test_paragraphs_are_numbered_as_they_stand(declaration, cast, now):
    one, _two, three = (write(declaration, cast, now, english=text) for text in ("One.", "Two.", "Three."))
    declaring.move_paragraph(three, up=True, by=cast.ade, at=now)
    declaring.take_out_paragraph(one, by=cast.ade, at=now)
    said = [(line.number, line.english) for line in page_of(declaration, for_counsel=False).paragraphs]
    assert said == [(1, "Three."), (2, "Two.")]
    with pytest.raises(Stale):
        declaring.take_out_paragraph(one, by=cast.ade, at=now)
    with pytest.raises(Stale):
        change(one, cast, now, "Again.")


def test_a_paragraph_bears_on_points_of_its_own_case_alone(held, declaration, cast, now):
    point = add_claim_point(held, ground="race", assertion="Soldiers took people.", by=cast.ade, at=now)
    row = write(declaration, cast, now, points=[str(point.pk), str(declaration.pk)])
    assert row.points == [str(point.pk)]
    assert page_of(declaration, for_counsel=False).paragraphs[0].points == ["Soldiers took people."]


def test_a_declaration_goes_into_a_packet_once_all_of_it_is_approved(held, declaration, cast, now):
    packet = actions.begin_packet(held, cover=COVER, by=cast.ade, at=now)
    put = {"declaration_id": declaration.pk, "part": "declaration", "about": {}, "by": cast.ade, "at": now}
    with pytest.raises(actions.NotApproved):
        actions.add_exhibit(packet, **put)
    first = write(declaration, cast, now, original="في آذار 2021")
    write(declaration, cast, now, english="I fled.")
    with pytest.raises(actions.NotApproved):
        actions.add_exhibit(packet, **put)
    approve(declaration, cast, now)
    actions.add_exhibit(packet, **put)
    _build, volumes = built(packet, cast, timezone.now())
    said = " ".join(" ".join(reading.texts_of(volumes[0])).split())
    assert f"1. {ENGLISH}" in said and "2. I fled." in said
    assert "DECLARATION OF AMINA X" in said and "under penalty of perjury" in said
    change(first, cast, timezone.now(), "Changed, and seen by nobody.")
    page = opened(Packet.objects.get())
    assert page.packet.changed_at > page.good.asked_at
    assert any("wait to be approved" in remark.words for remark in remarks_of(page, today=now.date()))


def test_the_word_document_has_the_original_beside_the_english(declaration, cast, now):
    write(declaration, cast, now, original="في آذار 2021 أخذ الجنود أخي")
    said = text_of(declaration_docx(page_of(declaration, for_counsel=False)))
    assert ENGLISH in said and "أخذ الجنود أخي" in said and "Arabic" in said


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ("Soldiers took my brother from our house in May 2021.", ("march", "may")),
        ("Soldiers took my brother from our house in March 2020.", ("2021", "2020")),
        ("Soldiers took my brother from our house in March 2021.", None),
        ("Soldiers took my brother from our house.", None),
        ("My sister studied medicine in May 2020.", None),
    ],
)
def test_two_tellings_differ_where_what_is_counted_or_dated_does(other, differs):
    found = differences(ENGLISH, other)
    assert [(one.only_one[0], one.only_other[0]) for one in found] == ([differs] if differs else [])


def test_numbers_of_any_script_are_compared():
    one, other = "أخذ الجنود أخي من البيت سنة ٢٠٢١", "أخذ الجنود أخي من البيت سنة 2020"
    (found,) = differences(one, other)
    assert (found.only_one, found.only_other) == (("2021",), ("2020",))
    assert differences(one, "أخذ الجنود أخي من البيت سنة 2021") == []


def test_where_tellings_differ_is_shown_to_counsel_alone_with_both_texts(
    held, declaration, cast, now, client
):
    told = {"story": "Soldiers took my brother from our house in May 2021."}
    Narrative.objects.create(
        **held.matter.columns, intake=held.intake, page="story", value=told, saved_at=now
    )
    write(declaration, cast, now)
    (one,) = page_of(declaration, for_counsel=True).differing
    assert (one.difference.one, one.difference.other) == (ENGLISH, told["story"])
    assert page_of(declaration, for_counsel=False).differing == []
    client.force_login(cast.ade)
    page = client.get(reverse("workspace:declaration", args=[declaration.pk])).content.decode()
    assert told["story"] in page
    client.force_login(cast.cora)
    assert client.get(reverse("workspace:declaration", args=[declaration.pk])).status_code == 403


def test_a_form_without_words_is_refused_with_words(declaration, cast, client):
    client.force_login(cast.ade)
    answer = client.post(reverse("workspace:declaration", args=[declaration.pk]), {"english": " "})
    assert answer.status_code == 422 and "Write the paragraph" in answer.content.decode()
