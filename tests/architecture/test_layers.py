"""Each import contract holds, and fails when it is broken on purpose."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest
from django.apps import apps

from foundation.house import our_packages

ROOT = Path(__file__).resolve().parents[2]
LINTED = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
# One entry for each layer, top first; apps that stand beside each other share one.
LAYERS = [layer.split(" | ") for layer in LINTED["contracts"][0]["layers"]]
BROKEN = [
    ("cases/queries.py", "import referrals.models", "An app imports only apps below it"),
    ("referrals/queries.py", "import evidence.models", "An app imports only apps below it"),
    ("foundation/events/ledger.py", "import intake.models", "An app imports only apps below it"),
    ("foundation/accounts/models.py", "import foundation.devstack.app", "Inside foundation"),
    ("foundation/events/ledger.py", "import foundation.vault.keys", "Inside foundation"),
    ("foundation/database/principal.py", "import foundation.events.models", "Inside foundation"),
    ("intake/models/asked.py", "import intake.views", "Inside intake"),
    ("evidence/queries/library.py", "import evidence.actions.library", "Inside evidence"),
    ("intake/questionnaire/path.py", "import intake.queries", "Inside intake"),
    ("intake/questionnaire/urgent.py", "import intake.questionnaire.names", "Inside the questionnaire"),
    ("intake/questionnaire/page.py", "import intake.questionnaire.path", "Inside the questionnaire"),
    ("workspace/names/queries.py", "import workspace.case.queries", "Inside the workspace"),
    ("foundation/accounts/actions.py", "import foundation.accounts.views", "Inside accounts"),
    ("screening/rules/gates.py", "import django.utils.timezone", "Rules are pure"),
    ("cases/rules/engine.py", "import celery", "Rules are pure"),
    ("conflicts/index.py", "import intake.models", "An app imports only apps below it"),
    ("config/urls.py", "import demo.office", "An app imports only apps below it"),
    ("conflicts/rules/parts.py", "import django.utils.timezone", "Rules are pure"),
    ("evidence/rules/quotes.py", "import evidence.models", "Rules are pure"),
    ("evidence/reading/result.py", "import django.utils.timezone", "What runs in the sandbox"),
    ("evidence/reading/pdf.py", "import evidence.models", "What runs in the sandbox"),
    ("evidence/views/library.py", "import pypdfium2", "Hostile files"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return copied(tmp_path_factory)


def copied(tmp_path_factory):
    """Return a copy of the code whose imports can be broken."""
    folder = tmp_path_factory.mktemp("copy")
    for package in LINTED["root_packages"]:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder):
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    wide = {**os.environ, "COLUMNS": "1000"}  # no name of a contract is folded
    return subprocess.run(command, cwd=folder, env=wide, capture_output=True, text=True)


def test_every_app_stands_in_the_layer_the_settings_give_it():
    assert sorted(LINTED["root_packages"]) == sorted(our_packages())
    assert [name for layer in LAYERS for name in layer] == our_packages()


def test_the_contracts_hold():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """Return what is said of each contract, by its name, once every line of BROKEN is in place."""
    places, copy = {}, copied(tmp_path_factory)
    for file, line, contract in BROKEN:
        path = copy / file
        text = f"{path.read_text()}\n{line}\n"
        path.write_text(text)
        places[file, line, contract] = f"{file[:-3].replace('/', '.')} -> "
        places[file, line, contract] += f"{imported(line)} (l.{text.count(chr(10))})"
    result = lint(copy)
    assert result.returncode == 1
    report = result.stdout.split("Broken contracts")[1]
    parts = re.split(r"^(.+)\n-+\n", report, flags=re.MULTILINE)
    return places, dict(zip(parts[1::2], parts[2::2], strict=True))


def imported(line):
    """Return what an import line is called in a report: a package of others by its first name."""
    module = line.removeprefix("import ")
    return module if module.split(".")[0] in LINTED["root_packages"] else module.split(".")[0]


@pytest.mark.parametrize(("file", "line", "contract"), BROKEN)
def test_a_contract_broken_on_purpose_is_named_with_the_line(broken, file, line, contract):
    places, said = broken
    (words,) = (words for name, words in said.items() if contract in name)
    assert places[file, line, contract] in words


def test_every_file_of_an_app_has_its_layer(copy):
    """An app is a folder of files under a contract that is exhaustive; a file put beside them is named."""
    contracts = [each for each in LINTED["contracts"] if each.get("exhaustive")]
    assert {name for each in contracts for name in each["containers"]} >= set(our_packages())
    added = [copy / app / "loft.py" for app in our_packages()]
    for path in added:
        path.write_text("")
    try:
        said = lint(copy).stdout
    finally:
        for path in added:
            path.unlink()
    assert [app for app in our_packages() if f"- {app}.loft" not in said and ".loft" not in said] == []
    assert said.count("loft") >= len(added)


def test_no_two_files_import_each_other_in_a_circle(copy):
    sys.path.insert(0, str(ROOT))
    try:
        graph = grimp.build_graph(*LINTED["root_packages"], cache_dir=None)
    finally:
        sys.path.remove(str(ROOT))
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert circle_of({"a": {"b"}, "b": {"c"}, "c": {"b"}})
    assert circle_of(imports) == []


def circle_of(imports):
    """Return modules that import each other in a circle, [] where there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_an_import_inside_a_function_says_why():
    said_nothing = [
        f"{path.relative_to(ROOT)}:{number}"
        for app in our_packages()
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
        for number in imports_without_a_word(path.read_text())
    ]
    assert imports_without_a_word("def f():\n    import os\n") == [2]
    assert imports_without_a_word("def f():\n    import os  # late\n    import re\n") == []
    assert said_nothing == []


