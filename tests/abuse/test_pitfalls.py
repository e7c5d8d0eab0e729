"""The eighteen pitfalls of row-level security, each with the test that would catch it."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import RequestFactory, override_settings
from django.urls import include, path

from cases.models import Case, CaseAccess, Note
from config.middleware import principal_of
from config.tasks import BoundTask
from foundation.accounts.access import staff
from foundation.accounts.models import User
from foundation.database.principal import ANONYMOUS, Unbound, acting_as, applicant, bound_principal
from foundation.database.rows import all_tables, rows_of
from foundation.devstack.template import url_of
from foundation.house import our_sources
from intake.models import Answer
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


@staff()
def overreach(request):
    Note.objects.create(
        office_id=request.user.office.pk + 1, matter_id=request.user.office.matter_id, text=""
    )
    return HttpResponse()


urlpatterns = [
    path("overreach/", overreach),
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


# --- 7, 8, 9, 12: writing ---------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["cora", "ade", "ines"])
def test_07_no_policy_asks_itself(case, cast, who):
    with As(principal_of(getattr(cast, who))):
        for model in all_tables().values():
            if "select" in (rows_of(model) or {}).get(getattr(cast, who).role, NOTHING).privileges:
                model._base_manager.count()  # "infinite recursion detected in policy" otherwise


class NOTHING:
    privileges = ""


def test_08_nobody_online_makes_a_case_or_an_answer_in_another_matter(case, make_case, cast):
    other = make_case()
    with pytest.raises(ProgrammingError), As(principal_of(cast.ade)):
        Case.objects.create(
            **case.matter.columns, intake=case.intake, applicant=case.applicant, reference="X", score=1
        )
    with pytest.raises(ProgrammingError), As(applicant(case.matter_id)), transaction.atomic():
        Answer.objects.filter(pk=Answer.objects.first().pk).update(matter_id=other.matter_id)


def test_09_changing_what_one_does_not_see_changes_nothing_and_says_so(case, cast):
    from cases import actions
    from foundation.events.lifecycle import Stale

    with As(principal_of(cast.otto)):
        assert Case.objects.filter(pk=case.pk).update(score=1) == 0
        with pytest.raises(Stale):
            actions.seek_counsel(case, by=cast.otto)


@override_settings(ROOT_URLCONF=__name__)
def test_09_what_the_database_refuses_a_signed_in_person_is_a_404_page(client, cast):
    client.force_login(cast.cora)
    page = client.get("/overreach/")
    assert page.status_code == 404 and b"<html" in page.content


def test_09_what_the_database_refuses_is_a_404(cast, case):
    from django.http import Http404

    from config.middleware import refusals

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    error = ProgrammingError()
    error.__cause__ = psycopg.errors.InsufficientPrivilege()
    with pytest.raises(Http404), transaction.atomic():
        refusals(lambda r: HttpResponse()).process_exception(request, error)


def test_12_keys_of_matters_are_random_and_no_index_of_a_person_is_unique():
    for model in all_tables().values():
        fields = {field.name: field for field in model._meta.concrete_fields}
        if "matter_id" in fields and model._meta.app_label not in ("events", "accounts"):
            assert model._meta.pk.get_internal_type() == "UUIDField", model
        for name, field in fields.items():
            assert not (name.endswith("_index") and field.unique), f"{model}.{name}"
        for constraint in model._meta.constraints:
            assert not any(str(n).endswith("_index") for n in getattr(constraint, "fields", ()))


def test_12_grants_are_made_by_the_databases_functions_alone(case, cast):
    for who in ("cora", "ade", "ines"):
        with pytest.raises(ProgrammingError), As(principal_of(getattr(cast, who))):
            CaseAccess.objects.create(
                **case.matter.columns, case=case, user=cast.bea, reason="x", granted_at=case.opened_at
            )
    from cases.actions import grant_access

    for who in ("ade", "bea", "ines", "otto"):
        with pytest.raises(ProgrammingError), As(principal_of(getattr(cast, who))):
            grant_access(case.pk, user=cast.bea, scope="file", reason="x")
    with As(principal_of(cast.cora)):
        with pytest.raises(ProgrammingError), transaction.atomic():
            grant_access(case.pk, user=cast.otto, scope="file", reason="x")
        assert grant_access(case.pk, user=cast.bea, scope="file", reason="x")


# --- 10, 11: the plan -------------------------------------------------------------------------------


def plan(principal, queryset):
    with As(principal):
        return queryset.explain()


def test_10_a_set_of_matters_is_worked_out_once_and_an_office_is_compared(case, cast):
    attorney = plan(principal_of(cast.ade), Case.objects.all())
    assert "InitPlan" in attorney and "= ANY (" in attorney and "SubPlan" not in attorney
    caseworker = plan(principal_of(cast.cora), Case.objects.all())
    assert "SubPlan" not in caseworker and "office_id = " in caseworker


def test_10_no_policy_calls_a_function_for_each_row():
    for model in all_tables().values():
        for rule in (rows_of(model) or {}).values():
            for text in (rule.using, rule.check or ""):
                bare = re.sub(r"\(SELECT (f FROM )?sec\.\w+\(\)( f)?\)", "", text)
                assert "sec." not in bare and " OR " not in bare and "EXISTS" not in bare.upper(), (
                    model,
                    text,
                )


def test_11_policies_compare_only_by_operators_that_cannot_leak(db):
    with psycopg.connect(url_of(db)) as admin:
        leaky = admin.execute(
            "select oprname, proname from pg_operator o join pg_proc p on p.oid = o.oprcode"
            " where oprname = '=' and oprleft in ('int8'::regtype, 'uuid'::regtype, 'text'::regtype)"
            " and oprleft = oprright and not proleakproof"
        ).fetchall()
    assert leaky == []
    for model in all_tables().values():
        for rule in (rows_of(model) or {}).values():
            assert not re.search(r"like|~|@@|@>", rule.using, re.IGNORECASE)


# --- 15, 16: other doors ----------------------------------------------------------------------------


def test_15_there_is_no_admin():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_16_a_task_runs_on_somebodys_behalf(db):
    class Probe(BoundTask):
        name = "probe"

        def run(self):
            return bound_principal()

    from config.celery import app

    assert app.register_task(Probe())().actor == "system:probe"
    app.tasks.pop("probe")
    app.loader.import_default_modules()
    ours = [name for name in app.tasks if not name.startswith("celery.")]
    assert ours and all(isinstance(app.tasks[name], BoundTask) for name in ours)


def test_16_a_task_that_opens_no_transaction_raises(db):
    class Loose(BoundTask):
        name = "loose"

        def run(self):
            return User.objects.count()

    from config.celery import app

    with pytest.raises(Unbound):
        app.register_task(Loose())()
    app.tasks.pop("loose")
