"""Everything that differs between machines comes from the environment; docs/settings.md lists it."""

import sys
from pathlib import Path

import environ

from frontdesk.logs import configure_logging

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
env = environ.Env()

# -- origin and secrets ------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
PLACEHOLDER_KEY = "only-for-commands-that-need-no-secret"  # asgi.py refuses to serve with it
SECRET_KEY = env.str("SECRET_KEY", PLACEHOLDER_KEY if not TESTING else "test" * 12)
FIELD_KEYS = env.list("FIELD_KEYS", default=[])
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", "")  # names this installation to browsers' push services
PUBLIC_ORIGIN = env.str("PUBLIC_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
SECURE_ORIGIN = PUBLIC_ORIGIN.startswith("https://")
_host = PUBLIC_ORIGIN.split("://", 1)[1].split(":")[0]
ALLOWED_HOSTS = [
    _host,
    *env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"]),
    *(["testserver"] if TESTING else []),
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_ORIGIN]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_ORIGIN
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_ORIGIN else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# -- apps --------------------------------------------------------------------------------------------------
# A model lives in SHARED_APPS or in TENANT_APPS, never in both: tests/tenants holds it.
SHARED_APPS = [
    "django_tenants",
    "tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.admin",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
]
TENANT_APPS = ["calendar_sync", "agents", "conversations", "escalations"]
INSTALLED_APPS = SHARED_APPS + TENANT_APPS
TENANT_MODEL = "tenants.Business"
TENANT_DOMAIN_MODEL = "tenants.Domain"
TENANT_LIMIT_SET_CALLS = True
AUTH_USER_MODEL = "tenants.User"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tenants.routing.BusinessPathMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "tenants.languages.LanguageMiddleware",
    "tenants.routing.MembershipMiddleware",
]
ROOT_URLCONF = PUBLIC_URLCONF = "frontdesk.urls_public"
BUSINESS_URLCONF = "frontdesk.urls_business"
WSGI_APPLICATION = "frontdesk.wsgi.application"
ASGI_APPLICATION = "frontdesk.asgi.application"

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
                "tenants.routing.business_context",
            ],
        },
    }
]

# -- database, cache, queue --------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL", "postgres://app@127.0.0.1:1/frontdesk"),
        "ENGINE": "tenants.postgres",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
        "TEST": {"NAME": "test_frontdesk_" + env.str("FRONTDESK_TEST_DB", "main")},
    }
}
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CELERY_APP = "frontdesk.celery.app"  # rung through tenants.bell
REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:1/0")
LEASE_SECONDS = env.float("LEASE_SECONDS", 90.0)  # how long a dead worker keeps its work from the others
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
    }
}

# -- accounts ----------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/home/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FORM_CLASS = "tenants.accounts.NameForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE_ORIGIN else "http"
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Frontdesk"
# Not cached_db: its cache keys are per schema, so a session ended on a public page lived on below /b/.
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# -- mail --------------------------------------------------------------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", "consolemail://")
vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", f"Frontdesk <no-reply@{'frontdesk.test' if _host[0].isdigit() else _host}>"
)

# -- vendors: each base URL points every call of that vendor's client to another host -------------------------
ANTHROPIC_API_KEY = env.str("ANTHROPIC_API_KEY", "")
ANTHROPIC_BASE_URL = env.str("ANTHROPIC_BASE_URL", "")
ANTHROPIC_STREAM = env.bool("ANTHROPIC_STREAM", True)
EMBEDDINGS_URL = env.str("EMBEDDINGS_URL", "").rstrip("/")  # an OpenAI-compatible one, such as http://host/v1
EMBEDDINGS_KEY = env.str("EMBEDDINGS_KEY", "")
EMBEDDINGS_MODEL = env.str("EMBEDDINGS_MODEL", "default")
EMBEDDINGS_SIZE = env.int("EMBEDDINGS_SIZE", 384)  # numbers of a vector
EMBEDDINGS_THRESHOLD = env.float("EMBEDDINGS_THRESHOLD", 0.6)  # cosine likeness; depends on the model
TWILIO_ACCOUNT_SID = env.str("TWILIO_ACCOUNT_SID", "")
TWILIO_AUTH_TOKEN = env.str("TWILIO_AUTH_TOKEN", "")
TWILIO_BASE_URL = env.str("TWILIO_BASE_URL", "")
GOOGLE_CLIENT_ID = env.str("GOOGLE_CLIENT_ID", "")
GOOGLE_CLIENT_SECRET = env.str("GOOGLE_CLIENT_SECRET", "")
GOOGLE_BASE_URL = env.str("GOOGLE_BASE_URL", "")
VOICE_MODEL_FOLDER = env.str("VOICE_MODEL_FOLDER", "")  # faster-whisper, CTranslate2 format; empty: people listen
VOICE_THREADS = env.int("VOICE_THREADS", 2)
OTEL_EXPORTER_OTLP_ENDPOINT = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", "").rstrip("/")  # spans, by HTTP
TRACE_LINK = env.str("TRACE_LINK", "")  # of a trace in the collector's own pages; holds {trace_id}
META_BASE_URL = env.str("META_BASE_URL", "")
META_API_VERSION = env.str("META_API_VERSION", "v23.0")
META_APP_ID = env.str("META_APP_ID", "")
META_APP_SECRET = env.str("META_APP_SECRET", "")  # signs webhooks of numbers that bring no app of their own
META_ACCESS_TOKEN = env.str("META_ACCESS_TOKEN", "")  # for numbers that bring none
META_VERIFY_TOKEN = env.str("META_VERIFY_TOKEN", "")
META_CONFIG_ID = env.str("META_CONFIG_ID", "")  # Facebook Login for Business: sign-up without copying anything

# -- pages -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [
    ("en-gb", "English"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("pt", "Português"),
]
LOCALE_PATHS = [BASE_DIR / "frontdesk" / "locale"]  # `make words`; docs/decisions/0036
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATIC_BUILT = env.bool("STATIC_BUILT", False)  # serve what collectstatic has made, not the files of the checkout
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not STATIC_BUILT
if STATIC_BUILT:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "frontdesk.built_static.BuiltStatic"},
    }
WHITENOISE_AUTOREFRESH = (DEBUG or TESTING) and not STATIC_BUILT
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / ".local" / "media")))
MEDIA_KEEP_DAYS = env.int("MEDIA_KEEP_DAYS", 365)  # then a file of a message is deleted; 0: never
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": [
            "'self'",
            *([GOOGLE_BASE_URL] if GOOGLE_BASE_URL else ["https://accounts.google.com"]),
            *([META_BASE_URL or "https://www.facebook.com"] if META_CONFIG_ID else []),
        ],
    }
}
API_CALLS_PER_MINUTE = env.int("API_CALLS_PER_MINUTE", 600)  # of one key
WEBHOOKS_TO_PRIVATE_ADDRESSES = env.bool("WEBHOOKS_TO_PRIVATE_ADDRESSES", False)  # and plain http: development only
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}

# -- logs --------------------------------------------------------------------------------------------------
LOGGING_CONFIG = None
configure_logging(level=env.str("LOG_LEVEL", "WARNING" if TESTING else "INFO"), json=env.bool("LOG_JSON", False))
