"""The web server: `gunicorn -c python:karesi_plan.gunicorn_conf karesi_plan.wsgi`."""

from karesi_plan.settings import env

_has_broker = bool(env.text("REDIS_URL"))

bind = f"{env.text('HOST', '127.0.0.1')}:{env.text('PORT', '8000')}"
worker_class = "gthread"
threads = env.number("WEB_THREADS", 8)
# Without a broker the one process is web and worker at once, and there must be only one.
workers = env.number("WEB_WORKERS", 2) if _has_broker else 1
timeout = 60
graceful_timeout = 10
loglevel = env.text("LOG_LEVEL", "warning").lower()
# gunicorn's control socket is one per user: a second run would meet the first.
control_socket_disable = True


def post_worker_init(worker) -> None:
    if not _has_broker:
        from karesi_plan import one_process  # only now are the application's tables known

        one_process.start()


def worker_exit(server, worker) -> None:
    # The server calls this too, for a worker that it had to kill; the threads were the worker's.
    if not _has_broker and worker.booted:
        from karesi_plan import one_process

        one_process.stop()
