"""Data of the components: small frozen records that pages fill and templates show.

A component only reads attributes, so any object with the same names will do. Amounts are integers
of minor units with their currency.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Crumb:
    """A breadcrumb; the last one has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a menu; ``current`` marks the page one is on, ``count`` shows a number."""

    label: str
    url: str
    current: bool = False
    icon: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineFrame:
    """What a page's scripts must know to work without a network: whose it is, and where to ask."""

    cooperative: str
    home_url: str
    page_url: str
    sync_url: str
    worker_url: str
    manifest_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFrame:
    """The frame of portal and staff pages, as ``ui/base_work.html`` reads it.

    ``title`` names the cooperative or programme; ``nav`` is the row of links under the header
    (staff), ``tabs`` the bar at the bottom of a phone (portal); ``alerts_url`` shows a bell, with
    how many things are new there. ``acting_for`` names for whom somebody acts, with the way out.
    ``offline`` is there where the page may work without a network.
    """

    home_url: str
    title: str
    account_url: str
    account_label: str
    logout_url: str
    subtitle: str = ""
    nav: Sequence[Link] = ()
    tabs: Sequence[Link] = ()
    alerts_url: str = ""
    alerts_count: int = 0
    acting_for: str = ""
    acting_url: str = ""
    offline: OfflineFrame | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a process: ``state`` is ``done``, ``now`` or ``next``."""

    label: str
    state: str = "next"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry of a timeline; ``when`` is text already formatted, ``state`` as of a Step."""

    label: str
    when: str = ""
    state: str = "done"
    icon: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product in a grid. Without ``picture_url`` the category's drawing stands in for it.

    ``from_country`` names the country of what comes from abroad, ``delivered_minor`` is its price
    with delivery to the buyer's door, where that is known.
    """

    name: str
    url: str
    cooperative: str
    amount_minor: int
    currency: str
    place: str = ""
    picture_url: str = ""
    taxonomy: str = ""
    seed: str = ""
    region: str = ""
    unit: str = ""
    unit_amount_minor: int | None = None
    unit_of: str = ""
    mark: str = ""
    was_amount_minor: int | None = None
    stock_note: str = ""
    from_country: str = ""
    delivered_minor: int | None = None
    lang: str = ""
    rating: str = ""
    reviews: int = 0


@dataclass(frozen=True, slots=True)
class CooperativeCard:
    """A cooperative in a grid; ``seed`` and ``region`` choose its village scene."""

    name: str
    url: str
    place: str
    text: str = ""
    badge: str = ""
    badge_kind: str = "info"
    badge_icon: str = ""
    crest_url: str = ""
    taxonomy: str = ""
    seed: str = ""
    region: str = ""
    picture_url: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its name; ``trend`` is like ``+45 %``, ``direction`` is ``up`` or ``down``."""

    label: str
    value: str = ""
    amount_minor: int | None = None
    currency: str = ""
    trend: str = ""
    direction: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole, for the bar that divides a price."""

    label: str
    value: int
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its label and a value per series.

    ``name`` is its label in the table below, where there is more room than under a bar.
    """

    label: str
    values: Sequence[int]
    url: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page number of the pagination; one without an address is a gap."""

    label: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """The pagination of a list: the numbers shown, previous and next page."""

    links: Sequence[PageLink] = field(default_factory=tuple)
    previous_url: str = ""
    next_url: str = ""
