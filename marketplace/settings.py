"""The one settings file. Everything a deployment chooses comes from the environment."""

import os
from pathlib import Path

from marketplace.core.channel_names import channel_names
from marketplace.core.database import DatabaseAddress, django_databases
from marketplace.core.mail_server import mail_server
from marketplace.core.origins import origin_of

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent


def _flag(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


# -- What kind of process this is --------------------------------------
DEMO = _flag("TWIZA_DEMO")
DEMO_SIZE = os.environ.get("TWIZA_DEMO_SIZE", "full")
DEBUG = _flag("TWIZA_DEBUG")
DEFAULT_SECRET = "not-a-secret-for-local-use-only"  # noqa: S105 -- `twiza serve` refuses it
SECRET_KEY = os.environ.get("TWIZA_SECRET_KEY", DEFAULT_SECRET)
ENCRYPTION_KEYS = [k for k in os.environ.get("TWIZA_ENCRYPTION_KEYS", "").split(",") if k]
ALLOWED_HOSTS = os.environ.get("TWIZA_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(
    ","
)
PUBLIC_URL = os.environ.get("TWIZA_PUBLIC_URL", "http://localhost:8000")
# Whether to believe what the proxy says of who asks, and how.
BEHIND_PROXY = _flag("TWIZA_BEHIND_PROXY")
# Where Saleor reaches us, when that is not where buyers do (a network of containers).
APP_URL = os.environ.get("TWIZA_APP_URL", PUBLIC_URL)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DATA_DIR = Path(os.environ.get("TWIZA_DATA_DIR", ROOT / ".twiza"))

# -- Applications --------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    # Before allauth, whose pages it dresses.
    "marketplace.web.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "marketplace.core",
    "marketplace.embedded",
    "marketplace.saleor",
    "vendors",
    "catalog",
    "search",
    "marketplace.orders",
    "marketplace.payments",
    "marketplace.payouts",
    "marketplace.impact",
    "marketplace.moving",
    "marketplace.web.ui",
    "marketplace.web.storefront",
    "marketplace.web.portal",
    "marketplace.web.staff",
    "marketplace.web.api",
    "marketplace.web.dashboard",
    "marketplace.demo",
]

MIDDLEWARE = [
    "marketplace.core.middleware.RequestIdMiddleware",
    "marketplace.core.tracing.TracingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "marketplace.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "marketplace.moving.middleware.ClosedShopMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "marketplace.web.storefront.context.shop_context",
                "marketplace.web.portal.context.work_context",
                "marketplace.web.staff.context.work_context",
            ],
        },
    }
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Databases --------------------------------------
# `default` is the runtime role (it may not change the ledger), `owner` runs migrations, `engine`
# is the embedded commerce core's own schema and role.
DATABASE_ADDRESS = DatabaseAddress.from_environment(os.environ, data_dir=DATA_DIR)
DATABASES = django_databases(DATABASE_ADDRESS)
if DEMO:  # a demo may lose its last half second when the machine stops; a programme may not
    for _entry in DATABASES.values():
        _entry["OPTIONS"]["options"] += " -c synchronous_commit=off"
DATABASE_ROUTERS = [
    "marketplace.embedded.routing.EngineRouter",
    "marketplace.core.routing.OwnerRouter",
]
RUNTIME_ROLE = "twiza_app"
ENGINE_ROLE = "twiza_engine"

# -- Accounts --------------------------------------
AUTH_USER_MODEL = "vendors.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# scrypt resists graphics cards and takes a tenth of PBKDF2's time on a small server.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "login": "marketplace.web.accounts.forms.LoginForm",
    "signup": "marketplace.web.accounts.forms.SignupForm",
}
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/accounts/home/"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# -- Security --------------------------------------
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
_HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "twiza_session"
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "font-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 12

# -- Languages and time --------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("ar", "العربية"), ("fr", "Français"), ("en", "English")]
BASE_LANGUAGE = os.environ.get("TWIZA_BASE_LANGUAGE", "fr")
LOCALE_PATHS = sorted(p for p in (PACKAGE / "locale").iterdir() if p.is_dir())
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# -- Files --------------------------------------
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# -- Mail --------------------------------------
EMAIL_BACKEND = os.environ.get(
    "TWIZA_EMAIL_BACKEND",
    "marketplace.core.mail.OutboxBackend"
    if DEMO
    else "django.core.mail.backends.smtp.EmailBackend",
)
globals().update(mail_server(os.environ.get("TWIZA_EMAIL_URL", "")))
DEFAULT_FROM_EMAIL = os.environ.get("TWIZA_FROM_EMAIL", "Twiza <no-reply@example.org>")

# -- Jobs and events --------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "marketplace.jobs.schedule"
DOMAIN_EVENT_HANDLERS = "marketplace.events.DOMAIN_EVENTS"
WORKER_LOOPS = "marketplace.jobs.worker_loops"
JOBS = "marketplace.jobs.JOBS"
CHECKS = "marketplace.checks.CHECKS"
# How many questions one address may put to the API in a minute; 0 for no limit.
API_A_MINUTE = int(os.environ.get("TWIZA_API_A_MINUTE", "240"))
METRICS = "marketplace.checks.METRICS"
# Whoever has it may read the numbers of /health/metrics; without one nobody may.
METRICS_TOKEN = os.environ.get("TWIZA_METRICS_TOKEN", "")
SALEOR_EVENT_HANDLERS = "marketplace.events.SALEOR_EVENTS"
SALEOR_SYNC_HANDLERS = "marketplace.events.SALEOR_SYNC"

