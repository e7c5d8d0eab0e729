"""A packet from its first exhibit to its filing: who may, what is refused, what stays."""

import datetime as dt
import io
import re
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from evidence.actions.claims import add_claim_point, cite_passage
from evidence.actions.library import add_document
from evidence.models import Passage
from foundation.files import uploads
from foundation.files import work as files_work
from foundation.files.actions import open_file, path_of
from foundation.files.erasing import erase_matters
from foundation.files.receiving import ReceivedFile
from foundation.refused import Forbidden
from foundation.vault.opening import open_one
from packets import actions
from packets.access import packets_visible_to
from packets.models import Build, Exhibit, Packet
from packets.queries import brief_docx, index_docx, lines_of, opened, remarks_of
from packets.work import LINE
from tests.packets import hostile, reading

TEXT = (
    "Report on shelling\n\n“The hospital was shelled at night,” said Lena Okoro, director, Ridgeline Watch."
)


def send(case, content, now, name="paper.pdf"):
    """Have a file of a case rebuilt; return it."""
    paper = ReceivedFile(name)
    paper.add(content)
    paper.complete()
    (outcome,) = uploads.receive_files([paper], matter=case.matter, by="applicant", at=now, on=now.date())
    paper.close()
    files_work.LINE.work_off()
    return outcome.upload


def cite(case, ade, now, *, relation="supports"):
    document = add_document(TEXT, capture="paste", by=ade, at=now)
    passage = Passage.objects.filter(snapshot__document=document, kind="quotation").first()
    point = add_claim_point(case, ground="race", assertion="Hospitals were shelled.", by=ade, at=now)
    return cite_passage(passage, claim_point=point, relation=relation, note="secret note", by=ade, at=now)


def put(packet, cast, now, **what):
    return actions.add_exhibit(packet, about={}, by=cast.ade, at=now, **what)


def built(packet, cast, now):
    """Have a packet built; return the build and its volumes."""
    build = actions.ask_build(packet, by=cast.ade, at=now)
    LINE.work_off()
    build.refresh_from_db()
    return build, [reading_of(volume) for volume in build.volumes.all()]


def reading_of(volume):
    return b"".join(open_file(volume.stored, purpose="test"))


def test_only_whoever_holds_the_matter_puts_a_packet_together(held, packet, cast, now):
    for other in (cast.cora, cast.bea, cast.ines, cast.otto):
        with pytest.raises(Forbidden):
            actions.begin_packet(held, cover={}, by=other, at=now)
        assert not packets_visible_to(other).exists()
    assert list(packets_visible_to(cast.ade)) == [packet]


def test_a_file_of_another_matter_is_not_put_in(packet, make_case, cast, now):
    other = send(make_case(), hostile.ACCEPTED["A4"], now)
    with pytest.raises(actions.NotThere):
        put(packet, cast, now, upload_id=other.pk)


def test_files_and_sources_are_bound_with_their_quotations(held, packet, cast, now):
    put(packet, cast, now, upload_id=send(held, hostile.ACCEPTED["turned 90"], now).pk, part="identity")
    citation = cite(held, cast.ade, now)
    put(packet, cast, now, snapshot_id=citation.snapshot_id, part="conditions")
    build, volumes = built(packet, cast, now)
    assert (build.status, len(volumes)) == ("built", 1)
    text = " ".join(reading.squeezed(page) for page in reading.texts_of(volumes[0]))
    assert reading.squeezed("The hospital was shelled at night") in text
    assert "secretnote" not in text
    made = open_one(build, "made", purpose="test").made
    (page,) = made["pincites"][citation.pk.hex]
    assert reading.squeezed("The hospital was shelled") in reading.squeezed(
        reading.texts_of(volumes[0])[int(page) - 1]
    )
    lines = lines_of(opened(Packet.objects.get()))
    assert [(line.tab, line.pages) for line in lines] == [("A", "3-4"), ("B", "5-6")]
    assert index_docx(opened(Packet.objects.get())).startswith(b"PK")


def test_a_short_quotation_is_bound_and_not_the_text_around_it(held, packet, cast, now):
    citation = cite(held, cast.ade, now)
    put(packet, cast, now, snapshot_id=citation.snapshot_id, how="excerpt")
    _build, volumes = built(packet, cast, now)
    last = reading.texts_of(volumes[0])[-1]
    assert "The hospital was shelled at night" in " ".join(last.split()) and "said Lena Okoro" not in last


def test_an_adverse_citation_is_in_the_index_once_it_was_confirmed(held, packet, cast, now):
    citation = cite(held, cast.ade, now, relation="adverse")
    exhibit = put(packet, cast, now, snapshot_id=citation.snapshot_id)
    assert opened(packet).rows[0].citations == []
    said = {"how": "full", "part": "conditions", "about": {}, "adverse": [str(citation.pk)]}
    actions.change_exhibit(exhibit, **said, by=cast.ade, at=now)
    assert opened(packet).rows[0].citations == [citation]


