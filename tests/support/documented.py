"""The commands that the documentation names, in a short form, and a machine to type them on."""

import csv
import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.files import corpus

ROOT = Path(__file__).resolve().parents[2]
SERVERS = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "CACHE_URL")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "docker").iterdir()]
BENCHES = "rows|ledger|queue|packet|referrals|cascade|deliveries"
NAMED = re.compile(rf"(?:manage\.py|python -m) ([a-z_]+(?:\.[a-z_]+)*(?: (?:{BENCHES}))?)")

# Tested at length elsewhere: this run itself, test_up.py beside it, tests/config, and the web process by
# each journey.
# `services` says that nothing runs; what policies cost is not measured on forty cases beside other tests.
CODES = {"services": (1,), "bench rows": (0, 1), "doctor": (1,)}
RULES = ROOT / "screening" / "data" / "ruleset.toml"
ELSEWHERE = {
    *("up", "verify", "django", "collectstatic", "foundation.database.prepare", "foundation.front.serve"),
    "config.fit",
}
FACTS = {"facts": {"arrival": "2025-11-28"}, "as_of": "2026-11-23"}
FIRST = ["Amina", "Yusuf", "Layla", "Omar", "Hassan", "Maryam", "Tariq", "Nadia", "Samir", "Leila"]
LAST = ["Haddad", "Khoury", "Nasser", "Saleh", "Darwish", "Qasim", "Mansour", "Aziz"]


