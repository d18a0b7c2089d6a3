"""A shop on the embedded engine: two cooperatives, a listing each, a buyer in Casablanca."""

from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from catalog.content import ListingText, RevisionContent
from catalog.models import Listing, ListingRevision, ListingVariant, RevisionState
from catalog.services.applying import apply_revision
from catalog.services.revisions import start_listing
from marketplace.core.actors import Actor
from marketplace.embedded import bootstrap
from marketplace.orders.address import Address
from marketplace.orders.models import Basket, CheckoutAttempt, Order, VendorOrder
from marketplace.orders.services import baskets, checkout
from marketplace.saleor import ids, setup
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    AddressInput,
    CountryCode,
    PageCreateInput,
    WarehouseCreateInput,
)
from marketplace.saleor.gateway import app_client
from marketplace.saleor.manifest import manifest_url
from tests.factories.vendors import make_cooperative, make_member, make_programme, make_staff
from vendors.models import Cooperative, CooperativeText, Programme, User
from vendors.scoping import Crossing

BY = Actor.system("test")
CASABLANCA = Address(
    name="Salma Bennani",
    line1="12 rue des Orangers",
    city="Casablanca",
    region_code="MA-06",
    postal_code="20000",
    country_code="MA",
    phone="+212661223344",
)
PARIS = Address(
    name="Camille Durand",
    line1="5 rue des Lilas",
    city="Paris",
    postal_code="75011",
    country_code="FR",
    phone="+33612345678",
)


@dataclass
class World:
    """``weavers`` (Souss-Massa) sell a rug for 1,500 DH; ``growers`` (Drâa) honey for 95 DH."""

    programme: Programme
    weavers: Cooperative
    growers: Cooperative
    rug: UUID
    honey: UUID
    manager: User
    accountant: User
    other_manager: User
    coordinator: User
    baskets: list[Basket] = field(default_factory=list)

    def basket(self, *, market: str = "ma", **quantities: int) -> Basket:
        """A basket with ``rug=1, honey=2``."""
        basket = baskets.open_basket(market=market, language="fr")
        for name, quantity in quantities.items():
            baskets.add_line(basket=basket, variant_id=getattr(self, name), quantity=quantity)
        return basket

    def begun(self, *, address: Address = CASABLANCA, **quantities: int) -> CheckoutAttempt:
        """A checkout that has reserved its goods and chosen a delivery."""
        return checkout.start(
            basket=self.basket(**(quantities or {"rug": 1, "honey": 2})),
            email="salma@example.org",
            phone=address.phone,
            address=address,
            language="fr",
        )

    def paid(self, *, method: str = "card", **quantities: int) -> CheckoutAttempt:
        """A checkout that is paid (or, for cash on delivery, authorised)."""
        attempt = self.begun(**quantities)
        data = {"number": "4242 4242 4242 4242"} if method == "card" else {}
        outcome = checkout.pay(attempt=attempt, method=method, data=data)
        assert outcome.is_settled, outcome
        return attempt

    def placed(self, *, method: str = "card", **quantities: int) -> Order:
        """An order over both cooperatives."""
        return checkout.complete(attempt=self.paid(method=method, **quantities))

    def part(self, order: Order, cooperative: Cooperative) -> VendorOrder:
        """The cooperative's part of an order."""
        rows = order.vendor_orders.crossing(Crossing.POLICY)
        found: VendorOrder = rows.select_related("order", "cooperative").get(
            cooperative=cooperative
        )
        return found


def make_world(*, rugs: int = 5, honeys: int = 20) -> World:
    """The whole of it, through the same doors as in production."""
    bootstrap.bootstrap(
        domain=settings.EMBEDDED_ENGINE["DOMAIN"],
        admin_email="operator@example.org",
        admin_password="a long pass phrase",
    )
    bootstrap.install_local_app(manifest_url())
    setup.apply(by=BY)
    programme = make_programme()
    weavers = make_cooperative(programme, "tiznit-weavers", region="MA-09")
    growers = make_cooperative(programme, "zagora-growers", region="MA-08")
    for cooperative, name in ((weavers, "Tisseuses de Tiznit"), (growers, "Apiculteurs de Zagora")):
        CooperativeText.objects.create(
            cooperative=cooperative, language="fr", name=name, source_language="fr"
        )
        open_warehouse(cooperative)
    return World(
        programme=programme,
        weavers=weavers,
        growers=growers,
        rug=sell(
            weavers, "Tapis", "زربية", "rugs", {"ma-mad": 150_000, "eu-eur": 14_000}, rugs, 4000
        ),
        honey=sell(growers, "Miel", "عسل", "honey", {"ma-mad": 9_500, "eu-eur": 900}, honeys, 500),
        manager=make_member(weavers),
        accountant=make_member(weavers, "accountant"),
        other_manager=make_member(growers),
        coordinator=make_staff(programme),
    )


def open_warehouse(cooperative: Cooperative) -> None:
    """The cooperative's page and warehouse in the engine."""
    client = app_client()
    page = accepted(
        client.create_page(
            PageCreateInput(
                title=cooperative.legal_name,
                slug=cooperative.slug,
                page_type=ids.global_id(ids.PAGE_TYPE, ids.of_slug(ids.PAGE_TYPE, "cooperative")),
                is_published=True,
            )
        ).page_create
    ).page
    warehouse = accepted(
        client.create_warehouse(
            WarehouseCreateInput(
                name=cooperative.legal_name,
                slug=cooperative.slug,
                external_reference=str(cooperative.pk),
                address=AddressInput(
                    street_address_1=cooperative.address_line,
                    city=cooperative.place_name,
                    country=CountryCode(cooperative.country_code),
                ),
            )
        ).create_warehouse
    ).warehouse
    assert page is not None
    assert warehouse is not None
    ids.link(ids.PAGE, cooperative.pk, page.id)
    ids.link(ids.WAREHOUSE, cooperative.pk, warehouse.id)
    for slug in ("ma-mad", "eu-eur"):
        channel = ids.global_id(ids.CHANNEL, ids.of_slug(ids.CHANNEL, slug))
        accepted(client.add_warehouses_to_channel(channel, [warehouse.id]).channel_update)


def sell(
    cooperative: Cooperative,
    name_fr: str,
    name_ar: str,
    category: str,
    prices: dict[str, int],
    quantity: int,
    grams: int,
) -> UUID:
    """A published listing; returns its variant's id."""
    revision = start_listing(
        cooperative_id=cooperative.pk,
        content=RevisionContent(
            texts={
                "fr": ListingText(name=name_fr, confirmed=True),
                "ar": ListingText(name=name_ar, confirmed=True),
            },
            source_language="fr",
            category_slug=category,
            origin_country="MA",
            weight_grams=grams,
            prices=prices,
        ),
        quantity=quantity,
        by=BY,
    )
    rows = ListingRevision.objects.crossing(Crossing.POLICY)
    rows.filter(pk=revision.pk).update(state=RevisionState.APPROVED)
    assert apply_revision(revision.pk)
    listing: Listing = revision.listing
    variants = ListingVariant.objects.crossing(Crossing.POLICY)
    found: UUID = variants.get(listing=listing).pk
    return found
