"""A person looks at what the rules found: confirms what is not sure, marks passages, moves the end."""

import pytest
from django.urls import reverse

from evidence.actions.claims import add_claim_point, cite_passage
from evidence.actions.library import add_document
from evidence.actions.passages import NoSuchPassage, mark_passage, mark_words, move_end
from evidence.models import Passage, Snapshot
from evidence.queries.claims import cited_points
from evidence.queries.library import latest_snapshot, left_out_of, passages_of
from evidence.reading.result import Reading
from evidence.rules import parse_statement
from evidence.search.office import search_office
from evidence.words import PLACES_FOUND, SURENESS
from foundation.events.models import Event
from foundation.refused import Forbidden
from tests.evidence.readings import HERE
from tests.support.reading import literals, sources

TEXT = """Ridgeline Watch Condemns Shelling

Press release
02/10/2016

TAIZ — Ridgeline Watch today condemned the shelling of two hospitals.

“Nobody came,” said Lena Okoro, a nurse with Ridgeline Watch.

Notes to editors

The first hospital was shelled in March.

The second was shelled in April."""


@pytest.fixture
def document(cast, now):
    return add_document(TEXT, capture="paste", by=cast.ade, at=now)


def left_out(document):
    snapshot = latest_snapshot(document)
    return [line.text for line in left_out_of(document, snapshot, passages_of(snapshot))]


def paragraphs(document):
    return [p.text[:12] for p in passages_of(latest_snapshot(document)) if p.kind == "paragraph"]


def place_of(words):
    return TEXT.index(words), TEXT.index(words) + len(words)


BELOW = ["Notes to editors", "The first hospital was shelled in March.", "The second was shelled in April."]


def test_what_is_in_no_passage_is_listed_on_the_page(document, cast, client):
    assert left_out(document) == ["Press release", *BELOW]
    client.force_login(cast.ade)
    page = client.get(reverse("evidence:document", args=[document.pk])).content.decode()
    for words in ("Left out", *BELOW, "Make it a passage", "The text goes on to here", "The text ends here"):
        assert words in page, words


def test_what_a_file_says_beside_its_text_is_listed_too(cast, now, client):
    reading = Reading("T\n\nA hospital was shelled.", "text/html", left_out=["Home Donate"])
    added = add_document(reading.text, capture="upload", reading=reading, by=cast.ade, at=now)
    client.force_login(cast.ade)
    assert "Home Donate" in client.get(reverse("evidence:document", args=[added.pk])).content.decode()


def test_a_part_that_is_none_or_is_a_passage_is_not_marked(document, cast, now):
    whole = place_of("“Nobody came,” said Lena Okoro, a nurse with Ridgeline Watch.")
    for start, end in ((0, 0), (9999, 10_000), whole, (len(TEXT), len(TEXT) + 9)):
        with pytest.raises(NoSuchPassage):
            mark_passage(document, start=start, end=end, by=cast.ade, at=now)
    with pytest.raises(Forbidden):
        mark_passage(document, start=0, end=5, by=cast.otto, at=now)
    assert Snapshot.objects.count() == 1


def test_a_marked_part_is_a_passage_that_is_found_and_cited(document, accepted, cast, now):
    start, end = place_of("The second was shelled in April.")
    kept = mark_passage(document, start=start, end=end, by=cast.ade, at=now.replace(year=now.year + 1))
    assert paragraphs(document) == ["TAIZ — Ridge", "“Nobody came", "The second w"]
    assert (kept.capture, kept.text, kept.sha256) == (
        "marked",
        TEXT,
        Snapshot.objects.earliest("captured_at").sha256,
    )
    assert "April" in search_office("second shelled April", cast.cora)[0].passage.text
    point = add_claim_point(accepted.case, ground="race", assertion="Shelled.", by=cast.ade, at=now)
    cite_passage(kept.passages.last(), claim_point=point, relation="supports", note="", by=cast.ade, at=now)
    assert cited_points(accepted.case)[0].citations[0].citation.exact == "The second was shelled in April."
    assert Event.objects.filter(name="evidence.passages_marked").count() == 1


PART = "condemned the shelling of two hospitals."
OVER = "two hospitals.\n\n“Nobody came,”"


def test_a_part_of_a_paragraph_or_of_several_is_marked_by_its_words_and_cited(document, accepted, cast, now):
    for years, words in enumerate((PART, OVER), 1):
        mark_words(document, words=f" {words} ", by=cast.ade, at=now.replace(year=now.year + years))
    newest = latest_snapshot(document)
    assert [(p.n, p.kind, p.text) for p in passages_of(newest)][:4] == [
        (1, "paragraph", "TAIZ — Ridgeline Watch today condemned the shelling of two hospitals."),
        (2, "marked", PART),
        (3, "marked", OVER),
        (4, "paragraph", "“Nobody came,” said Lena Okoro, a nurse with Ridgeline Watch."),
    ]
    point = add_claim_point(accepted.case, ground="race", assertion="Shelled.", by=cast.ade, at=now)
    part = newest.passages.get(n=2)
    cite_passage(part, claim_point=point, relation="supports", note="", by=cast.ade, at=now)
    assert cited_points(accepted.case)[0].citations[0].citation.exact == PART
    # What was marked stays as the end moves below it, and goes with what it stood in.
    move_end(document, end=len(TEXT), by=cast.ade, at=now.replace(year=now.year + 3))
    assert latest_snapshot(document).passages.filter(kind="marked").count() == 2
    move_end(document, end=place_of("two hospitals.")[1], by=cast.ade, at=now.replace(year=now.year + 4))
    assert [p.text for p in passages_of(latest_snapshot(document)) if p.kind == "marked"] == [PART]


