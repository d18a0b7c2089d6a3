"""The table of environment variables: name, type, default, meaning, and the process that uses it.

``marketplace.settings`` takes its values from here, and docs/operator/settings.md is written
from here (``python -m marketplace.environment.page``). A variable's name is its field's in capitals
after ``TWIZA_``, unless ``alias`` says otherwise; the text below it is what operators read.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_type_hints

from pydantic import Field

from marketplace.core.client_address import TrustedProxies
from marketplace.environment.kinds import (
    About,
    Channels,
    Count,
    Database,
    FernetKeys,
    Flag,
    Hosts,
    Origin,
    Proxies,
    Secret,
    Text,
    WebAddress,
)
from marketplace.environment.mail_variables import Mail, TextMessages
from marketplace.environment.subject import BOTH, DEMO, WEB, WORKER, Variables

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_SECRET = "not-a-secret-for-local-use-only"  # noqa: S105 -- `twiza serve` refuses it


class Core(Variables):
    """The service"""

    database_url: Annotated[
        Database, About(shown="the embedded server of the data folder", secret=True)
    ] = Field(None, alias="DATABASE_URL")
    """The database. The owner named there may create roles; the runtime and engine roles are
    derived from it. The web process and the worker need no owner (`twiza database environment`).
    """
    database_role_key: Annotated[
        Text, About(shown="derived from the owner's password", secret=True)
    ] = ""
    """What the passwords of the runtime and engine roles are derived from: a long random text."""
    data_dir: Annotated[
        Path, About(shown="`.twiza` beside the code; the demo's folder if there is only one demo")
    ] = ROOT / ".twiza"
    """Folder for photos, the embedded database and collected static files."""
    static_dir: Annotated[
        Path | None,
        About(
            by=WEB,
            shown="`static` in the data folder; in the image, the folder that its build filled",
        ),
    ] = None
    """Folder for static files, collected under hashed names and served from there."""
    secret_key: Annotated[
        Secret, About(shown="a public one, which `serve` and `worker` refuse", secret=True)
    ] = DEFAULT_SECRET
    """Signs sessions and links."""
    encryption_keys: Annotated[
        FernetKeys, About(shown="none, which `serve` and `worker` refuse", secret=True)
    ] = []
    """Encrypts account numbers, tokens and bank files at rest; the first key encrypts, all
    decrypt ([keys.md](keys.md)).
    """
    public_url: WebAddress = "http://localhost:8000"
    """The public address of the shop; with https, cookies are secure and HSTS is on."""
    allowed_hosts: Annotated[Hosts, About(by=WEB)] = [
        "localhost",
        "127.0.0.1",
        "[::1]",
        "testserver",
    ]
    """Host names that the web process serves, besides those of `TWIZA_PUBLIC_URL` and
    `TWIZA_APP_URL`.
    """
    behind_proxy: Annotated[Flag, About(by=WEB)] = False
    """One proxy stands in front: the same as `TWIZA_TRUSTED_PROXIES=1`, which says it better."""
    trusted_proxies: Annotated[Proxies, About(by=WEB, shown="none")] = TrustedProxies()
    """The proxies in front of the web process, whose `X-Forwarded-Proto` and `X-Forwarded-For` are
    believed: how many, or their networks ([deploying.md](deploying.md)). Limits and the log of
    sign-ins then know the client's address.
    """
    throttles: Annotated[Flag, About(by=WEB)] = True
    """Limit how often somebody may sign in, order and so on ([limits.md](limits.md))."""
    debug: Flag = False
    """Detailed error pages for development; `twiza serve` refuses it."""
    base_language: Literal["ar", "fr", "en"] = "fr"
    """The language of Saleor's untranslated fields."""
    search_engines: Annotated[Flag | None, About(by=WEB, shown="on with real payments")] = None
    """Let search engines list the shop ([found.md](found.md)). A demo is never listed."""


class Demo(Variables):
    """The demo"""

    demo: Flag = False
    """Marks the processes of a demo; set by `twiza demo`."""
    demo_size: Annotated[Literal["open", "early", "small", "full"], About(by=DEMO)] = "full"
    """How much of the demo world is created ([demo-world.md](demo-world.md))."""


