"""From an address to a source in the library, and back to see whether it still stands there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from config.middleware import principal_of
from evidence import capture, sentinel
from evidence.actions.claims import add_claim_point, cite_passage
from evidence.actions.library import add_document
from evidence.actions.links import NotAPage, add_file, add_link, remove_link, retry_link
from evidence.actions.passages import mark_passage
from evidence.actions.shelf import take_from_shelf
from evidence.clients.fetch import Exchange, NullFetcher
from evidence.models import Document, Link, LinkCheck, Passage, ReportPassage, Snapshot
from evidence.originals import path_of
from evidence.queries.claims import cited_points, matrix_of
from evidence.queries.links import drifted, links_of
from evidence.queries.shelf import lineage_of
from evidence.work import links
from foundation.database.principal import acting_as
from foundation.events.lifecycle import NotAllowed
from foundation.events.models import Event
from foundation.events.stuck import give_up_work
from foundation.refused import Forbidden
from tests.evidence.test_shelf import load

TEXT = (Path(__file__).parent / "statements" / "ridgeline.txt").read_text()
URL = "https://ridgeline.example/statement"


def page(text=TEXT, *, url=URL, status=200, footer=""):
    blocks = "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
    body = f"<html><body><main>{blocks}<p>{footer}</p></main></body></html>".encode()
    return [Exchange(url, "93.184.216.34", status, "OK", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", [], body)]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def asked(cast, now, url=URL):
    return add_link(url, kind="statement", by=cast.ade, at=now)


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "http://a@x.example/", "http://x.example:8080/", "nothing"]
)
def test_an_address_that_is_no_page_is_refused_at_once(cast, now, url):
    with pytest.raises(NotAPage):
        asked(cast, now, url)
    assert not Link.objects.exists()


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ({}, "could not be reached"),
        ({URL: page(status=404)}, "404"),
        ({URL: [Exchange(URL, "1.1.1.1", 200, "OK", b"GET / HTTP/1.1", [], b"%PDF-1 broken")]}, "damaged"),
        ({URL: page("Only a title")}, "quoted"),
    ],
)
def test_a_page_that_cannot_be_kept_leaves_its_reason_and_nothing_else(cast, now, tmp_path, pages, words):
    link = asked(cast, now)
    links(NullFetcher(pages)).work_off(at=now)
    link.refresh_from_db()
    assert (link.status, Document.objects.count(), Snapshot.objects.count()) == ("refused", 0, 0)
    assert words in link.why_not
    assert links(NullFetcher(pages)).work_off(at=now) == 0


def test_a_page_is_fetched_by_the_worker_and_kept_with_its_archive(cast, now):
    link = asked(cast, now)
    assert links(NullFetcher({URL: page()})).work_off(at=now) == 1
    link.refresh_from_db()
    snapshot = link.document.snapshots.get()
    assert (link.status, snapshot.capture, link.document.url) == ("kept", "link", URL)
    assert path_of(snapshot.warc_sha256).read_bytes().startswith(b"\x1f\x8b")
    assert b"Ridgeline" in path_of(snapshot.original_sha256).read_bytes()
    assert str(link.document.published_date) == "2018-03-14"


def test_the_same_page_asked_for_twice_is_one_source(cast, now):
    for _ in range(2):
        asked(cast, now)
    links(NullFetcher({URL: page()})).work_off(at=now)
    assert Document.objects.count() == 1
    assert Link.objects.filter(status="kept").count() == 2


def answer(body, *headers, status=200):
    return [Exchange(URL, "93.184.216.34", status, "OK", b"GET / HTTP/1.1", list(headers), body)]


WHOLE = page()[0].body


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        (answer(WHOLE[:-30], ("Content-Length", str(len(WHOLE)))), "cut short"),
        (
            answer(b"<html><title>Just a moment...</title><body><p>Checking your browser.</p></body></html>"),
            "robots",
        ),
        (answer(b"x", ("cf-mitigated", "challenge"), status=403), "robots"),
        (
            answer(
                b"<html><title>Page not found</title><body><h1>Page not found</h1><p>Sorry.</p></body></html>"
            ),
            "not there",
        ),
        (
            answer(b"<html><title>Before you continue</title><body><p>We use cookies.</p></body></html>"),
            "cookies",
        ),
        (answer(b"<html><body><div id=root></div><script>x</script></body></html>"), "JavaScript"),
        (answer(b"x", status=403), "upload"),
        (answer(b"x", status=404), "not there"),
        (answer(b"x", status=503), "Try again later"),
    ],
)
def test_what_stands_in_the_place_of_a_page_is_refused_with_the_way_out(cast, now, chain, words):
    link = asked(cast, now)
    links(NullFetcher({URL: chain})).work_off(at=now)
    link.refresh_from_db()
    assert (link.status, Document.objects.count()) == ("refused", 0)
    assert words in link.why_not and not link.why_not.endswith("…")


@pytest.mark.parametrize(("codec", "named"), [("cp1256", "windows-1256"), ("gbk", "GBK")])
def test_a_character_set_only_the_site_names_is_believed(cast, now, codec, named):
    words = {"cp1256": "قصفت القوات المستشفى مرتين.", "gbk": "政府应当释放律师。"}[codec]
    body = f"<html><body><h1>T</h1><p>{words}</p></body></html>".encode(codec)
    asked(cast, now)
    links(NullFetcher({URL: answer(body, ("Content-Type", f"text/html; charset={named}"))})).work_off(at=now)
    assert words in Document.objects.get().snapshots.get().text


@pytest.fixture
def refused(cast, now):
    link = asked(cast, now)
    links(NullFetcher()).work_off(at=now)
    link.refresh_from_db()
    return link


def test_what_waits_or_is_kept_or_is_anothers_is_neither_removed_nor_asked_again(refused, cast, now):
    waiting = asked(cast, now, URL + "2")
    for link, by, error in ((waiting, cast.ade, NotAllowed), (refused, cast.otto, Forbidden)):
        with pytest.raises(error):
            remove_link(link, by=by)
        with pytest.raises(error):
            retry_link(link, by=by, at=now)
    assert Link.objects.filter(status="removed").count() == 0


def test_a_page_that_could_not_be_fetched_is_asked_for_again(refused, cast, now, client):
    client.force_login(cast.cora)
    page_of = reverse("evidence:link", args=[refused.pk])
    assert "Try again" in client.get(page_of).content.decode()
    again = client.post(reverse("evidence:link-retry", args=[refused.pk]))
    fresh = Link.objects.get(status="waiting")
    assert again.url == reverse("evidence:link", args=[fresh.pk])
    assert (fresh.url, fresh.kind, fresh.asked_by) == (URL, "statement", cast.cora)
    assert [one.pk for one in links_of(cast.cora)] == [fresh.pk]
    assert "Try again" not in client.get(page_of).content.decode()
    assert client.post(reverse("evidence:link-retry", args=[refused.pk]), follow=True).status_code == 200
    assert links(NullFetcher({URL: page()})).work_off(at=now + timedelta(days=1)) == 1
    assert Document.objects.count() == 1


def test_a_page_that_could_not_be_fetched_is_taken_off_the_list(refused, cast, client):
    client.force_login(cast.ade)
    client.post(reverse("evidence:link-remove", args=[refused.pk]))
    refused.refresh_from_db()
    assert refused.status == "removed" and links_of(cast.ade) == []
    assert Event.objects.filter(name="evidence.link_removed", subject_id=str(refused.pk)).count() == 1


def test_a_file_that_could_not_be_read_is_removed_but_must_be_sent_again(cast, now, client):
    sent = add_file(b"%PDF-1.7 nothing", name="a.pdf", kind="report", by=cast.ade, at=now)
    links(NullFetcher()).work_off(at=now)
    sent.refresh_from_db()
    client.force_login(cast.ade)
    assert "Try again" not in client.get(reverse("evidence:link", args=[sent.pk])).content.decode()
    with pytest.raises(NotAPage, match="send it again"):
        retry_link(sent, by=cast.ade, at=now)
    remove_link(sent, by=cast.ade)
    assert links_of(cast.ade) == []


def breaks(raw, *args, **options):
    raise RecursionError("the text of the page")


def test_a_page_that_breaks_the_reader_waits_for_a_person_and_holds_up_no_other(cast, now, monkeypatch):
    poison, sound = asked(cast, now), asked(cast, now, URL + "2")
    fetched = NullFetcher({URL: page(), URL + "2": page(TEXT + "\n\nMore.", url=URL + "2")})
    read = capture.read
    broken = lambda raw, **more: read(raw, **more) if b"More." in raw else breaks(raw)  # noqa: E731
    monkeypatch.setattr(capture, "read", broken)
    at = now
    for _ in range(links().tries):
        links(fetched).work_off(at=at)
        poison.refresh_from_db()
        at = poison.next_try_at
    sound.refresh_from_db()
    assert (poison.status, poison.error, bool(poison.stuck_at)) == ("waiting", "RecursionError", True)
    assert sound.status == "kept"
    asks = len(fetched.asked)
    assert links(fetched).work_off(at=at + timedelta(days=1)) == 0 and len(fetched.asked) == asks


def test_a_page_given_up_tells_who_asked_for_it(cast, now):
    link = asked(cast, now)
    Link.objects.update(stuck_at=now)
    give_up_work(link, line=links(), why="cannot", by=cast.ines, at=now)
    link.refresh_from_db()
    assert link.status == "refused" and "given up" in link.why_not


@pytest.fixture
def kept(cast, now):
    asked(cast, now)
    links(NullFetcher({URL: page()})).work_off(at=now)
    return Document.objects.get()


def look(document, now, pages):
    return sentinel.check_link(document.pk, NullFetcher(pages), at=now)


QUOTED = "Nobody who stayed behind had anywhere left to shelter"


@pytest.mark.parametrize(
    ("pages", "seen"),
    [
        ({URL: page(footer="It is 12:04 on Friday. © 2026")}, "same"),
        ({URL: page(TEXT.replace("“", '"').replace("”", '"'))}, "same"),
        ({URL: page(TEXT.replace("Nobody who stayed", "Few who stayed"))}, "changed"),
        ({URL: page(url="https://ridgeline.example/archive/statement")}, "moved"),
        ({URL: page("Page not found. Try our search.\n\nHome")}, "soft_404"),
        ({URL: page(status=410)}, "gone"),
        (
            {URL: answer(b"<html><title>Just a moment...</title><body><p>Wait.</p></body></html>")},
            "unchecked",
        ),
        ({URL: answer(WHOLE[:-900], ("Content-Length", str(len(WHOLE))))}, "unchecked"),
        (
            {URL: answer(b"<html><title>Before you continue</title><body><p>Cookies.</p></body></html>")},
            "unchecked",
        ),
        ({URL: page(status=503)}, "unchecked"),
        ({}, "unchecked"),
    ],
)
def test_what_became_of_a_source_is_told_by_its_passages(kept, now, pages, seen):
    assert look(kept, now, pages).seen == seen


def test_a_word_that_changed_is_named_with_the_cases_that_cite_it(kept, accepted, cast, now):
    passage = next(p for p in Passage.objects.filter(kind="quotation") if QUOTED in p.text)
    point = add_claim_point(
        accepted.case, ground="political_opinion", assertion="Shelled.", element="harm", by=cast.ade, at=now
    )
    cite_passage(passage, claim_point=point, relation="supports", note="", by=cast.ade, at=now)
    look(kept, now, {URL: page(TEXT.replace("Nobody who stayed", "Few who stayed"))})
    (one,) = drifted(cast.ade)
    assert [case.pk for case in one.cases] == [accepted.case.pk]
    assert ["Nobody", "Few"] in [list(pair) for entry in one.check.passages for pair in entry["words"]]
    assert [seen.cases for seen in drifted(cast.bea)] == [[]]
    assert drifted(cast.otto) == []
    row = matrix_of(accepted.case, today=now.date(), hearing=None)[0]
    assert (row.supports, row.adverse, row.sources) == (1, 0, ["Ridgeline Watch"])
    assert "Ridgeline Watch, Press Release" in row.cited.citations[0].court
    assert "(Mar. 14, 2018)" in row.cited.citations[0].court


def test_a_citation_older_than_a_mark_is_named_too(accepted, cast, now):
    """A passage marked above the cited one gives it another number."""
    text = TEXT.replace("\n\nGeneva", "\n\nPress release\n\nGeneva")
    asked(cast, now)
    links(NullFetcher({URL: page(text)})).work_off(at=now)
    document = Document.objects.get()
    cited = next(p for p in Passage.objects.filter(kind="quotation") if QUOTED in p.text)
    point = add_claim_point(
        accepted.case, ground="race", assertion="Shelled.", element="harm", by=cast.ade, at=now
    )
    cite_passage(cited, claim_point=point, relation="supports", note="", by=cast.ade, at=now)
    start = document.snapshots.get().text.index("Press release")
    mark_passage(document, start=start, end=start + 13, by=cast.ade, at=now + timedelta(days=1))
    assert document.snapshots.latest("captured_at").passages.get(n=cited.n).kind == "paragraph"
    look(document, now, {URL: page(text.replace("Nobody who stayed", "Few who stayed"))})
    assert [case.pk for case in drifted(cast.ade)[0].cases] == [accepted.case.pk]


def test_every_source_is_looked_at_once_a_week_cited_or_not(kept, now):
    client = NullFetcher({URL: page()})
    for days, times in ((0, 1), (6, 1), (8, 2)):
        sentinel.check_links(client, at=now + timedelta(days=days))
        assert len(client.asked) == times
    assert LinkCheck.objects.filter(seen="same").count() == 2


def test_a_source_that_breaks_the_sentinel_is_unchecked_and_holds_up_no_other(kept, cast, now, monkeypatch):
    other = add_document(TEXT + "\n\nMore.", capture="paste", url=URL + "2", by=cast.ade, at=now)
    monkeypatch.setattr(sentinel, "read", breaks)
    assert sentinel.check_links(NullFetcher({URL: page(), URL + "2": page()}), at=now) == 2
    assert set(LinkCheck.objects.values_list("document", "seen")) == {
        (kept.pk, "unchecked"),
        (other.pk, "unchecked"),
    }
    assert sentinel.check_links(NullFetcher({URL: page()}), at=now + timedelta(days=6)) == 0


def test_a_passage_of_the_shelf_is_taken_whole_and_cited(accepted, cast, now, client):
    load()
    wanted = ReportPassage.objects.get(iso3="SOM", year=2017, n=2)
    first, again = (take_from_shelf(wanted, by=cast.ade, at=now) for _ in range(2))
    assert first == again and first.text == wanted.text
    assert first.snapshot.passages.count() == 2
    point = add_claim_point(accepted.case, ground="race", assertion="Harsh.", by=cast.ade, at=now)
    cite_passage(first, claim_point=point, relation="adverse", note="", pincite="§ 1", by=cast.ade, at=now)
    (cited,) = cited_points(accepted.case)[0].citations
    assert cited.court.startswith("U.S. Department of State, 2017 Country Reports")
    assert ", at § 1 (2017)" in cited.court


def test_presses_at_once_bring_one_copy_and_all_land_on_it(cast):
    """Each in a transaction of its own, as requests are."""
    load()

    def press(user, passage, principal):
        started.wait()
        with acting_as(principal), transaction.atomic():
            taken = take_from_shelf(passage, by=user, at=timezone.now())
            landed = taken.snapshot.document_id, taken.text
        connection.close()
        return landed

    four = [cast.ade, cast.bea] * 2
    for passage in ReportPassage.objects.filter(n=1).select_related("report"):
        started = Barrier(4)
        with ThreadPoolExecutor(4) as pool:
            presses = [pool.submit(press, user, passage, principal_of(user)) for user in four]
        (landed,) = {one.result() for one in presses}
        assert landed == (Document.objects.get(report=passage.report).pk, passage.text)
    assert Event.objects.filter(name="evidence.document_added").count() == Document.objects.count()


def test_a_passage_is_followed_through_the_editions(db):
    load()
    found = {d.edition.year: d for d in lineage_of(ReportPassage.objects.get(iso3="SOM", year=2017, n=1))}
    assert (found[2017].kind, found[2016].kind, found[2018].kind) == ("verbatim", "near", "gone")
    assert found[2016].numbers == [("30", "12")]


def test_every_page_opens_with_what_is_looked_for(client, accepted, cast, now, kept):
    load()
    passage = ReportPassage.objects.first()
    point = add_claim_point(accepted.case, ground="race", assertion="Children.", by=cast.ade, at=now)
    look(kept, now, {})
    pages = {
        reverse("evidence:documents") + "?q=recruit+children&country=SOM&topic=children&from=2016&to=x": 200,
        reverse("evidence:shelf-report", args=[passage.report_id]): 200,
        reverse("evidence:shelf-passage", args=[passage.pk]): 200,
        reverse("evidence:checks"): 200,
        reverse("evidence:countries"): 200,
        reverse("evidence:country", args=["som"]): 200,
        reverse("evidence:country", args=["yem"]): 200,
        reverse("evidence:collections"): 200,
    }
    mine = [
        reverse("evidence:matrix", args=[accepted.case.pk]),
        reverse("evidence:suggestions", args=[point.pk]),
    ]
    client.force_login(cast.ade)
    for url in (*pages, *mine):
        assert client.get(url).status_code == 200, url
    assert client.post(reverse("evidence:shelf-take", args=[passage.pk])).status_code == 302


def test_an_address_alone_is_put_in_line(client, cast):
    client.force_login(cast.ade)
    response = client.post(reverse("evidence:document-add"), {"url": URL, "kind": "statement"})
    assert response.status_code == 302
    assert Link.objects.get().asked_by == cast.ade
    bad = client.post(reverse("evidence:document-add"), {"url": "http://x.example:8080/", "kind": "news"})
    assert bad.status_code == 422
