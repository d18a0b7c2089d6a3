"""The markets of the shop: for each its sales channel, currency, countries and clock."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.errors import UnknownMarket
from marketplace.core.channel_names import require_known


@dataclass(frozen=True)
class Market:
    """One market: ``/{code}/{language}/…`` in addresses, one channel of the engine."""

    code: str
    channel_slug: str
    currency: str
    country_codes: tuple[str, ...]
    time_zone: str
    name: str | Promise

    @property
    def default_country(self) -> str:
        """The country assumed for a buyer of this market until an address is known."""
        return self.country_codes[0]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its buyers, in which they read hours and days."""
        return ZoneInfo(self.time_zone)

    @property
    def is_one_country(self) -> bool:
        """Whether it sells within one country only, which cash on delivery needs."""
        return len(self.country_codes) == 1


_ALL = (
    Market("ma", "ma-mad", "MAD", ("MA",), "Africa/Casablanca", _("Morocco")),
    Market("eg", "eg-egp", "EGP", ("EG",), "Africa/Cairo", _("Egypt")),
    Market("tn", "tn-tnd", "TND", ("TN",), "Africa/Tunis", _("Tunisia")),
    Market("sn", "sn-xof", "XOF", ("SN",), "Africa/Dakar", _("Senegal")),
    Market("jo", "jo-jod", "JOD", ("JO",), "Asia/Amman", _("Jordan")),
    Market(
        "eu", "eu-eur", "EUR", ("FR", "ES", "BE", "DE", "IT", "NL"), "Europe/Paris", _("Europe")
    ),
)


def open_markets(named: dict[str, str]) -> tuple[Market, ...]:
    """The markets that ``TWIZA_CHANNELS`` opens, in our order; all when it is empty.

    A market sells through the channel that the setting names for it, else through its own. Raises
    ImproperlyConfigured for a market that does not exist.
    """
    require_known(named, tuple(market.code for market in _ALL))
    return tuple(
        replace(market, channel_slug=named.get(market.code) or market.channel_slug)
        for market in _ALL
        if not named or market.code in named
    )


MARKETS = open_markets(settings.MARKET_CHANNELS)
_BY_CODE = {market.code: market for market in MARKETS}
_BY_CHANNEL = {market.channel_slug: market for market in MARKETS}
_HOME = {market.default_country: market for market in MARKETS}


def market_of(code: str) -> Market:
    """The market of an address; raises UnknownMarket (a page that does not exist)."""
    if market := _BY_CODE.get(code):
        return market
    raise UnknownMarket(code=code)


def market_of_channel(channel_slug: str) -> Market:
    """The market that sells through a channel; raises UnknownMarket."""
    if market := _BY_CHANNEL.get(channel_slug):
        return market
    raise UnknownMarket(code=channel_slug)


def zone_of(code: str) -> ZoneInfo:
    """The time zone of a market's buyers, also of one that is no longer open; else UTC."""
    return next((market.zone for market in _ALL if market.code == code), ZoneInfo("UTC"))


def home_market(country_code: str) -> Market:
    """The market of a cooperative's country; without one Europe's, or the first."""
    return _HOME.get(country_code) or _BY_CODE.get("eu", MARKETS[0])