class Saleor(Variables):
    """Saleor and the embedded engine"""

    saleor_api_url: Annotated[Text, About(shown="empty: the embedded engine")] = Field(
        "", alias="SALEOR_API_URL"
    )
    """The API address of the Saleor (`https://…/graphql/`)."""
    saleor_app_token: Annotated[Text, About(secret=True)] = Field("", alias="SALEOR_APP_TOKEN")
    """Our App's token, if it does not come from an installation."""
    app_url: Annotated[WebAddress | None, About(shown="`TWIZA_PUBLIC_URL`")] = None
    """The address at which Saleor reaches this service, if it differs from the public one."""
    channels: Annotated[
        Channels, About(shown="empty: all markets, each with a channel of its own")
    ] = {}
    """The open markets, and the existing channels they use ([adopting.md](adopting.md))."""
    dashboard_origin: Annotated[Origin, About(by=WEB)] = ""
    """The origin of Saleor's Dashboard, which alone may frame our pages for orders and products."""
    engine_domain: Text = "engine.twiza.internal"
    """The domain under which the embedded engine acts as a Saleor."""
    refuse_open_transaction: Flag = True
    """Raise an error when the embedded engine is called inside a transaction."""


class Search(Variables):
    """Search and API"""

    search_backend: Literal["postgres", "elasticsearch"] = "postgres"
    """The backend that holds the search index ([search.md](search.md))."""
    elasticsearch_url: Text = ""
    """The address of the Elasticsearch or OpenSearch server."""
    elasticsearch_api_key: Annotated[Text, About(secret=True)] = ""
    """The API key of that server."""
    elasticsearch_index: Text = "twiza-listings"
    """The alias of the index there, and the prefix of its indexes."""
    elasticsearch_plain: Flag = False
    """For OpenSearch and other servers that do not identify themselves as Elasticsearch."""
    elasticsearch_refresh: Literal["false", "wait_for", "true"] = "false"
    """Whether a write waits until searches find it (`false`: found within a second)."""
    search_tally_days: Annotated[Count, About(by=WORKER)] = 400
    """Days for which the query log's counts are kept (they contain no personal data)."""
    api_a_minute: Annotated[Count, About(by=WEB)] = 240
    """Requests that one network address, or one person signed in, may make to the API in a minute;
    a costly one counts as several. 0: no limit.
    """


class Payments(Variables):
    """Payments"""

    test_payments: Annotated[Flag | None, About(shown="`TWIZA_DEMO`")] = None
    """Offer the test provider, which accepts test cards; `twiza serve` refuses it."""
    payments: Annotated[Text, About(shown="empty: all that are set up")] = ""
    """The payment methods of each market, e.g. `ma=cmi,cash-on-delivery eu=stripe`
    ([payments.md](payments.md)).
    """
    stripe_secret_key: Annotated[Text, About(secret=True)] = ""
    """Stripe's secret key."""
    stripe_publishable_key: Annotated[Text, About(by=WEB)] = ""
    """Stripe's publishable key."""
    stripe_webhook_secret: Annotated[Text, About(by=WEB, secret=True)] = ""
    """Verifies Stripe's webhooks."""
    stripe_api_base: Text = ""
    """Another address instead of Stripe's own, for tests."""
    stripe_financial_account: Text = ""
    """The account at Stripe from which global payouts are paid (`fa_…`)."""
    cmi_client_id: Annotated[Text, About(by=BOTH)] = ""
    """The merchant's number at CMI."""
    cmi_store_key: Annotated[Text, About(by=BOTH, secret=True)] = ""
    """Signs requests to CMI and verifies those from CMI."""
    cmi_gateway_url: Annotated[Text, About(by=BOTH)] = ""
    """The address of CMI's payment page."""
    bank_accounts: Text = ""
    r"""Accounts for bank transfers: `MAD=account|holder|bank`, several separated by semicolons."""
    bank_transfer_days: Count = 5
    """Days for which an order waits for a bank transfer."""
    cash_limits: Text = ""
    """A CSV file with dated limits of cash on delivery, by region and cooperative."""
    carriers: Text = ""
    """A CSV file with the addresses of carriers' tracking pages, beside those that are known."""


class Monitoring(Variables):
    """Monitoring"""

    metrics_token: Annotated[Text, About(by=WEB, shown="empty: closed", secret=True)] = ""
    """The token for `/health/metrics`: a long random string."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "WARNING"
    """The lowest level of log lines that are written."""
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
    text_messages: TextMessages
    search: Search
    payments: Payments
    monitoring: Monitoring


def subjects() -> dict[str, type[Variables]]:
    """The classes of the table by their name in ``Environment``."""
    return get_type_hints(Environment)