def test_a_build_that_fails_says_which_exhibit_and_leaves_the_one_before(held, packet, cast, now):
    now, later = now - dt.timedelta(minutes=1), now
    exhibit = put(packet, cast, now, upload_id=send(held, hostile.ACCEPTED["A4"], now).pk)
    first, _volumes = built(packet, cast, now)
    about = {"words": ["nobody at all"]}
    actions.change_exhibit(exhibit, how="full", part="other", about=about, by=cast.ade, at=later)
    second, _none = built(packet, cast, later)
    assert (second.status, second.reason, second.failed) == ("failed", "redaction_not_found", exhibit)
    assert first.volumes.count() == 1 and opened(packet).good == first
    actions.change_exhibit(exhibit, how="full", part="other", about={}, by=cast.ade, at=later)
    assert built(packet, cast, later)[0].status == "built"


def test_order_is_changed_and_the_numbers_follow(held, packet, cast, now):
    first = put(packet, cast, now, upload_id=send(held, hostile.ACCEPTED["A4"], now).pk)
    second = put(packet, cast, now, upload_id=send(held, hostile.ACCEPTED["dark"], now).pk)
    actions.move_exhibit(second, up=True, by=cast.ade, at=now)
    assert [line.id for line in lines_of(opened(packet))] == [second.pk, first.pk]
    actions.move_exhibit(second, up=True, by=cast.ade, at=now)
    ids = [first.pk, second.pk]
    actions.order_exhibits(packet, order="source", ids=ids, by=cast.ade, at=now)
    assert list(Exhibit.objects.values_list("pk", flat=True)) == ids
    with pytest.raises(actions.Stale):
        actions.order_exhibits(packet, order="hand", ids=ids[:1], by=cast.ade, at=now)


def test_pages_cited_follow_when_the_exhibits_are_put_in_another_order(held, packet, cast, now):
    file = put(packet, cast, now, upload_id=send(held, hostile.ACCEPTED["A4"], now).pk)
    citation = cite(held, cast.ade, now)
    source = put(packet, cast, now, snapshot_id=citation.snapshot_id)
    cited = []
    for ids in ([file.pk, source.pk], [source.pk, file.pk]):
        actions.order_exhibits(packet, order="hand", ids=ids, by=cast.ade, at=timezone.now())
        build = actions.ask_build(packet, by=cast.ade, at=timezone.now())
        LINE.work_off()
        page = opened(Packet.objects.get())
        (number,) = page.made["pincites"][citation.pk.hex]
        (volume,) = [reading_of(volume) for volume in build.volumes.all()]
        said = reading.squeezed(reading.texts_of(volume)[int(number) - 1])
        assert reading.squeezed("The hospital was shelled at night") in said
        assert f"(p. {number})" in text_of(index_docx(page))
        assert f"Ex. {'B' if ids[0] == file.pk else 'A'} at {number}," in text_of(brief_docx(page))
        assert "Hospitals were shelled." in text_of(brief_docx(page))
        cited.append(number)
    assert cited == ["6", "4"]


def text_of(docx):
    """Return what a Word document says."""
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        return re.sub("<[^>]+>", "", parts.read("word/document.xml").decode())


def test_what_is_frozen_is_not_changed_and_what_was_not_built_not_frozen(held, packet, cast, now):
    with pytest.raises(actions.NothingIn):
        actions.ask_build(packet, by=cast.ade, at=now)
    exhibit = put(packet, cast, now, upload_id=send(held, hostile.ACCEPTED["A4"], now).pk)
    with pytest.raises(actions.NotBuilt):
        actions.freeze(packet, by=cast.ade, at=now)
    built(packet, cast, now)
    packet.refresh_from_db()
    actions.freeze(packet, by=cast.ade, at=now)
    for refused in (actions.take_out, actions.move_exhibit):
        more = {"up": True} if refused is actions.move_exhibit else {}
        with pytest.raises(actions.NotWorking):
            refused(exhibit, by=cast.ade, at=now, **more)
    packet.refresh_from_db()
    actions.thaw(packet, by=cast.ade, at=now)
    actions.take_out(exhibit, by=cast.ade, at=now)


FILED = {"method": "ecas", "confirmation": "E-1", "service": "", "served_on": None}


def file_it(packet, cast, now):
    packet.refresh_from_db()
    actions.freeze(packet, by=cast.ade, at=now)
    packet.refresh_from_db()
    return actions.lodge(packet, **FILED, filed_on=now.date(), by=cast.ade, at=now)


