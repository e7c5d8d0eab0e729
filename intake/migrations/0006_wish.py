"""A person's request is called a wish. Its sealed values stay bound to the table's earlier name."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

TRIGGER = pgtrigger.compiler.Trigger(name='legal_status_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{open:done,open:refused}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='b7d5f885bcdb3857ed19dfc01e7835db1b373995', operation='UPDATE', pgid='pgtrigger_legal_status_moves_0caa1', table='intake_wish', when='BEFORE'))


class Migration(migrations.Migration):

    dependencies = [("intake", "0005_reach_moves_down")]

    operations = [
        pgtrigger.migrations.RemoveTrigger("request", "legal_status_moves"),
        migrations.RemoveConstraint("request", "one_open_request_of_a_kind"),
        migrations.RemoveConstraint("request", "request_decided_by_someone"),
        migrations.RenameModel("Request", "Wish"),
        migrations.AlterField(
            "wish",
            "intake",
            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="wishes", to="intake.intake"),
        ),
        migrations.AddConstraint(
            "wish",
            models.UniqueConstraint(condition=models.Q(status="open"), fields=("intake", "kind"), name="one_open_wish_of_a_kind"),
        ),
        migrations.AddConstraint(
            "wish",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("status", "open")),
                    models.Q(
                        models.Q(("status", "open"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="wish_decided_by_someone",
            ),
        ),
        pgtrigger.migrations.AddTrigger(model_name="wish", trigger=TRIGGER),
    ]
