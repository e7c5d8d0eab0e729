"""Sessions that only their cookie opens.

The table keeps SHA-256 of the cookie's key and data sealed with a key made from it (HKDF), so that
neither a stolen dump nor a query against the table gives anyone a session or shows what is in it.
"""

import base64
import hashlib
import json
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from foundation.accounts.models import Office, Session
from foundation.database.reading import columns, maybe_row, width
from foundation.vault import envelope
from foundation.vault.keys import VaultError


def row_key(session_key: str) -> str:
    """Return what the table knows a session by."""
    return hashlib.sha256(b"session|" + session_key.encode()).hexdigest()


def cipher(session_key: str) -> AESGCM:
    """Return the cipher that only the holder of the cookie can make."""
    derived = HKDF(SHA256(), 32, salt=None, info=b"session data").derive(session_key.encode())
    return AESGCM(derived)


@cache
def _reading() -> str:
    """Return the statement that reads a session and an office, each where it is there: always one row."""
    return (
        f"SELECT {columns(Session, 's')}, {columns(Office, 'o')} FROM (SELECT) one"  # noqa: S608  our own names
        ' LEFT JOIN "accounts_session" s ON s.session_key = %s AND s.expire_date > %s'
        ' LEFT JOIN "accounts_office" o ON o.slug = %s'
    )


def _seal(data: dict[str, Any], session_key: str) -> str:
    sealed = envelope.seal(json.dumps(data).encode(), key=cipher(session_key), place=b"session")
    return base64.b64encode(sealed).decode()


def _insert(key: str, values: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            Session.objects.create(session_key=key, started_at=values["seen_at"], **values)
    except IntegrityError:
        raise CreateError from None


class SessionStore(DatabaseStore):
    """Django's database sessions, with the key hashed and the data sealed.

    `row` is the row that was read, with its times; None before and where there is none. Where `beside` is the
    slug of the office whose public pages are looked at, `office` is read in the same statement.
    """

    row: Session | None = None
    beside = ""
    office: Office | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        if not self.session_key:
            return None
        session = self._read(row_key(self.session_key))
        if session is None:
            self._session_key = None
        self.row = session
        return session

    def _read(self, key: str) -> Session | None:
        """Read the row of a hashed key that has not run out, and the office where one is named."""
        with connection.cursor() as cursor:
            cursor.execute(_reading(), [key, timezone.now(), self.beside])
            found = cursor.fetchone()
        columns_of_row = width(Session)
        self.office = maybe_row(Office, found[columns_of_row:])
        return maybe_row(Session, found[:columns_of_row])

    def load(self) -> dict[str, Any]:
        session = self._get_session_from_db()
        if session is None:
            return {}
        try:
            sealed = base64.b64decode(session.session_data)
            plain = envelope.unseal(sealed, key=cipher(self.session_key), place=b"session")  # type: ignore[arg-type]
        except (VaultError, ValueError):
            self._session_key = None
            return {}
        data: dict[str, Any] = json.loads(plain)
        return data

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=row_key(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the session; one that was ended meanwhile stays ended."""
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        user = data.get("_auth_user_id")
        values = {
            "session_data": _seal(data, self.session_key),
            "expire_date": self.get_expiry_date(),
            "user_id": int(user) if user else None,
            "seen_at": timezone.now(),
        }
        rows = Session.objects.filter(session_key=row_key(self.session_key))
        if must_create:
            _insert(row_key(self.session_key), values)
        elif not rows.update(**values):
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=row_key(key)).delete()


def end_sessions_of(user_id: int, *, but: str | None = None) -> int:
    """End a person's sessions, all of them or all but the one with this cookie; return how many."""
    sessions = Session.objects.filter(user_id=user_id)
    if but:
        sessions = sessions.exclude(session_key=row_key(but))
    return sessions.delete()[0]
