"""Celery's settings. Long waits live in Postgres: nothing here is sent with an ETA beyond a minute."""

from django.conf import settings

broker_url = settings.REDIS_URL
broker_connection_retry_on_startup = True
broker_transport_options = {
    "visibility_timeout": 3600,
    "socket_keepalive": True,
    "socket_connect_timeout": 2,
    "health_check_interval": 10,
    # Ringing gives up at once (the sweeper rings again); a worker that lost its broker has retries of its own.
    "max_retries": 0,
    "interval_start": 0,
    "connect_retries_timeout": 1,
}
result_backend = None
task_ignore_result = True
task_acks_late = True
task_reject_on_worker_lost = True
worker_prefetch_multiplier = 1
worker_hijack_root_logger = False
worker_send_task_events = False
task_publish_retry = False  # the sweeper rings again; a webhook must not wait for Redis
task_default_queue = "frontdesk"
task_routes = {"conversations.listen": {"queue": "listening"}}
timezone = "UTC"
beat_schedule = {
    "sweep-the-work-list": {"task": "tenants.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "review-what-has-rested": {"task": "conversations.review_all", "schedule": 900.0, "options": {"expires": 900}},
    "seal-the-audit-trail": {"task": "tenants.seal_audit", "schedule": 15.0, "options": {"expires": 15}},
    "receive-what-webhooks-missed": {"task": "conversations.reconcile", "schedule": 300.0, "options": {"expires": 300}},
    "delete-old-files": {"task": "conversations.sweep_all_files", "schedule": 21600.0, "options": {"expires": 3600}},
    "delete-what-was-kept-long-enough": {
        "task": "escalations.forget_all_old",
        "schedule": 21600.0,
        "options": {"expires": 3600},
    },
    "read-the-templates": {
        "task": "conversations.list_all_templates",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "complete-what-is-over": {"task": "calendar_sync.complete_all", "schedule": 600.0, "options": {"expires": 600}},
}
