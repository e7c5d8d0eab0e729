"""The Celery application: JSON messages that carry ids at most, results kept nowhere."""

import os
from typing import Any

from celery import Celery
from celery.app.amqp import AMQP
from celery.schedules import crontab
from celery.signals import setup_logging
from kombu import Connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

BROKER = os.environ.get("CELERY_BROKER_URL") or os.environ.get("REDIS_URL")


class Prompt(Connection):  # type: ignore[misc]
    """A connection to the broker that is tried again each second: kombu's own waits up to thirty."""

    def _ensure_connection(self, *args: Any, **kwargs: Any) -> Any:
        every_second = {"interval_start": 1, "interval_step": 0, "interval_max": 1}
        return super()._ensure_connection(*args, **{**kwargs, **every_second})


class Broker(AMQP):  # type: ignore[misc]
    Connection = Prompt


app = Celery("intake", task_cls="config.tasks:BoundTask", amqp="config.celery:Broker")
app.config_from_object(
    {
        "broker_url": BROKER or "redis://localhost:6379/0",
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "worker_send_task_events": False,
        "task_send_sent_event": False,
        "worker_hijack_root_logger": False,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "beat_scheduler": "config.beat:Scheduler",
        # A nudge that cannot be sent must fail fast: the sweep below finds the row anyway.
        "broker_transport_options": {"socket_connect_timeout": 2, "socket_timeout": 5},
        "task_publish_retry": False,
        # Names are looked up by one process that holds them all in memory; it has a queue of its own.
        "task_routes": {"conflicts.names.*": {"queue": "names"}},
        "timezone": "UTC",
        "beat_schedule": {
            # Of a worker that was away, one sweep is enough: older ones expire.
            "sweep-due-work": {
                "task": "foundation.work.tasks.sweep",
                "schedule": 15.0,
                "options": {"expires": 15.0},
            },
            "look-after": {
                "task": "operations.tasks.look",
                "schedule": 30.0,
                "options": {"expires": 30.0},
            },
            "keep-deletions": {
                "task": "operations.tasks.keep_deletions",
                "schedule": 10.0,
                "options": {"expires": 10.0},
            },
            "sweep-kept": {"task": "operations.tasks.sweep_kept", "schedule": crontab(minute="55")},
            "sweep-incoming": {
                "task": "foundation.files.tasks.sweep_incoming",
                "schedule": crontab(minute="40"),
            },
            "expire-offers": {"task": "referrals.tasks.expire_offers", "schedule": 60.0},
            "look-after-reserved": {
                "task": "referrals.tasks.look_after_reserved",
                "schedule": crontab(minute="25"),
            },
            "expire-hand-overs": {"task": "referrals.tasks.expire_hand_overs", "schedule": 60.0},
            "answer-waiting-checks": {
                "task": "conflicts.names.sweep",
                "schedule": 5.0,
                "options": {"expires": 5.0},
            },
            "tidy-parties": {"task": "conflicts.tasks.tidy", "schedule": crontab(minute="40")},
            "checkpoint-ledger": {"task": "foundation.events.tasks.checkpoint_ledger", "schedule": 10.0},
            "remind-of-deadlines": {
                "task": "cases.tasks.remind_of_deadlines",
                "schedule": crontab(hour="11", minute="0"),
            },
            "check-links": {"task": "evidence.tasks.check_links", "schedule": crontab(minute="40")},
            # After midnight in every state, before the reminders of the day.
            "rescreen-open-cases": {
                "task": "cases.tasks.rescreen_open_cases",
                "schedule": crontab(hour="10", minute="15"),
            },
            # Days begin at another hour in each time zone.
            "apply-office-changes": {
                "task": "foundation.accounts.tasks.apply_office_changes",
                "schedule": crontab(minute="*/15"),
            },
            "note-changed-rules": {"task": "cases.tasks.note_changed_rules", "schedule": 300.0},
            "forget-old-tries": {
                "task": "cases.tasks.forget_old_tries",
                "schedule": crontab(hour="9", minute="50"),
            },
            "remind-of-looks": {
                "task": "cases.tasks.remind_of_looks",
                "schedule": crontab(minute="5"),
            },
            # By day in every state; each step is taken once, and a run that was missed is made good.
            "remind-of-hearings": {
                "task": "casework.tasks.remind",
                "schedule": crontab(hour="13-22", minute="20"),
            },
            "offer-small-tasks-again": {
                "task": "casework.tasks.offer_late_again",
                "schedule": crontab(minute="25"),
            },
            "remind-of-seconds": {
                "task": "cases.tasks.remind_of_seconds",
                "schedule": crontab(minute="35"),
            },
            # By day in every state: a phone that rings at night can be heard.
            "remind-of-papers": {
                "task": "intake.tasks.remind_of_papers",
                "schedule": crontab(hour="18", minute="30"),
            },
            "tell-of-lists": {"task": "workspace.tasks.tell_of_lists", "schedule": crontab(minute="15")},
            # Mornings begin at another hour for each colleague.
            "write-digests": {
                "task": "notifications.tasks.write_digests",
                "schedule": crontab(minute="10"),
            },
            "alert-urgent-drafts": {"task": "intake.tasks.alert_urgent_drafts", "schedule": 60.0},
            "delete-expired-drafts": {
                "task": "intake.tasks.delete_expired_drafts",
                "schedule": crontab(minute="20"),
            },
        },
    }
)
# Each task gives its connections back (tasks.py). Celery's own way closes a process's whole pool, before and
# after each task: each time a new backend, which knows no table yet and costs more than the work.
app.conf["CELERY_DB_REUSE_MAX"] = 1000
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**kwargs: object) -> None:
    """Keep Celery from writing logs of its own, which carry the arguments of a task that failed."""
