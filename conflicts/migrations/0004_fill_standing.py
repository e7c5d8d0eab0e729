"""Write down how every matter stands that was asked about before there was a row for it."""

from typing import Any

from django.db import migrations
from django.utils import timezone

from conflicts.rules.standing import Asked, standing_of


def fill(apps: Any, _schema_editor: Any) -> None:
    """Let pairs of what was handed in count for both sides, then write one row for each matter."""
    check, hit, standing = (
        apps.get_model("conflicts", name) for name in ("ConflictCheck", "ConflictHit", "Standing")
    )
    hit.objects.filter(asked__live=True, live=False).update(live=True)
    offices: dict[Any, int] = {}
    checks: dict[Any, set[Asked]] = {}
    rows = check.objects.filter(user=None).values_list("file_id", "office_id", "kind", "status", "unread")
    for file_id, office_id, kind, status, unread in rows.iterator():
        offices[file_id] = office_id
        checks.setdefault(file_id, set()).add(Asked(kind == "names", status, unread > 0))
    pairs: dict[Any, set[str]] = {}
    conflicts = hit.objects.filter(user=None, kind="conflict")
    for one, other, office_id, live, status in conflicts.values_list(
        "file_id", "other_file_id", "office_id", "live", "status"
    ).iterator():
        for file_id in (one, other) if live else (one,):
            offices[file_id] = office_id
            pairs.setdefault(file_id, set()).add(status)
    states = {
        file_id: standing_of(pairs.get(file_id, set()), checks.get(file_id, set())) for file_id in offices
    }
    made = [
        standing(office_id=offices[file_id], file_id=file_id, state=state, changed_at=timezone.now())
        for file_id, state in states.items()
    ]
    standing.objects.bulk_create(made, batch_size=1000, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("conflicts", "0003_standing")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