def test_words_that_stand_nowhere_or_twice_are_refused_and_stay_in_the_form(document, cast, now, client):
    client.force_login(cast.ade)
    address = reverse("evidence:words-mark", args=[document.pk])
    for words, said in (("Words of nobody", "letter for letter"), ("Ridgeline Watch", "more than once")):
        answer = client.post(address, {"words": words})
        page = answer.content.decode()
        assert answer.status_code == 422 and said in page and f">\n{words}</textarea>" in page
    client.post(address, {"words": "Nobody\r\n came,"})
    assert Snapshot.objects.count() == 1  # it is a quotation already
    client.post(address, {"words": "today  condemned"})
    assert latest_snapshot(document).passages.get(kind="marked").text == "today condemned"
    with pytest.raises(Forbidden):
        mark_words(document, words="first hospital", by=cast.otto, at=now)


def test_the_end_moves_down_and_up_and_older_citations_stay(document, accepted, cast, now):
    point = add_claim_point(accepted.case, ground="race", assertion="Shelled.", by=cast.ade, at=now)
    old = Passage.objects.get(kind="quotation")
    cite_passage(old, claim_point=point, relation="supports", note="", by=cast.ade, at=now)
    move_end(document, end=len(TEXT), by=cast.ade, at=now.replace(year=now.year + 1))
    assert len(paragraphs(document)) == 5 and left_out(document) == ["Press release"]
    move_end(document, end=place_of("two hospitals.")[1], by=cast.ade, at=now.replace(year=now.year + 2))
    assert paragraphs(document) == ["TAIZ — Ridge"]
    assert cited_points(accepted.case)[0].citations[0].citation.exact == "Nobody came,"
    for end in (1, place_of("two hospitals.")[1]):
        with pytest.raises(NoSuchPassage):
            move_end(document, end=end, by=cast.ade, at=now.replace(year=now.year + 3))


def test_the_buttons_of_the_page_mark_and_move(document, cast, client):
    client.force_login(cast.cora)
    start, end = place_of("The first hospital was shelled in March.")
    client.post(reverse("evidence:passage-mark", args=[document.pk]), {"start": start, "end": end})
    assert len(paragraphs(document)) == 3
    client.post(reverse("evidence:statement-end", args=[document.pk]), {"end": len(TEXT)})
    assert len(paragraphs(document)) == 4
    answer = client.post(reverse("evidence:statement-end", args=[document.pk]), {"end": "x"}, follow=True)
    assert "is a passage already, or is not there" in answer.content.decode()


def test_what_is_not_sure_is_shown_as_such_and_confirmed_by_itself(document, cast, client):
    assert document.published_date is None and "UNSURE_DATE" in document.warnings
    client.force_login(cast.ade)
    page = client.get(reverse("evidence:document", args=[document.pk])).content.decode()
    assert "on a line of its own (not sure): Feb. 10, 2016 or Oct. 2, 2016?" in page
    assert "as the one who says so (sure)" in page
    url = reverse("evidence:document-confirm", args=[document.pk])
    details = {"title": "T", "publisher": "Ridgeline Watch", "published_date": "2016-10-02", "kind": "news"}
    details["published_precision"] = "day"
    unticked = client.post(url, details)
    assert unticked.status_code == 422 and "compare these with the text" in unticked.content.decode()
    assert client.post(url, {**details, "checked": ["published_date"]}).status_code == 302
    document.refresh_from_db()
    assert (str(document.published_date), document.confirmed_by) == ("2016-10-02", cast.ade)


def test_the_role_of_who_speaks_is_kept_and_shown(document, cast, client):
    quoted = Passage.objects.get(kind="quotation")
    assert (quoted.speaker, quoted.role, quoted.affiliation) == ("Lena Okoro", "nurse", "Ridgeline Watch")
    client.force_login(cast.ade)
    page = client.get(reverse("evidence:document", args=[document.pk])).content.decode()
    assert "Lena Okoro, nurse, Ridgeline Watch" in page


def test_every_place_and_sureness_the_rules_name_has_words():
    parsed = [parse_statement(path.read_text()) for path in HERE.glob("*/*.txt")]
    details = [one for p in parsed for one in (p.publisher, p.published) if one]
    assert len({one.where for one in details}) > 6
    assert {one.where for one in details} <= set(PLACES_FOUND) and {one.sure for one in details} <= set(
        SURENESS
    )
    said = literals(*(one.tree for one in sources() if one.path.startswith("evidence/rules/")))
    assert set(PLACES_FOUND) | set(SURENESS) <= said


def test_names_longer_than_a_field_are_cut(cast, now):
    long = " ".join(["Abcdefghijkl"] * 40)
    text = f"T\n\nGENEVA — {long} today condemned it.\n\n“It burned,” said {long}, director of {long} Watch."
    document = add_document(text, capture="paste", by=cast.ade, at=now)
    assert len(document.publisher) <= 200
