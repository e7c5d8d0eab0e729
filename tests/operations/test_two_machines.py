"""Two of each process, as on two machines, with one database, broker and folder of files: nothing twice."""

import os
import subprocess
import sys

import pytest

from foundation.devstack.app import AppProcesses, free_port
from foundation.house import ROOT
from tests.running import running_stack, wait_until

pytestmark = pytest.mark.skipif(
    not os.environ.get("VERIFY_FULL"), reason="a minute of both cores: verify --full runs two of each process"
)
TWICE = "select count(*) from (select {0} from {1} group by {0} having count(*) > 1) x"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack("two", tmp_path_factory.mktemp("two"), EVENTS_LEASE_SECONDS="2") as stack:
        yield stack


@pytest.fixture(scope="module")
def second(stack):
    """The other machine: its own web, worker and beat; files, anchors and deletions are shared."""
    folder = stack.folder / "second"
    folder.mkdir()
    app = AppProcesses(stack.app.env, port=free_port(8800), logs=folder / "logs")
    app.start("web", "worker", "beat")
    app.wait_ready()
    yield app
    app.stop()


def test_forms_through_both_become_one_case_each_and_the_record_is_whole(stack, second):
    cases = "select count(*) from cases_case"
    before = stack.ask(cases)[0][0]
    env = {**stack.app.env, "INTAKE_NO_BOOTSTRAP": "1"}
    walk_of = [sys.executable, "-m", "demo.drill.walk"]
    walks = [
        subprocess.Popen([*walk_of, url], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        for url in (stack.url, second.url)
    ]
    receipts = [walk.communicate(timeout=300)[0].split() for walk in walks]
    assert all(walk.returncode == 0 for walk in walks)
    wait_until(lambda: stack.ask(cases)[0][0] == before + 2, seconds=60)
    # A receipt of one opens at the other: nothing is kept on a machine.
    opens = subprocess.run([*walk_of, second.url, "--receipt", *receipts[0]], cwd=ROOT, env=env, timeout=120)
    assert opens.returncode == 0
    unfinished = "select count(*) from files_upload where status <> 'rebuilt'"
    wait_until(lambda: stack.ask(unfinished)[0][0] == 0, seconds=90)
    for what, table in (
        ("intake_id", "cases_case"),
        ("event_id, handler", "events_delivery"),
        ("kind, number", "events_checkpoint"),
    ):
        assert stack.ask(TWICE.format(what, table))[0][0] == 0, table
    verified = subprocess.run(
        [sys.executable, "manage.py", "verify_ledger"],
        cwd=ROOT,
        env={**env, "INTAKE_LOGIN": "worker"},
        capture_output=True,
        text=True,
    )
    assert verified.returncode == 0, verified.stdout + verified.stderr
