"""The reference shelf: what may be put there, by whom, and what is found on it."""

import gzip
import json
import math
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from evidence.models import Lexeme, Report, ReportPassage, ShelfCount
from evidence.search.lexemes import START
from evidence.search.shelf import Filters, search_shelf
from foundation.database.principal import Principal, acting_as, each_statement_alone

HERE = Path(__file__).parent
FEW = HERE / "passages.jsonl"
SHARED = HERE.parents[2] / "shared" / "evidence"
CORPUS = SHARED / "dos_passages_18_countries.jsonl.gz"


def load(path=FEW):
    said = StringIO()
    call_command("import_corpus", str(path), stderr=said)
    return said.getvalue()


@pytest.fixture
def shelf(db):
    load()


def found(*args, **filters):
    return [(h.passage.report.slug, h.passage.year, h.passage.n) for h in search_shelf(*args, **filters).hits]


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        "{}",
        '{"iso3":"SO","year":2016,"slug":"x","n":1,"text":"t"}',
        '{"iso3":"SOM","year":"soon","slug":"x","n":1,"text":"t"}',
        '{"iso3":"SOM","year":2016,"slug":"../x","n":1,"text":"t"}',
        '{"iso3":"SOM","year":2016,"slug":"x","n":-1,"text":"t"}',
        '{"iso3":"SOM","year":2016,"slug":"x","n":1,"text":" "}',
    ],
)
def test_a_line_that_is_no_passage_is_named_and_stops_the_import(db, tmp_path, line):
    path = tmp_path / "bad.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(CommandError, match="line 1"):
        load(path)
    assert not ReportPassage.objects.exists()


def test_a_broken_or_missing_file_is_refused(db, tmp_path):
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(FEW.read_bytes())[:-20])
    for name in ("cut.jsonl.gz", "none.jsonl"):
        with pytest.raises(CommandError):
            load(tmp_path / name)


@pytest.mark.parametrize("role", ["attorney", "caseworker", "administrator"])
def test_staff_read_the_shelf_and_only_commands_write_it(shelf, role):
    with acting_as(Principal(role, "user:1", user_id=1, office_id=1)), each_statement_alone():
        assert ReportPassage.objects.count() == 6
        with pytest.raises(DatabaseError), transaction.atomic():
            ReportPassage.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            Report.objects.create(series="x", slug="x", year=2000, iso3="SOM", title="x", publisher="x")


def test_an_import_can_be_repeated_and_goes_on_where_it_stopped(db, tmp_path):
    half = tmp_path / "half.jsonl"
    half.write_text("".join(FEW.read_text().splitlines(keepends=True)[:3]))
    assert "3 passages added" in load(half)
    assert "3 passages added" in load()
    before = list(Lexeme.objects.order_by("iso3", "word").values_list("iso3", "word", "passages"))
    assert "0 passages added" in load()
    assert list(Lexeme.objects.order_by("iso3", "word").values_list("iso3", "word", "passages")) == before
    assert ShelfCount.objects.get(iso3="").passages == ReportPassage.objects.count() == 6
    assert not Lexeme.objects.filter(word__startswith="@").exists()


def test_words_that_were_not_counted_are_counted_by_the_next_run(shelf):
    ShelfCount.objects.all().delete()
    load()
    assert ShelfCount.objects.get(iso3="SOM").passages == 4


def test_a_country_is_a_filter_and_no_word(shelf):
    assert found("child soldiers in Somalia")[0][0] == "somalia"
    assert search_shelf("child soldiers in Somalia").iso3 == "SOM"
    assert found("gangs", filters=Filters("SOM")) == []
    assert search_shelf("Somalia").nothing_asked


def test_topic_and_years_filter(shelf):
    assert found("harsh conditions", filters=Filters(topic="prison")) == [("somalia", 2017, 2)]
    assert found("recruit children", filters=Filters(first_year=2017)) == [("somalia", 2017, 1)]
    assert found("recruit children", filters=Filters(first_year=2018, last_year=2016)) == []


def test_near_duplicates_are_folded(shelf):
    assert len(found("al-Shabaab recruit children")) == 1


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("maras demand war tax from bus drivers", "honduras"),
        ("wives beaten by their husbands", "somalia"),
        ("women", "somalia"),
    ],
)
def test_what_is_said_in_other_words_is_found(shelf, words, slug):
    assert found(words)[0][0] == slug


def test_what_was_found_is_marked(shelf):
    assert f"{START}extortion" in search_shelf("extortion").hits[0].extract


@pytest.mark.parametrize(
    "words",
    [
        *(
            '"unclosed',
            "a & | !",
            "x\0y",
            "😀" * 2500,
            "the of and",
            "%_\\",
            "'",
            "\\",
            "a:*",
            "!!",
            "\ud800",
            "",
        ),
        "(((((",
        "<->",
        "police' | 'x",
        " ".join(f"word{n}" for n in range(2000)),
        "police " * 5000,
    ],
)
def test_odd_words_get_an_answer(shelf, words):
    assert isinstance(search_shelf(words).hits, list)


def test_the_command_prints_a_list(shelf):
    out = StringIO()
    call_command("search_evidence", "recruit children", "--country", "som", "--json", stdout=out)
    (hit,) = json.loads(out.getvalue())
    assert {"text", "source", "edition", "slug", "year", "n"} <= hit.keys()
    assert (hit["slug"], hit["n"]) == ("somalia", 1)
    for wrong in (["x", "--country", "XX"], ["x", "--limit", "0"], ["x", "--topic", "poems"]):
        with pytest.raises(CommandError):
            call_command("search_evidence", *wrong, stdout=StringIO())


def test_the_index_is_used_as_an_attorney(shelf):
    with acting_as(Principal("attorney", "user:1", user_id=1, office_id=1)), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            wanted = "'@SOM' & 'children'"
            cursor.execute("EXPLAIN SELECT id FROM evidence_reportpassage WHERE tsv @@ %s::tsquery", [wanted])
            plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "report_passage_words" in plan


def ndcg(queries):
    values = []
    for query in queries:
        grades = {(j["slug"], j["year"], j["n"]): j["grade"] for j in query["judgments"]}
        keys = found(query["q"], filters=Filters(query["iso"]), limit=5)
        assert keys, query["q"]
        gain = sum(grades.get(key, 0) / math.log2(place + 2) for place, key in enumerate(keys))
        best = sorted(grades.values(), reverse=True)[:5]
        values.append(gain / sum(grade / math.log2(place + 2) for place, grade in enumerate(best)))
    return sum(values) / len(values)


def queries_of(path, *countries):
    queries = json.loads(path.read_text())["queries"]
    return [query for query in queries if not countries or query["iso"] in countries]


def test_in_an_extract_what_is_asked_is_found_among_the_first_five(db):
    load(HERE / "data" / "passages.jsonl.gz")
    assert ndcg(queries_of(HERE / "data" / "relevance.json")) >= 0.70
    assert ndcg(queries_of(HERE / "relevance.json", "ERI", "RWA", "SOM")) >= 0.87


@pytest.mark.skipif(not CORPUS.exists(), reason="the whole reports are not beside this checkout")
def test_what_is_asked_is_found_among_the_first_five(db):
    load(CORPUS)
    assert ndcg(queries_of(SHARED / "relevance.json")) >= 0.72
    assert ndcg(queries_of(HERE / "relevance.json")) >= 0.85
