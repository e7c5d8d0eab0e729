"""How fast the names worker is ready, with decryption, and how fast it answers through the queue.

    python -m benchmarks.names_worker [FOLDER] [--parties 100000] [--questions 300]

Makes a database and a names worker of its own, loads that many parties of benchmarks.names, each in a file
and under a key of its own, and puts retyped names to the worker as the program does: a committed row, a
message with its id, a row that says answered.
"""

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.names import ROOT, background, listed, say
from foundation.devstack.app import AppProcesses
from foundation.devstack.services import services
from foundation.devstack.template import url_of

DATABASE = "benchmark_names"
READY = 180


def write_parties(folder: Path, count: int, file: Path) -> None:
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["full_name", "date_of_birth", "nationality"])
        rows.writerows(background(folder, count))
        rows.writerows((on_file, born, country) for on_file, _typed, born, country in listed(folder))


def manage(*arguments: str, env: dict[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True)


def resident_mb(pid: int) -> dict[str, int]:
    """Return what a process holds now and the most it has held, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    values = dict(line.split(":", 1) for line in lines if ":" in line)
    return {name: int(values[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM")}


def measure(folder: Path, count: int, questions: int) -> None:
    # Here: slow to load, and the measured process does without it.
    import psycopg

    with psycopg.connect(url_of("postgres"), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {DATABASE}")
    with tempfile.TemporaryDirectory() as scratch:
        env = {**os.environ, "DATABASE_URL": url_of(DATABASE), "INTAKE_ENV": "development"}
        env |= {"INTAKE_LOGIN": "worker", "INTAKE_STATE": scratch}
        prepare = [sys.executable, "-m", "foundation.devstack.prepare", "--no-demo"]
        subprocess.run(prepare, cwd=ROOT, env=env, check=True)
        file = Path(scratch) / "parties.csv"
        write_parties(folder, count, file)
        began = time.perf_counter()
        manage("import_parties", str(file), env=env)
        say(f"  loaded in {time.perf_counter() - began:.0f} s")
        with psycopg.connect(url_of(DATABASE), autocommit=True) as admin:
            admin.execute("VACUUM ANALYZE")
        app = AppProcesses(env, port=1, logs=Path(scratch) / "logs")
        try:
            app.start("names")
            command = [sys.executable, "-m", "benchmarks.names_worker", str(folder)]
            asking = [*command, "--ask", str(questions)]
            subprocess.run(asking, cwd=ROOT, env=env, check=True)
            pid = app.running["names"].pid
            say(f"  memory of the process {resident_mb(pid) if pid else '?'} MB")
        finally:
            app.stop()
    with psycopg.connect(url_of("postgres"), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def ask_questions(folder: Path, questions: int) -> None:
    """Wait until the worker is ready, then put names to it one after another and time each answer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Here: it asks for Django's settings, which are there only now.
    import django

    django.setup()
    # Only after setup: these need the apps to be ready.
    from django.db import connection, transaction
    from django.utils import timezone

    # Likewise.
    from conflicts import actions
    from conflicts.models import ConflictCheck, ConflictHit
    from conflicts.queries import worker_state
    from foundation.accounts.matters import office_matter
    from foundation.accounts.models import Office
    from foundation.database.principal import acting_as, system
    from foundation.vault.keys import opening_keys

    deadline = time.monotonic() + READY
    while not (state := worker_state()) and time.monotonic() < deadline:
        time.sleep(0.2)
    if not state:
        raise SystemExit("the names worker did not become ready")
    say(
        f"  {state['parties']:,} parties read, decrypted and indexed in {state['took']} s"
        f" ({state['cpu']} s of processor)"
    )
    times: list[float] = []
    with acting_as(system("benchmark")), opening_keys():
        with transaction.atomic():
            office = Office.objects.get(slug="throwaway")
            matter = office_matter(office)
        for typed in [row[1] for row in listed(folder)][:questions]:
            named = actions.Named(f"question:{len(times)}", "feared", typed)
            with transaction.atomic():
                written = actions.write_parties(
                    matter, [named], by_applicant=False, live=False, at=timezone.now()
                )
            began = time.perf_counter()
            with transaction.atomic():
                check = actions.start_check(
                    matter, written, kind="demand", by="system:benchmark", at=timezone.now()
                )
            while True:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SELECT status FROM conflicts_conflictcheck WHERE id = %s", [check.pk])
                    if cursor.fetchone()[0] != "pending":
                        break
                time.sleep(0.002)
            times.append((time.perf_counter() - began) * 1000)
        with transaction.atomic():
            checks, hits = ConflictCheck.objects.count(), ConflictHit.objects.count()
    cuts = statistics.quantiles(times, n=20)
    say(
        f"  through the queue: {checks} checks, {hits} hits, p50 {statistics.median(times):.0f} ms,"
        f" p95 {cuts[18]:.0f} ms, worst {max(times):.0f} ms"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "names")
    parser.add_argument("--parties", type=int, nargs="*", default=[100_000])
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--ask", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.ask:
        ask_questions(options.folder, options.ask)
        return 0
    with services("benchmark"):
        for count in options.parties:
            say(f"{count:,} parties")
            measure(options.folder, count, options.questions)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
