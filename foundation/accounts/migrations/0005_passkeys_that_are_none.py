"""Remove passkeys that no ceremony made: for a while a passkey of `false` or 0 was taken for one.

Who is left without a second step signs in anew and chooses one; recovery codes that came with such a passkey
go too, since whoever made it may have seen them. Each removal is on record.
"""

import json
import uuid

from django.db import migrations
from fido2.webauthn import RegistrationResponse

# SQL's three-valued logic would let NULL through, so each step asks for what must be there.
ONLY_REAL = """
ALTER TABLE mfa_authenticator ADD CONSTRAINT a_passkey_holds_a_key CHECK (
  type <> 'webauthn'
  OR COALESCE(jsonb_typeof(data #> '{credential,response,attestationObject}'), '') = 'string'
)
"""

RECORD = """
INSERT INTO events_event (id, name, subject_type, subject_id, office_id, actor, data, at)
SELECT %s, 'accounts.factor_removed', 'accounts.User', %s, m.office_id, 'system:migrate', %s::jsonb, now()
  FROM (SELECT %s::bigint AS id) AS u LEFT JOIN accounts_membership m ON m.user_id = u.id
"""


def is_real(data):
    """Tell whether a browser's answer to our question lies here, with a key in it."""
    try:
        answer = RegistrationResponse.from_dict(data["credential"])
        return answer.response.attestation_object.auth_data.credential_data is not None
    except Exception:  # the parsers of JSON, CBOR and COSE each raise their own
        return False


def remove(apps, schema_editor):
    factors = apps.get_model("mfa", "Authenticator").objects
    for factor in factors.filter(type="webauthn"):
        if is_real(factor.data):
            continue
        user = factor.user_id
        factor.delete()
        _record(schema_editor, user, "webauthn")
        if not factors.filter(user_id=user, type__in=("webauthn", "totp")).exists():
            apps.get_model("accounts", "Session").objects.filter(user_id=user).delete()
            if factors.filter(user_id=user).delete()[0]:
                _record(schema_editor, user, "recovery_codes")


def _record(schema_editor, user, kind):
    """Write the event by hand: the database numbers it, and the model of today may be another."""
    data = json.dumps({"type": kind, "reason": "never_verified"})
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(RECORD, [uuid.uuid4(), str(user), data, user])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_other_line"),
        ("events", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunPython(remove, migrations.RunPython.noop, elidable=True),
        migrations.RunSQL(ONLY_REAL, "ALTER TABLE mfa_authenticator DROP CONSTRAINT a_passkey_holds_a_key"),
    ]
