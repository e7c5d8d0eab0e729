"""`manage.py changes` moves what is new into the changelog."""

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def root(tmp_path):
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes" / "one.md").write_text("A thing is new,\nin two lines.\n\nAnother is too.\n")
    (tmp_path / "changes" / "two.md").write_text("- First.\n- Second.\n")
    (tmp_path / "CHANGELOG.md").write_text("# What is new\n\n## Next\n\n- Old.\n")
    return tmp_path


def test_each_paragraph_and_item_becomes_a_line_and_the_files_go(root):
    call_command("changes", root=root)
    lines = "- A thing is new, in two lines.\n- Another is too.\n- First.\n- Second.\n- Old.\n"
    assert (root / "CHANGELOG.md").read_text() == "# What is new\n\n## Next\n\n" + lines
    assert list((root / "changes").iterdir()) == []


def test_showing_them_changes_nothing(root, capsys):
    call_command("changes", root=root, show=True)
    assert "- Second." in capsys.readouterr().out
    assert len(list((root / "changes").iterdir())) == 2


def test_a_changelog_without_its_place_is_refused_and_nothing_is_lost(root):
    (root / "CHANGELOG.md").write_text("# What is new\n")
    with pytest.raises(CommandError, match="no part called Next"):
        call_command("changes", root=root)
    assert len(list((root / "changes").iterdir())) == 2