def short_forms(folder):
    """Return what to type for each documented command: its arguments, and what it must print."""
    names, evidence = folder / "names", folder / "evidence"
    return {
        "services": (["--json"], "postgres"),
        "screen": ([folder / "screen.json"], '"outcome"'),
        "deadlines": ([folder / "deadlines.json"], '"oyd_operative"'),
        "data_check": (["--on", "2027-02-01"], ""),
        "check": ([], "no issues"),
        "words": ([], "ar: 0 added, 0 dropped"),
        "changes": (["--show"], ""),
        "rebuild_file": ([folder / "papers" / "letter.pdf"], "taken"),
        "packet_check": ([folder / "papers"], "accepted"),
        "verify_packet": (["--help"], "usage"),
        "build_packet": (["--help"], "usage"),
        "intake_flow": ([], "# The questionnaire"),
        "approve_words": (["--help"], "usage"),
        "move_answers": ([], "are left"),
        "simulate": (["--office", "demo", "--ruleset", RULES], ""),
        "compare_names": ([folder / "pairs.csv"], ""),
        "read_source": ([ROOT / "tests" / "evidence" / "statements" / "ridgeline.txt"], "Ridgeline Watch"),
        "import_parties": ([folder / "parties.csv"], ""),
        "check_conflicts": ([folder / "asked.csv", "--json"], ""),
        "import_corpus": ([evidence / "dos_passages_18_countries.jsonl.gz"], ""),
        "search_evidence": (["child soldiers", "--country", "SOM", "--limit", "3", "--json"], '"'),
        "add_meaning": (["--help"], "usage"),
        "screenshots": (["--help"], "usage"),
        "doctor": ([], "Schedule: Nothing was heard of it"),
        "watch": (["--every", "0", "--looks", "1"], ""),
        "backup_keys": ([folder / "offline"], "BACKUP_RECIPIENTS=age1"),
        "backup": (["--help"], "usage"),
        "restore": (["--help"], "usage"),
        "restore_drill": (["--help"], "usage"),
        "ledger": (["sign"], "rows signed"),
        "replay_deletions": (["--help"], "usage"),
        "demo.drill.walk": (["--help"], "usage"),
        "verify_ledger": ([], ""),
        "rotate_keys": (["--help"], "usage"),
        "first_run": (["--help"], "usage"),
        "recovery_kit": ([folder / "kit.json"], "person 3"),
        "foundation.vault.kit": (["--help"], "usage"),
        "restore_sign_in": (["--help"], "usage"),
        "make_office": (["--cases", "40", "--offices", "2"], ""),
        "bench rows": (["--pairs", "1"], "ratio"),
        "bench ledger": (["--rows", "500"], "rows"),
        "bench queue": (["--times", "4"], "bare_ms"),
        "bench packet": (["--help"], "usage"),
        "bench referrals": (["--help"], "usage"),  # tests/referrals/test_under_load.py runs it small
        "bench cascade": (["--help"], "usage"),  # tests/referrals/test_simulation.py simulates a small office
        "bench deliveries": (["--behind", "500", "--count", "50", "--times", "3"], "a_second"),
        "foundation.database.make_keys": ([folder / "keys"], ""),
        "benchmarks.names": ([names, "--parties", "300"], "recall@1"),
        "benchmarks.fit_names": ([names / "labelled_pairs.csv"], "held out"),
        "benchmarks.names_worker": ([names, "--parties", "200", "--questions", "5"], "through the queue"),
        "benchmarks.names_hits": ([names, "--parties", "200", "--forms", "5"], ""),
        "fault_drill": (["--help"], "usage"),
        "benchmarks.crowd": (["--help"], "usage"),
        "benchmarks.first_page": (["--help"], "usage"),
        "benchmarks.submission": (["--help"], "usage"),
        "benchmarks.screening": (["--items", "20", "--pairs", "1"], " s, "),
        "benchmarks.files": ([folder / "papers", "--sample", "1"], "taken"),
        "benchmarks.evidence": ([evidence], "nDCG@5"),
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A state folder of its own, with a small file of each kind that a command reads."""
    folder = tmp_path_factory.mktemp("documented")
    for name in ("names", "evidence"):
        (folder / name).mkdir()
    (folder / "papers").mkdir()
    (folder / "papers" / "letter.pdf").write_bytes(corpus.letter())
    (folder / "screen.json").write_text(json.dumps([{"facts": {}, "as_of": "2026-11-23"}]))
    (folder / "deadlines.json").write_text(json.dumps([FACTS]))
    write_names(folder)
    passages = (ROOT / "tests" / "evidence" / "passages.jsonl").read_bytes()
    (folder / "evidence" / "dos_passages_18_countries.jsonl.gz").write_bytes(gzip.compress(passages))
    query = {"id": "q1", "iso": "SOM", "q": "child soldiers"}
    query["judgments"] = [{"slug": "somalia", "year": 2016, "n": 1, "grade": 2}]
    (folder / "evidence" / "relevance.json").write_text(json.dumps({"queries": [query]}))
    return folder


def write_names(folder):
    people = [f"{first} {last}" for first in FIRST for last in LAST]
    pairs = [[name, name.replace("a", "e", 1), "true", "STRONG", ""] for name in people]
    pairs += [[name, people[(place + 11) % 80], "false", "MEDIUM", ""] for place, name in enumerate(people)]
    head = ["name1", "name2", "is_match", "quality", "category"]
    write(folder / "names" / "labelled_pairs.csv", head, pairs)
    write(folder / "pairs.csv", head, pairs[:5])
    born = [[name, f"19{50 + place % 40}-01-02", "Iraq"] for place, name in enumerate(people)]
    write(folder / "names" / "background_50k.csv", ["full_name", "date_of_birth", "nationality"], born)
    retyped = [[name, name.upper(), "1958", "af"] for name in people]
    head = ["name_on_file", "name_as_typed", "date_of_birth", "nationality"]
    write(folder / "names" / "listed_and_retyped.csv", head, retyped)
    write(folder / "parties.csv", ["full_name", "date_of_birth", "nationality"], born[:3])
    write(folder / "asked.csv", ["name", "date_of_birth", "nationality"], born[:3])


def write(path, head, rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def environment(folder):
    """Return a newcomer's environment: nothing of this run's servers."""
    ours = (*SERVERS, "INTAKE_ENV", "INTAKE_LOGIN")
    clean = {key: value for key, value in os.environ.items() if key not in ours}
    return {**clean, "INTAKE_STATE": str(folder / "state"), "DJANGO_SETTINGS_MODULE": "config.settings"}


def typed(folder, name, arguments):
    """Type a command as the documentation gives it, in a state folder of the test's own."""
    start = ["-m", name] if "." in name else ["manage.py", *name.split()]
    command = [sys.executable, *start, *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, timeout=900
    )


PREPARE = """
import subprocess, sys
from foundation.devstack.services import services
with services(wait_for_others=False):
    prepare = [sys.executable, "-m", "foundation.devstack.prepare"]
    done = subprocess.run(prepare, stdout=subprocess.DEVNULL).returncode
    print("prepared" if done == 0 else "failed", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def prepared(folder):
    """The same folder, with a database that holds the demo office; its servers run on for all commands.

    That a command starts them for its own duration is tested in test_up.py.
    """
    command = [sys.executable, "-c", PREPARE]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=environment(folder), **pipes) as holder:
        assert holder.stdout.readline() == "prepared\n"
        yield folder
        holder.stdin.close()


def runs(prepared, name):
    """Type the short form of a documented command, and hold it to what it must say."""
    arguments, printed = short_forms(prepared)[name]
    done = typed(prepared, name, arguments)
    assert done.returncode in CODES.get(name, (0,)), done.stdout + done.stderr
    assert printed in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def is_measure(name):
    """Tell whether a command measures something: these run beside the others, in a file of their own."""
    return name.startswith("bench") or name == "make_office"
