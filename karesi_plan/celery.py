"""The Celery application. What work there is, and whether it was done, stands in the database
(common/jobs); the broker only carries "look at job n", so it may lose or repeat a message."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karesi_plan.settings.dev")

app = Celery("karesi_plan")
# For all threads: without it a web thread would publish to an application of Celery's own making.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
