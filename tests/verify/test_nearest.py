"""`verify --quick` runs the tests nearest to what changed."""

import subprocess

import pytest

from foundation.devstack.nearest import ALWAYS, MOST, changed_files, nearest_tests


@pytest.fixture
def tree(tmp_path):
    """A small checkout: an app, its tests, another's, a journey."""
    files = {
        "cases/actions.py": "",
        "templates/cases/case.html": "",
        "tests/cases/test_triage.py": "from cases.actions import triage_case",
        "tests/cases/test_words.py": "from cases import words",
        "tests/abuse/test_rows.py": "from cases import actions, models",
        "tests/journeys/test_road.py": "from cases.actions import triage_case",
        "tests/architecture/test_privacy.py": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_tests_that_name_the_module_are_run_those_of_its_own_app_first(tree):
    found = nearest_tests(["cases/actions.py"], root=tree)
    assert found[:2] == ["tests/cases/test_triage.py", "tests/abuse/test_rows.py"]
    assert "tests/cases/test_words.py" not in found


def test_a_changed_test_is_run_itself_and_slow_ones_never(tree):
    changed = ["tests/cases/test_words.py", "tests/journeys/test_road.py"]
    found = nearest_tests(changed, root=tree)
    assert found[0] == "tests/cases/test_words.py"
    assert "tests/journeys/test_road.py" not in found


def test_of_a_template_the_tests_of_its_folder_are_run(tree):
    found = nearest_tests(["templates/cases/case.html"], root=tree)
    assert found[:2] == ["tests/cases/test_triage.py", "tests/cases/test_words.py"]


def test_a_text_alone_runs_what_is_always_run(tree):
    assert nearest_tests(["README.md"], root=tree) == ["tests/architecture/test_privacy.py"]


def test_never_more_than_fit_into_a_minute(tree):
    for number in range(MOST + 5):
        (tree / f"tests/cases/test_more_{number}.py").write_text("import cases.actions")
    assert len(nearest_tests(["cases/actions.py"], root=tree)) <= MOST + len(ALWAYS)


def test_what_changed_is_what_is_not_committed_or_else_the_last_commit(tree):
    git = ["git", "-c", "user.name=T", "-c", "user.email=t@test.example"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *command], cwd=tree, check=True)
    (tree / "README.md").write_text("more")
    assert changed_files(tree) == ["README.md"]
    for command in (["add", "."], ["commit", "-qm", "two"]):
        subprocess.run([*git, *command], cwd=tree, check=True)
    assert changed_files(tree) == ["README.md"]
