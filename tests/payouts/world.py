"""A small world of money: a programme, cooperatives with accounts, sales by their events."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Sum
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.ledger.models import Entry
from marketplace.orders.models import Order, VendorOrder
from marketplace.payouts import handlers
from marketplace.payouts.balances.set_commission import set_commission
from tests.factories.vendors import prove
from tests.signing_in import enrol
from vendors.models import BankAccount, Cooperative, CooperativeStatus, Programme, StaffGrant, User
from vendors.scoping import Crossing

MACHINE = Actor.system("test")
WHEN = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
# Two valid Moroccan account numbers (their key is 97 less the remainder).
RIBS = ("011780000019210016805555", "011519000001205000534921")


def make_programme(slug: str = "mourafaka", *, currency: str = "MAD", bp: int = 1200) -> Programme:
    """A programme with an account of its own and a commission in basis points."""
    programme = Programme.objects.create(
        slug=slug,
        name_ar="برنامج المرافقة",
        name_fr="Programme Mourafaka",
        name_en="Mourafaka programme",
        legal_payer="Agence du développement coopératif",
        country_codes=["MA"],
        base_currency=currency,
        debtor_account=RIBS[1],
        debtor_bic="BMCEMAMC",
    )
    set_commission(
        programme_id=programme.pk,
        rate_bp=bp,
        valid_from=datetime(2024, 1, 1, tzinfo=UTC).date(),
        source="programme convention",
        by=MACHINE,
    )
    return programme


def make_cooperative(programme: Programme, slug: str = "tifawine", **fields: Any) -> Cooperative:
    """An active cooperative of the programme; ``rib`` gives it an old, confirmed account."""
    rib = fields.pop("rib", RIBS[0])
    currency = fields.pop("currency", "MAD")
    found = Cooperative.objects.create(
        programme=programme,
        slug=slug,
        legal_name=f"تعاونية {slug}",
        legal_name_latin=f"Cooperative {slug.title()}",
        status=CooperativeStatus.ACTIVE,
        kind=fields.pop("kind", "women"),
        sector=fields.pop("sector", "argan"),
        country_code="MA",
        region_code=fields.pop("region_code", "MA-09"),
        place_name="Tiznit",
        place_name_ar="تزنيت",
        payout_currency=currency,
        address_line="Rue 1",
        **fields,
    )
    if rib:
        add_account(found, rib)
    return found


def add_account(cooperative: Cooperative, number: str, *, days_ago: int = 90) -> BankAccount:
    """A confirmed account, known for some days."""
    since = timezone.now() - timedelta(days=days_ago)
    return BankAccount.objects.create(
        cooperative=cooperative,
        holder_name=cooperative.legal_name_latin,
        country_code="MA",
        number=number,
        last_digits=number[-4:],
        valid_from=since,
        confirmed_at=since,
    )


def make_user(name: str, programme: Programme | None = None, role: str = "") -> User:
    """A person; with a role in a programme if one is given (granted by another, long ago)."""
    user = prove(User.objects.create_user(f"{name}@example.org", name=name))
    if programme and role:
        enrol(user)
        granter = make_user(f"granter-{name}")
        confirmer = make_user(f"confirmer-{name}")
        StaffGrant.objects.create(
            user=user,
            programme=programme,
            role=role,
            granted_by=granter,
            confirmed_by=confirmer,
            effective_at=timezone.now() - timedelta(days=30),
        )
    return user


@dataclass
class SaleOf:
    """A vendor order of one cooperative, told by its events (payloads as the outbox gives them)."""

    cooperative: Cooperative
    totals: tuple[int, ...] = (10_000,)
    shipping: int = 3_000
    currency: str = "MAD"
    method: str = "card"
    category: str = "argan-oil"
    country: str = "MA"
    sale_id: UUID = field(default_factory=uuid4)
    order_id: UUID = field(default_factory=uuid4)
    when: datetime = WHEN
    # What a voucher took off each line that the cooperative does not bear, and who does.
    vouchers: tuple[int, ...] = ()
    voucher_by: str = "programme"
    # The carrier's price of a delivery that was free for the buyer; ``shipping`` is zero then.
    waived: int = 0

    def __post_init__(self) -> None:
        self.line_ids = [uuid4() for _ in self.totals]

    @property
    def goods(self) -> int:
        return sum(self.totals)

    def base(self, **more: Any) -> dict[str, Any]:
        return {
            "aggregate_id": str(self.sale_id),
            "occurred_at": self.when.isoformat(),
            "vendor_order_id": str(self.sale_id),
            "order_id": str(self.order_id),
            "cooperative_id": str(self.cooperative.pk),
            "programme_id": str(self.cooperative.programme_id),
            "currency": self.currency,
            "payment_method": self.method,
            **more,
        }

    def lines(self, amounts: dict[int, int]) -> list[dict[str, Any]]:
        return [
            {"line_id": str(self.line_ids[i]), "quantity": 1, "amount_minor": amount}
            for i, amount in amounts.items()
        ]

    def placed(self) -> "Told":
        lines = [
            {
                "line_id": str(line_id),
                "listing_id": str(uuid4()),
                "category_slug": self.category,
                "quantity": 1,
                "total_minor": total,
                "voucher_minor": voucher,
                "voucher_by": self.voucher_by if voucher else "",
            }
            for line_id, total, voucher in zip(
                self.line_ids, self.totals, self.vouchers or [0] * len(self.totals), strict=True
            )
        ]
        return Told(
            handlers.on_vendor_order_placed,
            self.base(
                goods_minor=self.goods,
                tax_minor=0,
                shipping_minor=self.shipping,
                country_code=self.country,
                lines=lines,
            ),
        )

    def captured(self) -> "Told":
        part = {
            "vendor_order_id": str(self.sale_id),
            "cooperative_id": str(self.cooperative.pk),
            "programme_id": str(self.cooperative.programme_id),
            "goods_minor": self.goods,
            "shipping_minor": self.shipping,
        }
        payload = self.base(
            payment_id=str(uuid4()),
            method=self.method,
            provider="test-card",
            amount_minor=self.goods + self.shipping,
            parts=[part],
        )
        return Told(handlers.on_payment_captured, payload | {"aggregate_id": str(self.order_id)})

    def delivered(self, amounts: dict[int, int] | None = None, *, shipping: bool = True) -> "Told":
        amounts = amounts or dict(enumerate(self.totals))
        payload = self.base(
            parcel_id=str(uuid4()),
            goods_minor=sum(amounts.values()),
            shipping_minor=self.shipping if shipping else 0,
            waived_minor=self.waived if shipping else 0,
            evidence="carrier_file",
            lines=self.lines(amounts),
        )
        return Told(handlers.on_parcel_delivered, payload)

    def remitted(self, goods: int | None = None, shipping: int | None = None) -> "Told":
        payload = self.base(
            remittance_line_id=str(uuid4()),
            goods_minor=self.goods if goods is None else goods,
            shipping_minor=self.shipping if shipping is None else shipping,
        )
        return Told(handlers.on_cash_remitted, payload)

    def refunded(self, amounts: dict[int, int], *, shipping: int = 0) -> "Told":
        payload = self.base(
            refund_id=str(uuid4()),
            goods_minor=sum(amounts.values()),
            shipping_minor=shipping,
            lines=self.lines(amounts),
        )
        return Told(handlers.on_refund_made, payload)

    def disputed(self, amount: int, *, fee: int = 0) -> dict[str, Any]:
        """What the provider tells of a dispute, the same at its opening and at its end."""
        return self.base(
            dispute_id=str(uuid4()),
            payment_id=str(uuid4()),
            amount_minor=amount,
            fee_minor=fee,
        )

    def cancelled(self, amounts: dict[int, int] | None = None, *, shipping: bool = True) -> "Told":
        amounts = amounts or dict(enumerate(self.totals))
        payload = self.base(
            goods_minor=sum(amounts.values()),
            shipping_minor=self.shipping if shipping else 0,
            lines=self.lines(amounts),
        )
        return Told(handlers.on_vendor_order_cancelled, payload)


@dataclass
class Told:
    """An event's payload and who hears it; call it as often as you like."""

    handler: Callable[[dict[str, Any]], None]
    payload: dict[str, Any]

    def __call__(self) -> "Told":
        self.handler(self.payload)
        return self


