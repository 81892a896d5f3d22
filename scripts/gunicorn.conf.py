"""How gunicorn runs the service, embedded or not. The address comes from the command line."""

worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 15
max_requests = 10_000
max_requests_jitter = 1_000
limit_request_line = 4094
accesslog = None  # the service writes its own line a request, without personal data
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "send.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
}
