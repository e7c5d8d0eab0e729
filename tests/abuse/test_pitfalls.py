"""The eighteen pitfalls of row-level security, each with the test that would catch it."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import override_settings
from django.urls import include, path

from cases.models import Case
from config.middleware import principal_of
from foundation.accounts.access import staff
from foundation.database.principal import ANONYMOUS, Unbound, acting_as, applicant, bound_principal
from foundation.devstack.template import url_of
from foundation.house import our_sources
from tests.abuse.test_rows import As

ROOT = Path(__file__).resolve().parents[2]


def raw(db, login, **options):
    """Connect as one of the application's log-ins, with nothing bound."""
    return psycopg.connect(url_of(db).replace("intake@", f"intake_{login}@"), **options)


# --- 1, 2: what runs outside the request's transaction ---------------------------------------------


@staff()
def lazy(request):
    rows = engines["django"].from_string("{% for case in cases %}[{{ case.reference }}]{% endfor %}")
    return TemplateResponse(request, rows, {"cases": Case.objects.all()})


@staff()
def streamed(request):
    def references():
        yield from Case.objects.values_list("reference", flat=True)

    return StreamingHttpResponse(references())


urlpatterns = [
    path("lazy/", lazy),
    path("streamed/", streamed),
    path("", include("config.urls")),
]


@override_settings(ROOT_URLCONF=__name__)
def test_01_a_template_rendered_after_the_view_still_sees_its_rows(client, cast, case):
    client.force_login(cast.cora)
    assert f"[{case.reference}]" in client.get("/lazy/").content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_02_a_stream_outside_the_transaction_raises_and_is_never_quietly_empty(client, cast, case):
    client.force_login(cast.cora)
    response = client.get("/streamed/")
    assert response.streaming, response.content
    with acting_as(ANONYMOUS), pytest.raises(Unbound):
        b"".join(response.streaming_content)


def test_02_with_nobody_bound_nothing_is_asked(case):
    with acting_as(ANONYMOUS), pytest.raises(Unbound, match="outside a transaction"):
        Case.objects.count()

    def with_nobody():
        with pytest.raises(Unbound, match="no principal"), transaction.atomic():
            Case.objects.count()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(with_nobody).result()


# --- 3, 4, 14, 18: settings of a transaction --------------------------------------------------------


def test_03_an_empty_setting_is_no_user_and_no_error(db):
    with raw(db, "staff") as session:
        session.execute("select set_config('app.user_id', '7', true)")
        session.commit()
        session.execute("set local role intake_as_attorney")
        assert session.execute("select current_setting('app.user_id', true)").fetchone() == ("",)
        assert (
            session.execute("select sec.user_id(), sec.office_id(), sec.file_id()").fetchone() == (None,) * 3
        )
        assert session.execute("select count(*) from cases_case").fetchone() == (0,)


def test_04_nothing_of_a_transaction_is_left_on_its_connection(case, cast):
    with As(principal_of(cast.cora)):
        assert Case.objects.count() == 1
    state = connection.connection.execute(
        "select current_user, session_user, current_setting('app.user_id', true)"
    ).fetchone()
    assert state[0] == state[1]
    assert not state[2]


def test_04_no_code_of_ours_sets_anything_for_a_session():
    loose = re.compile(
        r"set_config\([^)]*,\s*false\)|\bSET (?!LOCAL|search_path|TRUE|timezone|statement)[a-z_.]+ *(=|TO)"
    )
    found = []
    for file in our_sources():
        found += [
            f"{file.name}: {hit.group()}"
            for hit in loose.finditer(file.read_text())
            if "ALTER" not in hit.string[max(0, hit.start() - 60) : hit.start()]
            and "UPDATE" not in hit.string[max(0, hit.start() - 60) : hit.start()].upper()
        ]
    assert found == []


def pooled(db):
    """Return a second way to the database through Django's own pool, as the running application has it."""
    from django.db import ConnectionHandler

    options = {**settings.DATABASES["default"].get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 2}}
    database = {**connection.settings_dict, "OPTIONS": options, "NAME": db, "CONN_MAX_AGE": 0}
    return ConnectionHandler({"default": database})


def ask_many(handler, expected):
    """Ask 200 times from eight threads, each time as the next person; return the wrong answers."""

    def ask(n):
        principal, count = expected[n % len(expected)]
        wrapper = handler["default"]
        with acting_as(principal), transaction_of(wrapper):
            with wrapper.cursor() as cursor:
                cursor.execute("select count(*) from intake_intake")
                found = cursor.fetchone()[0]
        wrapper.close()
        return found == count

    with ThreadPoolExecutor(8) as pool:
        return [n for n, right in enumerate(pool.map(ask, range(200))) if not right]


