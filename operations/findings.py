"""What a look at the installation found: codes that may stand anywhere, and their words for an operator."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import badges

OK, WARN, BAD = "ok", "warn", "bad"
BADGES = {
    OK: (_("Well"), badges.GOOD, "check"),
    WARN: (_("Look"), badges.WARN, ""),
    BAD: (_("Mend"), badges.BAD, "alert"),
}


@dataclass(frozen=True)
class Finding:
    """One part and how it stands: a code, and figures or names of parts of ours, never anybody's."""

    key: str
    state: str = OK
    code: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(TITLES[self.key])

    @property
    def words(self) -> str:
        return str(WORDS[self.key, self.code][0]) % self.data if self.code else str(_("As it should be"))

    @property
    def todo(self) -> str:
        return str(WORDS[self.key, self.code][1]) % self.data if self.code else ""

    @property
    def badge(self) -> badges.Badge:
        label, tone, icon = BADGES[self.state]
        return badges.Badge(str(label), tone, icon)

    @property
    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


TITLES: dict[str, Promise] = {
    "database": _("Database"),
    "versions": _("Versions"),
    "migrations": _("Tables"),
    "connections": _("Database connections"),
    "broker": _("Queue server"),
    "worker": _("Worker"),
    "beat": _("Schedule"),
    "names": _("Names worker"),
    "queues": _("Due work"),
    "sealing": _("Signing the record"),
    "storage": _("Place for files"),
    "clock": _("Clock"),
    "backups": _("Backups"),
    "drill": _("Restore drill"),
    "restore": _("Restore"),
    "static": _("Static files"),
    "office": _("Office of the public form"),
    "keys": _("Keys"),
    "languages": _("Languages"),
    "promises": _("Approved promises"),
    "data": _("Dated figures"),
    "mail": _("Mail"),
    "certificate": _("Certificate"),
    "edge": _("Proxy and address"),
}

_SILENT = _("Look at its log, and start it again: the container, or the systemd unit.")
WORDS: dict[tuple[str, str], tuple[Promise, Promise]] = {
    ("database", "away"): (
        _("It does not answer."),
        _("Look whether PostgreSQL runs, and at DATABASE_URL and the passwords in the key folder."),
    ),
    ("versions", "postgres_old"): (
        _("PostgreSQL is %(found)s; it takes %(least)s or newer."),
        _("Move the data to a newer server: docs/how-to/upgrade.md."),
    ),
    ("migrations", "behind"): (
        _("Migrations that are not run: %(count)d."),
        _("Run python -m foundation.database.prepare, then start everything anew."),
    ),
    ("migrations", "ahead"): (
        _("Migrations of the database this program does not know: %(count)d."),
        _("Start the newer program it was used with, or restore a backup from before."),
    ),
    ("connections", "scarce"): (
        _("In use: %(used)d of %(most)d."),
        _("Raise max_connections of PostgreSQL: each web process may take 24, the others a few."),
    ),
    ("broker", "away"): (_("It does not answer: due work waits for the next sweep."), _("Start Valkey.")),
    ("worker", "silent"): (_("Nothing was heard of it for two minutes."), _SILENT),
    ("beat", "silent"): (
        _("Nothing was heard of it for two minutes: nothing happens by the clock."),
        _SILENT,
    ),
    ("names", "silent"): (_("Nothing was heard of it: checks for conflicts wait."), _SILENT),
    ("queues", "late"): (
        _("Something has been due for ten minutes: %(lines)s."),
        _("Look whether a worker runs; with many people, start another one."),
    ),
    ("queues", "stuck"): (
        _("Pieces of work that wait for a person: %(count)d."),
        _("An administrator decides about them on the page Stuck work."),
    ),
    ("sealing", "late"): (
        _("Minutes since the oldest row that is not signed: %(minutes)d."),
        _("Look at the worker's log; a transaction that never ends holds it back."),
    ),
    ("sealing", "restored"): (
        _("The database was restored, and nothing is signed since."),
        _("Run manage.py ledger restored --from ANCHORS."),
    ),
    ("storage", "unwritable"): (
        _("Nothing can be written there."),
        _("Give the folder MEDIA_ROOT names to the user that runs this."),
    ),
    ("storage", "low"): (_("Free room, in percent: %(percent)d."), _("Make room, or give it a larger disk.")),
    ("storage", "full"): (
        _("Free room, in percent: %(percent)d."),
        _("Make room now: files are refused soon."),
    ),
    ("clock", "off"): (
        _("Seconds between it and the database's: %(seconds)d."),
        _("Let both machines keep time by NTP."),
    ),
    ("backups", "never"): (_("No backup was ever made."), _("Set it up: docs/how-to/backup.md.")),
    ("backups", "late"): (
        _("Hours since the last one: %(hours)d."),
        _("Look at the log of the backup, and make one by hand."),
    ),
    ("backups", "failed"): (_("The last one failed (%(error)s)."), _("Look at the log of the backup.")),
    ("drill", "never"): (
        _("No backup was ever restored to try it."),
        _("Run manage.py restore_drill: docs/how-to/restore.md."),
    ),
    ("drill", "late"): (_("Days since the last one: %(days)d."), _("Run manage.py restore_drill.")),
    ("restore", "done"): (
        _("Restored on %(day)s. Rows of the record that were signed and are not there: %(lost)d."),
        _("Tell the people whose work was lost (docs/how-to/restore.md). This line goes after 30 days."),
    ),
    ("static", "missing"): (_("They are not gathered."), _("Run manage.py collectstatic.")),
    ("office", "missing"): (
        _("INTAKE_OFFICE names no office: “%(slug)s”."),
        _("Correct it, or make the office: manage.py first_run."),
    ),
    ("keys", "unfit"): (
        _("Faults in them: %(count)d."),
        _("manage.py check --deploy names them."),
    ),
    ("keys", "old"): (_("To be changed or put away: %(count)d."), _("docs/keys.md says how.")),
    ("languages", "missing"): (
        _("Not compiled: %(codes)s."),
        _("Run manage.py words, or build the image anew."),
    ),
    ("promises", "missing"): (
        _("Not approved: %(count)d. The public pages stay shut."),
        _("A lawyer reads them: manage.py approve_words."),
    ),
    ("data", "old"): (_("Out of date: %(count)d."), _("manage.py data_check names them, for a lawyer.")),
    ("mail", "files"): (_("Mail is written to files and leaves for nobody."), _("Set EMAIL_URL.")),
    ("mail", "refused"): (
        _("The mail server does not let us in (%(error)s)."),
        _("Look at EMAIL_URL: host, port, user, password."),
    ),
    ("certificate", "soon"): (_("Days until it runs out: %(days)d."), _("Let the proxy renew it.")),
    ("certificate", "unread"): (
        _("It could not be read (%(error)s)."),
        _("Look whether SITE_URL is right and the proxy answers."),
    ),
    ("edge", "host"): (
        _("Pages were asked for under a name that is not in ALLOWED_HOSTS."),
        _("If it is yours, add it; if not, somebody tries names."),
    ),
    ("edge", "proxy"): (
        _("Pages were asked for without the proxy's X-Forwarded-Proto."),
        _("Let the proxy set it (docker/nginx.conf), and let nobody reach the web process past it."),
    ),
    ("edge", "origin"): (
        _("Forms came from an address that is not in CSRF_TRUSTED_ORIGINS."),
        _("If it is yours, add it with https:// in front."),
    ),
}