def test_what_comes_late_keeps_what_was_filed(held, packet, cast, now):
    now, later = now - dt.timedelta(minutes=1), now
    for name in ("A4", "dark"):
        put(packet, cast, now, upload_id=send(held, hostile.ACCEPTED[name], now).pk)
    built(packet, cast, now)
    lodging = file_it(packet, cast, now)
    actions.note_answer(lodging, taken=True, why_back="", by=cast.ade, at=now)
    packet.refresh_from_db()
    following = actions.follow_packet(packet, keeps_numbers=True, by=cast.ade, at=later)
    late = put(following, cast, later, upload_id=send(held, hostile.ACCEPTED["tiny"], now).pk)
    actions.move_exhibit(late, up=True, by=cast.ade, at=later)
    built(following, cast, later)
    following.refresh_from_db()
    lines = lines_of(opened(following))
    assert [(line.tab, line.pages) for line in lines] == [("A", "3-4"), ("A-1a", "4.1-4.2"), ("B", "5-6")]
    file_it(following, cast, later)
    packet.refresh_from_db()
    assert packet.status == "superseded"


def test_what_was_sent_back_is_filed_again(held, packet, cast, now):
    put(packet, cast, now, upload_id=send(held, hostile.ACCEPTED["A4"], now).pk)
    built(packet, cast, now)
    lodging = file_it(packet, cast, now)
    actions.note_answer(lodging, taken=False, why_back="No cover", by=cast.ade, at=now)
    packet.refresh_from_db()
    assert packet.status == "frozen"
    actions.lodge(packet, **FILED, filed_on=now.date(), by=cast.ade, at=now)
    assert sorted(packet.lodgings.values_list("status", flat=True)) == ["rejected", "sent"]


def test_remarks_name_what_is_to_be_looked_at(held, packet, cast, now):
    declaration = send(held, hostile.ACCEPTED["A4"], now)
    put(packet, cast, now, upload_id=declaration.pk, part="declaration")
    put(packet, cast, now, upload_id=declaration.pk)
    put(packet, cast, now, snapshot_id=cite(held, cast.ade, now).snapshot_id)
    built(packet, cast, now)
    packet.refresh_from_db()
    found = {(remark.tab, remark.words[:30]) for remark in remarks_of(opened(packet), today=now.date())}
    for tab, words in (
        ("A", "Pages that are not US Letter"),
        ("A", "Nothing says who translated it"),
        ("B", "The same pages are in twice"),
    ):
        assert any(one == tab and said.startswith(words[:25]) for one, said in found), words
    assert ("C", "This source has no date.") in found


def test_a_download_is_on_record_and_for_the_team_alone(held, packet, cast, client, now):
    put(packet, cast, now, upload_id=send(held, hostile.ACCEPTED["A4"], now).pk)
    build, _volumes = built(packet, cast, now)
    address = reverse("workspace:packet-volume", args=[build.pk, 1])
    for who, status in ((cast.cora, 403), (cast.bea, 404)):
        client.force_login(who)
        assert client.get(address).status_code == status


def test_what_is_waiting_is_not_asked_for_twice(held, packet, cast, now):
    put(packet, cast, now, upload_id=send(held, hostile.ACCEPTED["A4"], now).pk)
    actions.ask_build(packet, by=cast.ade, at=now)
    with pytest.raises(actions.BuildsNow):
        actions.ask_build(packet, by=cast.ade, at=now)
    assert Build.objects.count() == 1


def test_packets_are_erased_with_their_matter(held, packet, cast, now):
    put(packet, cast, now, upload_id=send(held, hostile.ACCEPTED["A4"], now).pk)
    build, _volumes = built(packet, cast, now)
    stored = build.volumes.get().stored
    file_it(packet, cast, now)
    packet.refresh_from_db()
    actions.follow_packet(packet, keeps_numbers=True, by=cast.ade, at=now)
    erase_matters([held.matter_id])
    assert not Packet.objects.exists() and not path_of(stored.pk).exists()


def test_a_packet_is_written_into_a_folder_and_verified(held, packet, cast, now, tmp_path, capsys):
    put(packet, cast, now, upload_id=send(held, hostile.ACCEPTED["A4"], now).pk)
    call_command("build_packet", held.reference, "--as", cast.ade.email, "--out", str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.docx", "manifest.json", "volume-1.pdf"]
    call_command("verify_packet", str(tmp_path / "manifest.json"))
    said = capsys.readouterr().out
    assert "Tab A, 4-4: unchanged" in said and "Unchanged." in said
    with pytest.raises(CommandError):
        call_command("build_packet", held.reference, "--as", cast.bea.email, "--out", str(tmp_path))
