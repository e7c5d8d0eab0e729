"""The pitfalls of row-level security, continued: writing, the plan, other doors."""

import re

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, transaction
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import include, path

from cases.actions import save_search
from cases.models import Case, CaseAccess, Note, SavedSearch
from config.middleware import principal_of
from config.tasks import BoundTask
from foundation.accounts.access import staff
from foundation.accounts.models import User
from foundation.database.principal import Unbound, applicant, bound_principal
from foundation.database.rows import all_tables, rows_of
from foundation.devstack.template import url_of
from intake.models import Answer
from tests.abuse.test_rows import As


@staff()
def overreach(request):
    Note.objects.create(
        office_id=request.user.office.pk + 1, matter_id=request.user.office.matter_id, text=""
    )
    return HttpResponse()


urlpatterns = [path("overreach/", overreach), path("", include("config.urls"))]


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


def test_10_a_shared_list_is_compared_once_and_one_for_oneself_is_hidden(cast, now):
    for name, is_shared in (("For all", True), ("For me", False)):
        save_search(name=name, asked={}, is_shared=is_shared, by=cast.ines, at=now)
    everything = SavedSearch.objects.order_by("name")
    assert "SubPlan" not in plan(principal_of(cast.cora), everything)
    seen = {}
    for who in (cast.cora, cast.ines):
        with As(principal_of(who)):
            seen[who] = [search.name for search in everything.all()]
    assert seen == {cast.cora: ["For all"], cast.ines: ["For all", "For me"]}


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