def imports_without_a_word(text):
    """Return the lines of imports inside functions with no comment on them or above; a block needs one."""
    lines, told, bare = text.splitlines(), 0, []
    inside = [
        node
        for function in ast.walk(ast.parse(text))
        if isinstance(function, ast.FunctionDef) and function.name != "ready"  # where Django wants them
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    for node in sorted(inside, key=lambda node: node.lineno):
        above = lines[node.lineno - 2].strip()
        if "#" in lines[node.lineno - 1] or above.startswith("#") or told == node.lineno - 1:
            told = node.end_lineno
        else:
            bare.append(node.lineno)
    return bare


def rank(model):
    package = model.__module__.split(".")[0]
    return next(-place for place, layer in enumerate(LAYERS) if package in layer)


def ours(model):
    return model.__module__.split(".")[0] in our_packages()


def relations():
    for model in filter(ours, apps.get_models()):
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if target and ours(target) and target._meta.app_label != model._meta.app_label:
                yield model, field.name, target


def test_relations_point_down_too():
    """import-linter cannot see a "cases.Case" string."""
    found = list(relations())
    assert found
    upward = [
        f"{model.__name__}.{name}"
        for model, name, target in found
        if target.__module__.split(".")[0] != "foundation" and rank(target) >= rank(model)
    ]
    assert upward == []


def test_events_have_no_relations_outside_themselves():
    from foundation.events.models import Delivery, Event

    targets = {f.related_model for m in (Event, Delivery) for f in m._meta.fields if f.is_relation}
    assert targets == {Event}


def views_of_others(app, text):
    """Return the views of another app that a file of this app imports."""
    modules = re.findall(r"^\s*(?:from|import) ([a-z_.]+)", text, re.MULTILINE)
    return [
        m for m in modules if m.split(".")[0] in our_packages() and m.split(".")[0] != app and "views" in m
    ]


def test_no_app_calls_another_apps_views():
    """What two apps show alike has a room of its own, as intake.door; only config names all views."""
    assert views_of_others("workspace", "from intake.form_views import show_page") == ["intake.form_views"]
    found = {
        str(path.relative_to(ROOT)): views_of_others(app, path.read_text())
        for app in our_packages()
        if app != "config"
        for path in (ROOT / app).rglob("*.py")
    }
    assert {name: views for name, views in found.items() if views} == {}
