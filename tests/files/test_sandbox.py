"""The sandbox: what runs inside reaches nothing, and is ended when it takes too much."""

import json
import os
import platform
import socket
import struct
import subprocess
import sys
import time

import pytest

from foundation.database.keyfolder import key_folder
from foundation.files import checks, sandbox
from foundation.files.rebuilder import seccomp

HOSTILE = "tests.files.hostile"


def probe(content=b"?"):
    return json.loads(sandbox.run("foundation.files.rebuilder.probe", content).content)


def test_nothing_inside_reaches_out():
    reached = probe()
    assert len(reached) == 8
    reached.pop("see the network")  # a container may not allow a network of its own: next test
    assert not any(reached.values()), reached


def test_the_network_is_another_one_where_the_machine_allows_it():
    allowed = subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode == 0
    if not allowed:
        pytest.skip("no user namespaces here; the filter on system calls holds alone")
    assert probe()["see the network"] is False


def test_the_keys_cannot_be_read():
    key = key_folder() / "kek-1"
    assert key.is_file()
    assert probe(str(key).encode())["read a file"] is False


def test_the_same_tries_would_work_outside():
    """The probe is no use if it fails everywhere."""
    code = "from foundation.files.rebuilder import probe; print(probe.rebuild(b'?')[0].decode())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=sandbox.ROOT)
    reached = json.loads(done.stdout.splitlines()[-1])
    assert reached["make a socket"] and reached["read a file"] and reached["start a program"]


def test_a_socket_to_this_very_machine_cannot_be_made():
    with socket.create_server(("127.0.0.1", 0)):
        assert probe()["make a socket"] is False


def test_it_knows_nothing_of_our_environment():
    os.environ["CANARY_SECRET"] = "x"
    said = sandbox.run(HOSTILE, b"environment").content.decode()
    del os.environ["CANARY_SECRET"]
    assert "CANARY" not in said and "INTAKE" not in said and "DATABASE" not in said


def test_memory_has_an_end():
    began = time.monotonic()
    assert sandbox.run(HOSTILE, b"memory").reason == "too_heavy"
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("what", [b"spin", b"sleep"])
def test_time_has_an_end(what):
    began = time.monotonic()
    assert sandbox.run(HOSTILE, what, seconds=1.5).reason == "too_heavy"
    assert time.monotonic() - began < 5


def test_a_flood_is_cut():
    assert sandbox.run(HOSTILE, b"flood").reason == "too_heavy"


def test_a_library_that_crashes_refuses_the_file():
    assert sandbox.run(HOSTILE, b"crash").reason == "broken"


def test_what_cannot_start_is_no_refusal():
    with pytest.raises(sandbox.CannotWork):
        sandbox.run("no.such.module", b"")


def test_without_its_filter_nothing_is_read(monkeypatch, tmp_path):
    """A machine the filter has no numbers for works on no file at all."""
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(seccomp.NoFilter):
        seccomp.install()


SHELL, PERL = ["/bin/sh", "-c"], ["/usr/bin/perl", "-MSocket", "-e"]
TRIES = {
    "write": [*SHELL, "echo x > /tmp/written-by-a-program"],
    "start another": [*SHELL, "/bin/true & exit 0"],
    "signal": [*SHELL, "kill -0 $PPID"],
    "talk": [*PERL, "socket(my $s, AF_INET, SOCK_STREAM, 0) or exit 7"],
    "talk by file": [*PERL, "socket(my $s, AF_UNIX, SOCK_STREAM, 0) or exit 7"],
}


@pytest.mark.parametrize("what", TRIES)
def test_a_program_behind_the_wider_lock_does_no_more_than_it_must(what):
    assert subprocess.run(TRIES[what]).returncode == 0  # outside it can
    assert sandbox.run_program(TRIES[what], b"").reason == "broken"


def test_a_program_reads_its_input_and_its_own_files_and_answers():
    assert sandbox.run_program([*SHELL, "exit 0"], b"").reason == ""
    assert sandbox.run_program([*PERL, "print 'x'"], b"").content == b"x"
    assert sandbox.run_program(["/bin/cat"], b"what it is given").content == b"what it is given"
    assert sandbox.run_program(["/bin/cat", "/etc/passwd"], b"").content.startswith(b"root:")


def test_a_program_has_an_end():
    endless = [*SHELL, "while :; do :; done"]
    assert sandbox.run_program(endless, b"", seconds=1.5).reason == "too_heavy"
    assert sandbox.run_program([*SHELL, "exit 3"], b"").reason == "broken"


def test_a_program_that_is_not_there_is_no_refusal():
    with pytest.raises(sandbox.CannotWork):
        sandbox.run_program(["/no/such/program"], b"")


@pytest.mark.parametrize("calls", [seccomp.CALLS, seccomp.PROGRAM_CALLS])
@pytest.mark.parametrize("machine", seccomp.MACHINES)
def test_the_filter_ends_in_a_refusal_and_jumps_inside_itself(machine, calls):
    lines = list(struct.iter_unpack("HBBI", seccomp.program(machine, calls)))
    assert lines[-1] == (seccomp.ANSWER, 0, 0, seccomp.FAIL | seccomp.EPERM)
    jumps = [at + 1 + max(yes, no) for at, (op, yes, no, _k) in enumerate(lines) if op != seccomp.ANSWER]
    assert max(jumps) < len(lines)


def test_the_child_dies_with_its_worker():
    code = f"from foundation.files import sandbox; sandbox.run({HOSTILE!r}, b'sleep')"
    worker = subprocess.Popen([sys.executable, "-c", code], cwd=sandbox.ROOT)
    child = wait_for(lambda: children_of(worker.pid))[0]
    time.sleep(1)  # past its lock
    worker.kill()
    worker.wait()
    assert wait_for(lambda: not running(child))


def children_of(pid):
    return [int(one) for one in open(f"/proc/{pid}/task/{pid}/children").read().split()]


def running(pid):
    try:
        return open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition, seconds=10):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def test_the_deployment_check_is_quiet_here_or_warns():
    assert [found.id for found in checks.the_sandbox_holds(None)] in ([], ["intake.W001"])


def test_the_deployment_check_names_what_is_possible(monkeypatch):
    answer = sandbox.Result(json.dumps({"make a socket": True, "see the network": True}).encode())
    monkeypatch.setattr(sandbox, "run", lambda *args: answer)
    assert [found.id for found in checks.the_sandbox_holds(None)] == ["intake.E005", "intake.W001"]
