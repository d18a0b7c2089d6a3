"""The table of environment variables: name, type, default, meaning, and the process that uses it.

``marketplace.settings`` takes its values from here, and docs/operator/settings.md is written
from here (``python -m marketplace.environment.page``). A variable's name is its field's in capitals
after ``TWIZA_``, unless ``alias`` says otherwise; the text below it is what operators read.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_type_hints

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from marketplace.environment.kinds import (
    About,
    Channels,
    Count,
    Database,
    FernetKeys,
    Flag,
    Hosts,
    Origin,
    Text,
    WebAddress,
)
from marketplace.environment.kinds import (
    Mail as MailAddress,
)

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_SECRET = "not-a-secret-for-local-use-only"  # noqa: S105 -- `twiza serve` refuses it
WEB, WORKER, BOTH, DEMO = "web", "worker", "web, worker", "demo"


class Variables(BaseSettings):
    """Variables of one subject; the class's docstring is their heading."""

    model_config = SettingsConfigDict(
        alias_generator=lambda field: f"TWIZA_{field.upper()}",
        case_sensitive=True,
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
        validate_default=False,
    )


class Core(Variables):
    """The service"""

    database_url: Annotated[
        Database, About(shown="the embedded server of the data folder", secret=True)
    ] = Field(None, alias="DATABASE_URL")
    """The database. The owner named there may create roles; the runtime and engine roles are
    derived from it.
    """
    data_dir: Annotated[
        Path, About(shown="`.twiza` beside the code; a demo's folder where there is one only")
    ] = ROOT / ".twiza"
    """Photographs, the embedded database, collected static files."""
    static_dir: Annotated[
        Path | None,
        About(
            by=WEB,
            shown="`static` in the data folder; in the image, where its build collected them",
        ),
    ] = None
    """Where static files are collected under names with their hash, and served from."""
    secret_key: Annotated[
        Text, About(shown="a known one, which `twiza serve` refuses", secret=True)
    ] = DEFAULT_SECRET
    """Signs sessions and links."""
    encryption_keys: Annotated[
        FernetKeys, About(shown="derived from `TWIZA_SECRET_KEY`", secret=True)
    ] = []
    """Encrypts account numbers, tokens and bank files at rest; the first key encrypts, all
    decrypt.
    """
    public_url: WebAddress = "http://localhost:8000"
    """Where buyers find the shop; with https, cookies are secure and HSTS is on."""
    allowed_hosts: Annotated[Hosts, About(by=WEB)] = [
        "localhost",
        "127.0.0.1",
        "[::1]",
        "testserver",
    ]
    """Host names that the web process answers to."""
    behind_proxy: Annotated[Flag, About(by=WEB)] = False
    """Believe the proxy's `X-Forwarded-Proto` and `X-Forwarded-For`."""
    debug: Flag = False
    """Error pages with the code's values, for development; `twiza serve` refuses it."""
    base_language: Literal["ar", "fr", "en"] = "fr"
    """The language that always stands in Saleor's plain fields."""


class Demo(Variables):
    """The demo"""

    demo: Flag = False
    """A demo's processes; set by `twiza demo`."""
    demo_size: Annotated[Literal["open", "small", "full"], About(by=DEMO)] = "full"
    """How much of the demo world is made."""


class Saleor(Variables):
    """Saleor and the embedded engine"""

    saleor_api_url: Annotated[Text, About(shown="empty: the embedded engine")] = Field(
        "", alias="SALEOR_API_URL"
    )
    """The Saleor to work with (`https://…/graphql/`)."""
    saleor_app_token: Annotated[Text, About(secret=True)] = Field("", alias="SALEOR_APP_TOKEN")
    """Our App's token, where it is not brought by an installation."""
    app_url: Annotated[WebAddress | None, About(shown="`TWIZA_PUBLIC_URL`")] = None
    """Where Saleor reaches this service, when that is not where buyers do."""
    channels: Annotated[
        Channels, About(shown="empty: all markets, with channels of their own")
    ] = {}
    """Which markets are open, and through which channel of the store ([adopting.md](adopting.md)).
    """
    dashboard_origin: Annotated[Origin, About(by=WEB)] = ""
    """Where Saleor's Dashboard is: it alone may frame our pages for orders and products."""
    engine_domain: Text = "engine.twiza.internal"
    """The name under which the embedded engine is known as a Saleor."""
    refuse_open_transaction: Flag = True
    """Raise an error when the embedded engine is called inside a transaction."""


