"""Matters that may clash, and how one stands by the rule."""

import threading

from django.db import connection

from conflicts.models import ConflictCheck, ConflictHit
from conflicts.rules.standing import Asked, standing_of
from foundation.database.principal import acting_as
from foundation.vault.keys import opening_keys

HIM = {"name": {"given_names": "Yousef", "family_name": "Rahman"}}
TOO = {"name": {"given_names": "Yusuf", "family_name": "Rahman"}}
HER = {"name": {"given_names": "Rania", "family_name": "Haddad"}}
FEARS_HIM = {"feared_here": {"feared_here": "yes", "feared_name": "Yusuf al-Rahman"}}


def pairs(**where):
    return ConflictHit.objects.exclude(status="superseded").filter(kind="conflict", user=None, **where)


def by_the_rule(matter_id):
    """Work out how a matter stands from its rows, read here as our own job may."""
    ours, theirs = pairs(matter_id=matter_id), pairs(other_matter_id=matter_id, live=True)
    statuses = {one.status for one in (*ours, *theirs)}
    checks = ConflictCheck.objects.filter(matter_id=matter_id, user=None)
    return standing_of(statuses, [Asked(one.kind == "names", one.status, one.unread > 0) for one in checks])


def in_a_thread(work, principal):
    """Run something on a connection of its own, as somebody, until it is over."""

    def run():
        with acting_as(principal), opening_keys():
            work()
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
