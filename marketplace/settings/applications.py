"""Which applications, middleware and templates the project consists of."""

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
    "allauth.usersessions",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "marketplace.core",
    "marketplace.embedded",
    "marketplace.saleor",
    "vendors",
    "marketplace.long_jobs",
    "catalog",
    "search",
    "marketplace.favourites",
    "marketplace.orders",
    "marketplace.conversations",
    "marketplace.reviews",
    "marketplace.legal",
    "marketplace.direct_sales",
    "marketplace.offline",
    "marketplace.personal_data",
    "marketplace.payments",
    "marketplace.ledger",
    "marketplace.payouts",
    "marketplace.impact",
    "marketplace.moving",
    "marketplace.web.ui",
    "marketplace.web.kept",
    "marketplace.web.lists",
    "marketplace.web.storefront",
    "marketplace.web.portal",
    "marketplace.web.staff",
    "marketplace.web.api",
    "marketplace.web.dashboard",
    "marketplace.demo",
]

MIDDLEWARE = [
    "marketplace.core.middleware.RequestIdMiddleware",
    "marketplace.core.client_address.ForwardedHeadersMiddleware",
    "marketplace.core.tracing.TracingMiddleware",
    "marketplace.web.browser_rules.BrowserRulesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "marketplace.core.health.HealthMiddleware",
    "marketplace.core.static_files.StaticFilesMiddleware",
    "marketplace.core.compression.CompressTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "marketplace.core.middleware.LanguageMiddleware",
    "marketplace.core.middleware.NullBytesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "marketplace.web.kept.middleware.KeptFormsMiddleware",
    "marketplace.web.accounts.sessions.SessionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.web.accounts.protected.ProtectedPagesMiddleware",
    "axes.middleware.AxesMiddleware",
    "marketplace.moving.middleware.ClosedShopMiddleware",
    "marketplace.web.refusals.TooSoonMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["marketplace.web.kept.templatetags.forms_builtins"],
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
# Of the addresses of our App at Saleor alone.
APP_URLCONF = "marketplace.saleor.public_urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
