"""The markets of the shop: each is a sales channel, its currency and the countries it ships to."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.errors import UnknownMarket


@dataclass(frozen=True)
class Market:
    """One market: ``/{code}/{language}/…`` in addresses, one channel of the engine."""

    code: str
    channel_slug: str
    currency: str
    country_codes: tuple[str, ...]
    name: str | Promise

    @property
    def default_country(self) -> str:
        """Where a buyer of this market is assumed to live until an address says otherwise."""
        return self.country_codes[0]


MARKETS = (
    Market("ma", "ma-mad", "MAD", ("MA",), _("Morocco")),
    Market("eg", "eg-egp", "EGP", ("EG",), _("Egypt")),
    Market("tn", "tn-tnd", "TND", ("TN",), _("Tunisia")),
    Market("sn", "sn-xof", "XOF", ("SN",), _("Senegal")),
    Market("jo", "jo-jod", "JOD", ("JO",), _("Jordan")),
    Market("eu", "eu-eur", "EUR", ("FR", "ES", "BE", "DE", "IT", "NL"), _("Europe")),
)
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


def home_market(country_code: str) -> Market:
    """The market of a cooperative's own country; Europe's for a country without one."""
    return _HOME.get(country_code, _BY_CODE["eu"])
