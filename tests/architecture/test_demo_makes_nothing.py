"""The demo office is made by what pages call: nothing in demo/ writes a row of its own."""

import ast

from config.settings import LOGINS
from foundation.devstack.commands import login_for
from foundation.house import ROOT

WRITES = {
    *("create", "get_or_create", "update_or_create", "create_user", "set_password", "save", "delete"),
    *("bulk_create", "bulk_update", "abulk_create", "acreate", "asave"),
}
# Breaks things from outside and reads what is left (manage.py fault_drill): it makes no office.
DRILL = ROOT / "demo" / "drill"


def writes(tree):
    """Yield the lines on which a row would be written past the actions."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, of = node.func.attr, ast.unparse(node.func.value)
        if name in WRITES or (name == "update" and "objects" in of) or name == "execute":
            yield node.lineno


def test_nothing_in_the_demo_writes_rows():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / "demo").rglob("*.py"))
        if not path.is_relative_to(DRILL)
        for line in writes(ast.parse(path.read_text()))
    ]
    assert found == []


def test_the_search_would_find_each_of_them():
    for line in (
        "Membership.objects.create(user=user)",
        "user.save()",
        "User.objects.filter(pk=1).update(name='x')",
        "Case.objects.bulk_create([])",
        "User.objects.create_user('x')",
        "cursor.execute('insert')",
    ):
        assert list(writes(ast.parse(line))), line
    assert not list(writes(ast.parse("told.update(x=1)")))


def test_its_command_may_act_as_the_sign_in_pages_and_no_other_may():
    """Its people accept their invitations through the log-in of the sign-in pages."""
    assert LOGINS[login_for("load_demo")] == ["worker", "staff"]
    assert [login_for(verb) for verb in ("first_run", "migrate")] == ["worker", "migrator"]
