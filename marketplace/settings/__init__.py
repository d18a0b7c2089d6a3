"""The Django settings. What a deployment chooses comes from the environment's one table.

What no deployment chooses stands in ``applications``, ``accounts`` and ``security``.
"""

from dataclasses import replace

from marketplace.core.client_address import TrustedProxies
from marketplace.core.database import DatabaseAddress, django_databases
from marketplace.core.mail_server import mail_server
from marketplace.core.origins import host_of
from marketplace.core.time_zones import use_package
from marketplace.environment.reading import read_environment
from marketplace.environment.variables import DEFAULT_SECRET, ROOT
from marketplace.settings.accounts import *  # noqa: F403 -- settings are found here by name
from marketplace.settings.applications import *  # noqa: F403
from marketplace.settings.limits import *  # noqa: F403
from marketplace.settings.security import *  # noqa: F403

PACKAGE = ROOT / "marketplace"
_env = read_environment()

# -- What kind of process this is --------------------------------------
DEMO = _env.demo.demo
DEMO_SIZE = _env.demo.demo_size
DEBUG = _env.core.debug
# Kept beside SECRET_KEY for the check that `twiza serve` makes.
KNOWN_SECRET = DEFAULT_SECRET
SECRET_KEY = _env.core.secret_key
ENCRYPTION_KEYS = _env.core.encryption_keys
PUBLIC_URL = _env.core.public_url
SEARCH_ENGINES = _env.core.search_engines
TRUSTED_PROXIES = _env.core.trusted_proxies or TrustedProxies(hops=int(_env.core.behind_proxy))
THROTTLES = _env.core.throttles
APP_URL = PUBLIC_URL if _env.saleor.app_url is None else _env.saleor.app_url
# Under these two names buyers and Saleor ask, whatever else is served.
ALLOWED_HOSTS = [*_env.core.allowed_hosts, host_of(PUBLIC_URL), host_of(APP_URL)]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DATA_DIR = _env.core.data_dir

# -- Databases --------------------------------------
# `default` is the runtime role (it may not change the ledger), `owner` runs migrations, `engine`
# is the embedded commerce core's own schema and role.
DATABASE_ADDRESS = replace(
    _env.core.database_url or DatabaseAddress.of_data_folder(DATA_DIR),
    role_key=_env.core.database_role_key,
)
DATABASES = django_databases(DATABASE_ADDRESS)
if DEMO:  # a demo may lose its last half second when the machine stops; a programme may not
    for _entry in DATABASES.values():
        _entry["OPTIONS"]["options"] += " -c synchronous_commit=off"
DATABASE_ROUTERS = [
    "marketplace.embedded.routing.EngineRouter",
    "marketplace.core.routing.OwnerRouter",
]

# -- Security --------------------------------------
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
_HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
# Passkeys need https; a browser takes its own machine for as safe.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PUBLIC_URL.startswith("http://localhost")
# With this prefix a browser takes a cookie from this very host only, and never without TLS: no
# neighbouring subdomain can set it.
_HOST_ONLY = "__Host-" if _HTTPS else ""
SESSION_COOKIE_NAME = f"{_HOST_ONLY}twiza_session"
CSRF_COOKIE_NAME = f"{_HOST_ONLY}csrftoken"
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0

# -- Languages and time --------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("ar", "العربية"), ("fr", "Français"), ("en", "English")]
BASE_LANGUAGE = _env.core.base_language
LOCALE_PATHS = sorted(p for p in (PACKAGE / "locale").iterdir() if p.is_dir())
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# Before anybody asks for a zone: days must not depend on the machine's version of the data.
use_package()

# -- Files --------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = _env.core.static_dir or DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {
        "BACKEND": "marketplace.demo.pictures.storage.DrawnStorage"
        if DEMO
        else "marketplace.core.files.MediaStorage"
    },
    "staticfiles": {
        "BACKEND": "marketplace.core.files.StaticStorage",
        # A demo's pages come from the same machine, and its start waits for this.
        "OPTIONS": {"brotli_quality": 5 if DEMO else 11},
    },
}
# Names with a hash are kept for a year, the few without one (asked for by hand) for an hour.
WHITENOISE_MAX_AGE = 3600

# -- Mail --------------------------------------
# All mail leaves by the guard, which hands it on to what sends it.
EMAIL_BACKEND = "marketplace.core.mail_guard.GuardedBackend"
MAIL_BACKEND = _env.mail.email_backend or (
    "marketplace.core.mail.OutboxBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
)
NO_MAIL_DOMAIN = _env.mail.no_mail_domain
globals().update(mail_server(_env.mail.email_url))
DEFAULT_FROM_EMAIL = _env.mail.from_email
# A demo has a mailbox of its own, into which its outbox puts what is answered there.
REPLY_ADDRESS = _env.mail.reply_address or ("replies@twiza.example" if DEMO else "")
REPLY_FOLDER = _env.mail.reply_folder or (DATA_DIR / "answers" if DEMO else None)