def sold_and_delivered(cooperative: Cooperative, **fields: Any) -> SaleOf:
    """A sale that is placed, paid by card and delivered."""
    sale = SaleOf(cooperative, **fields)
    for event in (sale.placed(), sale.captured(), sale.delivered()):
        event()
    return sale


def an_order(sale: SaleOf, number: str) -> None:
    """The order of a sale, as the orders' room has it."""
    order = Order.objects.create(
        id=sale.order_id,
        number=number,
        market="ma",
        channel_slug="ma-mad",
        currency=sale.currency,
        language="fr",
        email="buyer@example.org",
        country_code="MA",
        goods_minor=sale.goods,
        tax_minor=0,
        shipping_minor=sale.shipping,
        total_minor=sale.goods + sale.shipping,
        payment_method="card",
        placed_at=sale.when,
    )
    VendorOrder.objects.create(
        id=sale.sale_id,
        order=order,
        cooperative=sale.cooperative,
        programme=sale.cooperative.programme,
        number=f"{number}-1",
        currency=sale.currency,
        goods_minor=sale.goods,
        tax_minor=0,
        shipping_minor=sale.shipping,
        placed_at=sale.when,
        ship_by_on=sale.when.date(),
    )


def balances(currency: str = "MAD") -> dict[str, int]:
    """The balance of each account code over all books; debit positive, zeros left out."""
    entries = Entry.objects.crossing(Crossing.LEDGER_POSTING).filter(currency=currency)
    sums = entries.values_list("account__code").annotate(total=Sum("amount_minor")).order_by()
    return {code: total for code, total in sums if total}