class transaction_of:
    """transaction.atomic() for a connection that is not among Django's own."""

    def __init__(self, wrapper):
        self.wrapper = wrapper

    def __enter__(self):
        self.wrapper.set_autocommit(False)
        self.wrapper.in_atomic_block = True

    def __exit__(self, *error):
        self.wrapper.commit_on_exit = True
        self.wrapper.in_atomic_block = False
        self.wrapper.rollback()
        self.wrapper.set_autocommit(True)


def test_04_a_pool_gives_nobody_what_the_person_before_saw(db, case, make_case, cast):
    other = make_case()
    expected = [
        (principal_of(cast.cora), 2),
        (principal_of(cast.otto), 0),
        (principal_of(cast.bea), 0),
        (applicant(other.matter_id), 1),
    ]
    handler = pooled(db)
    try:
        assert ask_many(handler, expected) == []
    finally:
        handler["default"].close_pool()


def test_14_prepared_statements_ask_anew_for_each_person(db, case, cast):
    with raw(db, "staff", prepare_threshold=1) as session:
        found = []
        for user in (cast.cora, cast.otto) * 3:
            principal = principal_of(user)
            for name, value in principal.settings().items():
                session.execute("select set_config(%s, %s, true)", [name, value])
            found.append(session.execute("select count(*) from cases_case", prepare=True).fetchone()[0])
            session.commit()
    assert found == [1, 0] * 3


def test_18_the_binding_is_told_once_for_each_transaction(case, cast, monkeypatch):
    from foundation.database.backend.base import DatabaseWrapper

    told, caseworker = [], principal_of(cast.cora)
    tell = DatabaseWrapper.tell
    monkeypatch.setattr(
        DatabaseWrapper, "tell", lambda self, values: (told.append(values["role"]), tell(self, values))
    )
    told.clear()
    with As(caseworker):
        for _n in range(5):
            Case.objects.count()
    assert told == ["intake_as_caseworker"]


# --- 5, 6, 13, 17: who looks past the policies ------------------------------------------------------


def test_05_the_owner_of_the_tables_sees_no_row(db, case):
    with psycopg.connect(url_of(db)) as admin:
        admin.execute("set local role intake_owner")
        assert admin.execute("select count(*) from cases_case").fetchone() == (0,)
        assert admin.execute("update cases_case set score = 1").rowcount == 0


def test_05_data_migrations_run_as_a_log_in_that_sees_the_rows_they_change(db, case):
    with raw(db, "migrator") as session:
        assert session.execute("select count(*) from cases_case").fetchone() == (1,)
        assert session.execute("update cases_case set score = score").rowcount == 1


def test_06_a_view_shows_its_reader_no_more_than_the_table(db, case, cast):
    with psycopg.connect(url_of(db)) as admin:
        admin.execute("create view peek with (security_invoker = true) as select * from cases_case")
        admin.execute("grant select on peek to intake_as_caseworker")
        for user, count in ((cast.cora, 1), (cast.otto, 0)):
            for name, value in principal_of(user).settings().items():
                admin.execute("select set_config(%s, %s, true)", [name, value])
            assert admin.execute("select count(*) from peek").fetchone() == (count,)
            admin.execute("reset role")


@pytest.mark.parametrize("login", ["public", "staff", "worker", "audit"])
def test_13_no_log_in_looks_past_the_policies(db, case, login):
    with raw(db, login) as session:
        for attempt in ("set role intake_owner", "set role intake_grantor", "set role intake_migrator"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute(attempt)
            session.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("select * from public.cases_case")  # unbound: not even an empty answer


def test_13_switching_row_security_off_raises_and_shows_nothing(db, case):
    with raw(db, "worker") as session:
        session.execute("set local role intake_as_system")
        session.execute("set local row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            session.execute("select * from cases_case")


def test_13_a_dump_is_taken_by_a_log_in_of_its_own_without_the_keys(db, case):
    from foundation.devstack.services import as_ordinary_user, postgres_home

    home = postgres_home()

    def dump(login):
        url = url_of(db).replace("intake@", f"intake_{login}@")
        return subprocess.run(
            [str(home / "bin" / "pg_dump"), "--schema=public", "--data-only", url],
            env={"LD_LIBRARY_PATH": str(home / "lib"), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
        )

    assert as_ordinary_user() is not None
    assert dump("worker").returncode != 0
    whole = dump("backup")
    assert whole.returncode == 0, whole.stderr
    assert case.reference in whole.stdout
    with raw(db, "backup") as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("select * from keys.case_key_wrap")


def test_17_tests_run_as_the_applications_own_log_ins(case, cast):
    for principal in (ANONYMOUS, principal_of(cast.cora), bound_principal()):
        with As(principal), connection.cursor() as cursor:
            cursor.execute(
                "select session_user, current_user, rolsuper or rolbypassrls from pg_roles"
                " where rolname = session_user"
            )
            login, role, power = cursor.fetchone()
            assert login == f"intake_{principal.login}"
            assert role == principal.db_role
            assert power is False