# -- Saleor --------------------------------------
# Without an address the embedded commerce core is spoken to, in process.
SALEOR_API_URL = os.environ.get("SALEOR_API_URL", "")
SALEOR_APP_TOKEN = os.environ.get("SALEOR_APP_TOKEN", "")
SALEOR_APP_IDENTIFIER = "twiza.marketplace"
# Where Saleor's Dashboard is (https://host): it alone may frame our pages for it.
DASHBOARD_PAGES = "/dashboard/"
DASHBOARD_ORIGIN = origin_of(os.environ.get("TWIZA_DASHBOARD_ORIGIN", ""))
# Which markets are open, and which of them sell through a channel that the store already had.
MARKET_CHANNELS = channel_names(os.environ.get("TWIZA_CHANNELS", ""))
# The shelves which set-up makes at the engine (the catalogue owns the list).
STORE_CATEGORIES = "catalog.categories.CATEGORIES"
EMBEDDED_ENGINE = {
    "TRANSPORT": "marketplace.embedded.transport.EmbeddedTransport",
    "APP_TRANSPORT": "marketplace.saleor.transport.app_transport",
    "DOMAIN": os.environ.get("TWIZA_ENGINE_DOMAIN", "engine.twiza.internal"),
    "REFUSE_OPEN_TRANSACTION": _flag("TWIZA_REFUSE_OPEN_TRANSACTION", default=True),
    "MEDIA_ROOT": DATA_DIR / "engine-media",
}

# -- Shop --------------------------------------
SEARCH_BACKENDS = {
    "postgres": "search.backends.postgres.PostgresBackend",
    "elasticsearch": "search.backends.elastic.ElasticBackend",
}
ELASTICSEARCH_URL = os.environ.get("TWIZA_ELASTICSEARCH_URL", "")
ELASTICSEARCH_API_KEY = os.environ.get("TWIZA_ELASTICSEARCH_API_KEY", "")
ELASTICSEARCH_INDEX = os.environ.get("TWIZA_ELASTICSEARCH_INDEX", "twiza-listings")
# OpenSearch and others speak plain JSON and do not say that they are Elasticsearch.
ELASTICSEARCH_PLAIN = _flag("TWIZA_ELASTICSEARCH_PLAIN", default=False)
# Whether a change waits until it can be found: "false" (within a second), "wait_for" or "true".
ELASTICSEARCH_REFRESH = os.environ.get("TWIZA_ELASTICSEARCH_REFRESH", "false")
# How long is kept what was searched how often (no persons in it).
SEARCH_TALLY_DAYS = int(os.environ.get("TWIZA_SEARCH_TALLY_DAYS", "400"))
SEARCH_BACKEND = os.environ.get("TWIZA_SEARCH_BACKEND", "postgres")
TEST_PAYMENTS = _flag("TWIZA_TEST_PAYMENTS", default=DEMO)
STRIPE_SECRET_KEY = os.environ.get("TWIZA_STRIPE_SECRET_KEY", "")
STRIPE_PUBLISHABLE_KEY = os.environ.get("TWIZA_STRIPE_PUBLISHABLE_KEY", "")
STRIPE_WEBHOOK_SECRET = os.environ.get("TWIZA_STRIPE_WEBHOOK_SECRET", "")
CMI_CLIENT_ID = os.environ.get("TWIZA_CMI_CLIENT_ID", "")
CMI_STORE_KEY = os.environ.get("TWIZA_CMI_STORE_KEY", "")
CMI_GATEWAY_URL = os.environ.get("TWIZA_CMI_GATEWAY_URL", "")
# Where buyers transfer to: "MAD=account|holder|bank", several with a semicolon between them.
BANK_ACCOUNTS = os.environ.get("TWIZA_BANK_ACCOUNTS", "")
# A file of dated limits of cash on delivery, per region and cooperative.
CASH_LIMITS = os.environ.get("TWIZA_CASH_LIMITS", "")
BANK_TRANSFER_DAYS = int(os.environ.get("TWIZA_BANK_TRANSFER_DAYS", "5"))
# Which providers a market offers, e.g. "ma=cmi,cash-on-delivery eu=stripe"; else all there are.
PAYMENT_CHOICES = os.environ.get("TWIZA_PAYMENTS", "")
# Another address than Stripe's own, for trying things out.
STRIPE_API_BASE = os.environ.get("TWIZA_STRIPE_API_BASE", "")
# From which account at Stripe global payouts leave (fa_…).
STRIPE_FINANCIAL_ACCOUNT = os.environ.get("TWIZA_STRIPE_FINANCIAL_ACCOUNT", "")
BASKET_RESERVATION_MINUTES = 30

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "marketplace.core.logs.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"},
        "json": {"()": "marketplace.core.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": os.environ.get("TWIZA_LOG_FORMAT", "line"),
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("TWIZA_LOG_LEVEL", "WARNING")},
}