# -- Messages to phones --------------------------------------
TEXT_GATEWAY = _env.text_messages.text_gateway or ""
_OWN_SENDER = "marketplace.core.text_senders.OutboxSender" if DEMO else ""
TEXT_SENDER = "marketplace.core.text_gateway.GatewaySender" if TEXT_GATEWAY else _OWN_SENDER
TEXT_GATEWAY_KIND = _env.text_messages.text_gateway_kind
TEXT_GATEWAY_TOKEN = _env.text_messages.text_gateway_token
TEXT_SENDER_NAME = _env.text_messages.text_sender_name
TEXT_TEMPLATE = _env.text_messages.text_template
TEXT_CODE_TEMPLATE = _env.text_messages.text_code_template

# -- Jobs and events --------------------------------------
# Jobs stand in ``marketplace.jobs`` by their names; their code is loaded by what runs them.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_ON_APP_READY = "marketplace.jobs.schedule"
DOMAIN_EVENT_HANDLERS = "marketplace.events.DOMAIN_EVENTS"
WORKER_LOOPS = "marketplace.jobs.worker_loops"
QUEUES = "marketplace.queues.QUEUES"
JOBS = "marketplace.jobs.JOBS"
LONG_KINDS = "marketplace.long_kinds.KINDS"
CHECKS = "marketplace.checks.CHECKS"
ENCRYPTED_STORES = "marketplace.checks.ENCRYPTED_STORES"
RESTORED = "marketplace.checks.RESTORED"
METRICS = "marketplace.checks.METRICS"
METRICS_TOKEN = _env.monitoring.metrics_token
SALEOR_EVENT_HANDLERS = "marketplace.events.SALEOR_EVENTS"
SALEOR_SYNC_HANDLERS = "marketplace.events.SALEOR_SYNC"

# -- Saleor --------------------------------------
# Without an address the embedded commerce core is spoken to, in process.
SALEOR_API_URL = _env.saleor.saleor_api_url
SALEOR_APP_TOKEN = _env.saleor.saleor_app_token
SALEOR_APP_IDENTIFIER = "twiza.marketplace"
DASHBOARD_PAGES = "/dashboard/"
DASHBOARD_ORIGIN = _env.saleor.dashboard_origin
MARKET_CHANNELS = _env.saleor.channels
# The categories which set-up makes at the engine (the catalogue owns the list).
STORE_CATEGORIES = "catalog.categories.CATEGORIES"
EMBEDDED_ENGINE = {
    "TRANSPORT": "marketplace.embedded.transport.EmbeddedTransport",
    "APP_TRANSPORT": "marketplace.saleor.transport.app_transport",
    "START": "marketplace.embedded.bootstrap.start_as_administrator",
    "DOMAIN": _env.saleor.engine_domain,
    "REFUSE_OPEN_TRANSACTION": _env.saleor.refuse_open_transaction,
    "MEDIA_ROOT": DATA_DIR / "engine-media",
}

# -- Shop --------------------------------------
SEARCH_BACKENDS = {
    "postgres": "search.backends.postgres.PostgresBackend",
    "elasticsearch": "search.backends.elastic.ElasticBackend",
}
SEARCH_BACKEND = _env.search.search_backend
ELASTICSEARCH_URL = _env.search.elasticsearch_url
ELASTICSEARCH_API_KEY = _env.search.elasticsearch_api_key
ELASTICSEARCH_INDEX = _env.search.elasticsearch_index
ELASTICSEARCH_PLAIN = _env.search.elasticsearch_plain
ELASTICSEARCH_REFRESH = _env.search.elasticsearch_refresh
SEARCH_TALLY_DAYS = _env.search.search_tally_days
API_A_MINUTE = _env.search.api_a_minute
TEST_PAYMENTS = DEMO if _env.payments.test_payments is None else _env.payments.test_payments
STRIPE_SECRET_KEY = _env.payments.stripe_secret_key
STRIPE_PUBLISHABLE_KEY = _env.payments.stripe_publishable_key
STRIPE_WEBHOOK_SECRET = _env.payments.stripe_webhook_secret
STRIPE_API_BASE = _env.payments.stripe_api_base
STRIPE_FINANCIAL_ACCOUNT = _env.payments.stripe_financial_account
CMI_CLIENT_ID = _env.payments.cmi_client_id
CMI_STORE_KEY = _env.payments.cmi_store_key
CMI_GATEWAY_URL = _env.payments.cmi_gateway_url
BANK_ACCOUNTS = _env.payments.bank_accounts
BANK_TRANSFER_DAYS = _env.payments.bank_transfer_days
PAYMENT_PROVIDERS = _env.payments.payments
CASH_LIMITS = _env.payments.cash_limits
CARRIERS = _env.payments.carriers
BASKET_RESERVATION_MINUTES = 30

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "marketplace.core.logs.RequestIdFilter"},
        "refusals": {"()": "marketplace.core.logs.RefusalFilter"},
        "health": {"()": "marketplace.core.logs.HealthFilter"},
        "outages": {"()": "marketplace.core.logs.OutageFilter"},
    },
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"},
        "json": {"()": "marketplace.core.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": _env.monitoring.log_format,
            "filters": ["request_id", "health", "refusals", "outages"],
        }
    },
    "root": {"handlers": ["console"], "level": _env.monitoring.log_level},
}