class Mail(Variables):
    """Mail"""

    email_url: Annotated[MailAddress, About(by=BOTH, secret=True)] = "smtp://localhost"
    """The mail server, with user and password where it wants them:
    `smtp+tls://user:password@host:587`.
    """
    from_email: Annotated[Text, About(by=BOTH)] = "Twiza <no-reply@example.org>"
    """The sender of mails."""
    email_backend: Annotated[
        Text | None, About(by=BOTH, shown="SMTP; in a demo a local outbox")
    ] = None
    """Another of Django's mail backends, by its dotted path."""


class Search(Variables):
    """Search and API"""

    search_backend: Literal["postgres", "elasticsearch"] = "postgres"
    """Where the search index lives ([search.md](search.md))."""
    elasticsearch_url: Text = ""
    """The Elasticsearch or OpenSearch server."""
    elasticsearch_api_key: Annotated[Text, About(secret=True)] = ""
    """Its key."""
    elasticsearch_index: Text = "twiza-listings"
    """The index's name there."""
    elasticsearch_plain: Flag = False
    """For OpenSearch and others that do not say that they are Elasticsearch."""
    elasticsearch_refresh: Literal["false", "wait_for", "true"] = "false"
    """Whether a write waits until it can be found (`false`: found within a second)."""
    search_tally_days: Annotated[Count, About(by=WORKER)] = 400
    """Days for which counts of queries are kept (no persons in them)."""
    api_a_minute: Annotated[Count, About(by=WEB)] = 240
    """Requests that one address may make to the API in a minute; 0: no limit."""


class Payments(Variables):
    """Payments"""

    test_payments: Annotated[Flag | None, About(shown="`TWIZA_DEMO`")] = None
    """Offer the test provider, which takes test cards; `twiza serve` refuses it."""
    payments: Annotated[Text, About(shown="empty: all that are set up")] = ""
    """Which providers a market offers, e.g. `ma=cmi,cash-on-delivery eu=stripe`
    ([payments.md](payments.md)).
    """
    stripe_secret_key: Annotated[Text, About(secret=True)] = ""
    """Stripe's secret key."""
    stripe_publishable_key: Annotated[Text, About(by=WEB)] = ""
    """Stripe's publishable key."""
    stripe_webhook_secret: Annotated[Text, About(by=WEB, secret=True)] = ""
    """Verifies Stripe's webhooks."""
    stripe_api_base: Text = ""
    """Another address than Stripe's own, for trials."""
    stripe_financial_account: Text = ""
    """The account at Stripe that global payouts leave from (`fa_…`)."""
    cmi_client_id: Annotated[Text, About(by=BOTH)] = ""
    """The merchant's number at CMI."""
    cmi_store_key: Annotated[Text, About(by=BOTH, secret=True)] = ""
    """Signs what goes to CMI and comes from it."""
    cmi_gateway_url: Annotated[Text, About(by=BOTH)] = ""
    """CMI's payment page."""
    bank_accounts: Text = ""
    r"""Where buyers transfer to: `MAD=account|holder|bank`, several separated by semicolons."""
    bank_transfer_days: Count = 5
    """Days for which an order waits for a bank transfer."""
    cash_limits: Text = ""
    """A file of dated limits of cash on delivery, by region and cooperative."""


class Monitoring(Variables):
    """Monitoring"""

    metrics_token: Annotated[Text, About(by=WEB, shown="empty: closed", secret=True)] = ""
    """Opens `/health/metrics`: a long random word."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "WARNING"
    """The least severe log lines that are written."""
    log_format: Literal["line", "json"] = "line"
    """`json` writes one JSON object a line. Each line names the request, webhook, event or job
    that caused it, and its trace.
    """


@dataclass(frozen=True)
class Environment:
    """The values of all variables, by subject."""

    core: Core
    demo: Demo
    saleor: Saleor
    mail: Mail
    search: Search
    payments: Payments
    monitoring: Monitoring


def subjects() -> dict[str, type[Variables]]:
    """The classes of the table by their name in ``Environment``."""
    return get_type_hints(Environment)
