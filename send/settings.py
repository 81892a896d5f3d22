"""Settings of the service, read once from the environment by typed helpers; nothing else reads the environment.

Nothing set means the embedded default: SQLite, one worker over the file system, local files, mail kept on a page,
on this machine's loopback only. Setting DATABASE_URL means a real service, and switches every convenience of the
embedded default off.
"""

import logging
import secrets
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from send import logs
from send.accounts.providers import allauth_apps, origins

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Which arrangement ---------------------------------------------------------------------------------------------
EMBEDDED = "DATABASE_URL" not in env
TESTING = env.bool("SEND_TESTING", False)
DEBUG = False
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


def _embedded_key() -> str:
    """A key made on first use and kept in var/, readable by its owner only (embedded default)."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


if EMBEDDED:
    SECRET_KEY = env.str("SECRET_KEY", "") or _embedded_key()
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
    if set(env.list("ALLOWED_HOSTS", default=[])) - set(ALLOWED_HOSTS):
        raise ImproperlyConfigured(
            "The embedded default answers on this machine only. Set DATABASE_URL before ALLOWED_HOSTS names another address."
        )
else:
    SECRET_KEY = env.str("SECRET_KEY")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SERVICE_NAME = env.str("SERVICE_NAME", "Special educational needs and disability service")
PORT = env.int("PORT", 8000)  # of the embedded default
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", f"http://localhost:{PORT}" if EMBEDDED else f"https://{ALLOWED_HOSTS[0]}")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "security@localhost")  # shown in /.well-known/security.txt
GOVUK_BRANDING = env.bool("GOVUK_BRANDING", False)  # only a service on a GOV.UK domain may use GOV.UK's own branding

# --- Applications --------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # allauth's list of sessions needs it
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_structlog",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "guardian",
    "django_celery_beat",
    "django_celery_results",
    "rest_framework",
    "django_filters",
    "oauth2_provider",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "send",
    "send.organisations",
    "send.accounts",
    "send.audit",
    "send.people",
    "send.documents",
    "send.notifications",
    "standards",
    "ehcp",
    "dashboards",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "send.logs.RequestLog",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "send.sessions.keep_what_was_typed",
    "send.accounts.middleware.idle_limit",
    "send.accounts.middleware.SecondFactorRequired",
    "send.middleware.plain_errors",
    "send.middleware.private_pages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "send.urls"
WSGI_APPLICATION = "send.wsgi.application"
FORM_RENDERER = "send.forms.GovukRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "send.context.page_furniture",
            ],
        },
    }
]

# --- Database ------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'send.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a read that becomes a write would otherwise fail with 'database is locked'
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON",  # else REPLACE would delete rows past the append-only triggers
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "options": f"-c statement_timeout={env.int('STATEMENT_TIMEOUT_MS', 5000)} -c lock_timeout=5000"
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Time and language ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = []
CLOCK_MAY_BE_SET = EMBEDDED or TESTING  # a browser journey can cross fifteen days; never in a real service

# --- Sign-in and sessions ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/home/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds: the fresh sign-in of the security bars
ACCOUNT_ADAPTER = "send.accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "send.accounts.forms.SignUpForm"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True  # also what lets a person with a second factor change their address
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "10/10m/key"}  # by address: a school shares one IP
SOCIALACCOUNT_ADAPTER = "send.accounts.adapter.SocialAccountAdapter"
OIDC_PROVIDERS = env.json("OIDC_PROVIDERS", [])  # id, name, kind, server_url, client_id, secret, token_auth_method
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": allauth_apps(OIDC_PROVIDERS)}}
MFA_ADAPTER = "send.accounts.adapter.MFAAdapter"
MFA_FORMS = {"authenticate": "send.accounts.sign_in_forms.CodeForm", "reauthenticate": "send.accounts.sign_in_forms.CodeAgainForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SERVICE_NAME
ANONYMOUS_USER_NAME = None
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # its grants are asked by send.access, the one door, not by a back end
AXES_VERBOSE = False  # its first line would stand in the output of every command
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1 / 6  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_DISABLE_ACCESS_LOG = True  # the trail has every sign-in
AXES_USERNAME_CALLABLE = "send.accounts.adapter.attempted_username"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60  # the absolute limit; idle limits are held by send.accounts
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "send.views.csrf_failure"

# --- Web security --------------------------------------------------------------------------------------------------
if not EMBEDDED:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_ADDRESS])
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    if env.bool("BEHIND_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"  # with "no-referrer" browsers send forms with "Origin: null", which the CSRF check refuses
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *origins(OIDC_PROVIDERS)],  # a browser follows the form to where the person signs in
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
        "report-uri": "/security/csp-report/",
    }
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer", "ambient-light-sensor", "autoplay", "display-capture", "encrypted-media", "fullscreen", "geolocation",
        "gyroscope", "magnetometer", "midi", "payment", "usb",
    )
} | {"camera": ["self"], "microphone": ["self"]}  # fmt: skip

# --- Files ---------------------------------------------------------------------------------------------------------
FILE_UPLOAD_HANDLERS = ["send.documents.handlers.StreamingHandler"]  # never in memory, hashed on the way
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [p for p in [BASE_DIR / "send" / "static", BASE_DIR / "built"] if p.exists()]
FILES_DIR = VAR_DIR / "files"  # private: nothing serves it
STORAGE_URL = env.str("STORAGE_URL", "")  # s3://bucket/prefix, else the local folder
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
CLAMAV_URL = env.str("CLAMAV_URL", "")  # unix:/path or tcp://host:port; the stand-in scanner is for the embedded default only

# --- Mail ----------------------------------------------------------------------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", "")
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = f"send.notifications.backends.{'KeepOnPage' if EMBEDDED else 'NoMail'}"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "no-reply@localhost")
EMAIL_TIMEOUT = 10  # seconds
NOTIFY_API_KEY = env.str("NOTIFY_API_KEY", "")
NOTIFY_TEMPLATE_ID = env.str("NOTIFY_TEMPLATE_ID", "")  # a template there whose subject is ((subject)) and body ((body))
NOTIFY_URL = env.str("NOTIFY_URL", "https://api.notifications.service.gov.uk")

# --- What every process shares for a while: counts of attempts ---------------------------------------------------------
if env.str("REDIS_URL", ""):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.str("REDIS_URL")}}
elif TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR_DIR / "cache"}}

# --- Jobs ----------------------------------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", "")
_broker_dir = VAR_DIR / "broker"
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
    CELERY_RESULT_BACKEND = REDIS_URL
else:
    for _name in ("queue", "control"):
        (_broker_dir / _name).mkdir(mode=0o700, parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_broker_dir / "queue"),
        "data_folder_out": str(_broker_dir / "queue"),
        "control_folder": str(_broker_dir / "control"),
    }
    CELERY_RESULT_BACKEND = "django-db"
CELERY_TASK_ALWAYS_EAGER = TESTING
CELERY_TASK_STORE_EAGER_RESULT = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    "documents-sweep": {"task": "send.documents.tasks.sweep_documents", "schedule": 120},
    "audit-checkpoint": {"task": "send.audit.tasks.make_checkpoint", "schedule": 600},
    "notices-sweep": {"task": "send.notifications.tasks.sweep_outbox", "schedule": 60},
    "notices-follow-up": {"task": "send.notifications.tasks.follow_up_unopened", "schedule": crontab(hour=6, minute=30)},
    "audit-verify": {"task": "send.audit.tasks.verify_trail", "schedule": crontab(hour=2, minute=10)},
    "dashboards-snapshot": {"task": "dashboards.tasks.take_snapshot", "schedule": crontab(day_of_month=1, hour=3, minute=40)},
}

# --- API -----------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["oauth2_provider.contrib.rest_framework.OAuth2Authentication"],
    "DEFAULT_PERMISSION_CLASSES": ["send.api.DenyAll"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["send.api.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_VERSIONING_CLASS": None,
    "EXCEPTION_HANDLER": "send.api.problem",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",  # the middleware asks every request for one
    "DEFAULT_THROTTLE_RATES": {"token": "600/min"},
}
OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"
OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 600,
    # The security practice of RFC 9700, by name, until the library has it by default.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "SCOPES": {
        "plans:read": "Read the plans of pupils on roll",
        "sen-support:write": "Send SEN Support records of pupils on roll",
    },
}
SPECTACULAR_SETTINGS = {
    "TITLE": "SEND service API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {"NeedType": "ehcp.codes.NEED_TYPE_CHOICES"},
}

# --- Logs ----------------------------------------------------------------------------------------------------------
logs.configure()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "send.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO" if not TESTING else "WARNING")},
    "loggers": {
        # The request log has a line for each of these already, and theirs hold the address that was asked for.
        "django.request": {"level": "CRITICAL"},
        "django.server": {"level": "CRITICAL"},
        "celery.app.trace": {"level": "CRITICAL"},  # quotes arguments and results; the lines of django_structlog do not
    },
}
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = "uuid"
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO

# --- Audit ---------------------------------------------------------------------------------------------------------
AUDIT_SIGNING_KEY = env.str("AUDIT_SIGNING_KEY", "")  # Ed25519, 64 hexadecimal digits; else a key kept in var/
CHECKPOINT_DIR = Path(env.str("CHECKPOINT_DIR", str(VAR_DIR / "checkpoints")))  # where the database's administrator cannot write

# --- Law and disclosure --------------------------------------------------------------------------------------------
# Lowest values allowed in service; see dashboards.suppression.
DISCLOSURE = {"hide_counts_to": 7, "percentage_floor": 23, "average_floor": 10}

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
