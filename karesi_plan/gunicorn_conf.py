"""The web server: `gunicorn -c python:karesi_plan.gunicorn_conf karesi_plan.wsgi`."""

import os
import signal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karesi_plan.settings.dev")

from django.conf import settings

from karesi_plan.settings import env

_has_workers = bool(settings.REDIS_URL)

bind = f"{env.text('HOST', '127.0.0.1')}:{env.text('PORT', '8000')}"
worker_class = "gthread"
threads = env.number("WEB_THREADS", 8)
# Without Redis the one process is web and worker at once, and there must be only one.
workers = env.number("WEB_PROCESSES", 2) if _has_workers else 1
timeout = 60
graceful_timeout = 5
loglevel = "warning"
# The server's own lines have the form of all others, before the application has set it up.
logconfig_dict = settings.LOGGING
# gunicorn's control socket is one per user: a second run would meet the first.
control_socket_disable = True


def post_worker_init(worker) -> None:
    # gunicorn's own handling of Ctrl-C takes a lock that the interrupted code may hold, and then
    # hangs. Ending as for SIGTERM takes none; the server passes SIGINT on as SIGQUIT.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGQUIT, worker.handle_exit)
    if not _has_workers:
        from common.jobs import local  # only now are the application's tables known

        local.start()


def worker_exit(server, worker) -> None:
    # The server itself calls this too, for a worker that it had to kill; the threads were the worker's.
    if not _has_workers and worker.booted:
        from common.jobs import local

        local.stop()
