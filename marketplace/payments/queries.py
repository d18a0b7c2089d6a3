"""What pages read of payments and refunds."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, Replace
from django.utils.translation import gettext as _

from marketplace.core.days import day_of
from marketplace.core.errors import NotFound
from marketplace.orders.models import CheckoutAttempt, Order, VendorOrder, VendorOrderLine
from marketplace.payments import errors
from marketplace.payments.bank_accounts import BankAccount, bank_accounts
from marketplace.payments.checkouts import payable
from marketplace.payments.models import (
    BankTransfer,
    CashLimit,
    ManualRefund,
    Method,
    Refund,
    RefundState,
    Remittance,
    TransferState,
)
from marketplace.payments.models.refunds import REFUND_KEY
from marketplace.payments.offered_providers import offered, providers_of_market
from marketplace.payments.providers import ExternalProvider, Shown, as_external, available
from vendors.models import Programme
from vendors.scoping import ProgrammeScope, Scope

REFUSALS = {
    refusal.code: refusal
    for refusal in (
        errors.PaymentRefused,
        errors.NotQuoted,
        errors.AmountTooHigh,
        errors.AlreadyPaid,
        errors.ProviderUnavailable,
        errors.CashNotPossible,
        errors.AmountNotPossible,
        errors.TooMuchForCash,
        errors.TransferNotPossible,
        errors.ProviderSilent,
        errors.CodeRefused,
    )
}


@dataclass(frozen=True)
class RefundableLine:
    """A line, and how many of its units can still be refunded."""

    line: VendorOrderLine
    left: int

    @property
    def unit_minor(self) -> int:
        """One unit as bought, in the order's currency."""
        return self.line.paid_unit_minor


def refusal_text(code: str, attempt: CheckoutAttempt) -> str:
    """What a buyer reads for a refusal's code, in their language.

    Whose card was declined reads how else this checkout can be paid, if it can.
    """
    refusal = REFUSALS.get(code, errors.PaymentRefused)
    text = str(refusal.message)
    if refusal is not errors.PaymentRefused:
        return text
    others = {method.method for method in offered_methods(attempt)}
    if Method.CASH_ON_DELIVERY in others:
        return f"{text} {_('You can also pay in cash on delivery.')}"
    if Method.BANK in others:
        return f"{text} {_('You can also pay by bank transfer.')}"
    return text


@dataclass(frozen=True)
class OfferedMethod:
    """A provider as the checkout offers it; ``key`` is what the form sends."""

    key: str
    name: str
    method: str
    shown: Shown


def offered_methods(attempt: CheckoutAttempt) -> list[OfferedMethod]:
    """How a checkout may be paid, in the order in which it is shown.

    A method that one provider alone takes goes by its own name (``card``, ``cod``, ``bank``).
    """
    facts = payable(attempt.checkout_id) if attempt.checkout_id else None
    found = [p for p in (offered(facts) if facts else []) if _reaches(p.method, attempt)]
    methods = [provider.method for provider in found]
    return [
        OfferedMethod(
            key=p.method if methods.count(p.method) == 1 else p.name,
            name=p.name,
            method=p.method,
            shown=p.shown,
        )
        for p in found
    ]


def _reaches(method: str, attempt: CheckoutAttempt) -> bool:
    """A buyer with a phone number alone pays on delivery: money in advance needs an address."""
    return bool(attempt.email) or method == Method.CASH_ON_DELIVERY


def external_provider(attempt: CheckoutAttempt, name: str) -> ExternalProvider | None:
    """An external provider by its name, if the checkout's market offers it."""
    for provider in providers_of_market(attempt.market, attempt.currency):
        if provider.name == name and _reaches(provider.method, attempt):
            return as_external(provider)
    return None


def takes_test_cards() -> bool:
    """Whether this deployment takes test cards."""
    return "test-card" in available()


def refunds(scope: Scope) -> QuerySet[Refund]:
    """Refunds of a scope, each with the ``number`` of its vendor order, for a list."""
    order = VendorOrder.objects.within(scope).filter(pk=OuterRef("vendor_order_id"))
    rows: QuerySet[Refund] = Refund.objects.within(scope)
    found = rows.select_related("cooperative", "requested_by")
    return found.annotate(number=Subquery(order.values("number")))


def refunds_of(scope: Scope, vendor_order_id: UUID) -> list[Refund]:
    """Refunds of one vendor order, oldest first."""
    found = Refund.objects.within(scope).filter(vendor_order_id=vendor_order_id)
    return list(found.order_by("requested_at").prefetch_related("lines"))


def refundable_order(scope: Scope, vendor_order_id: UUID) -> VendorOrder:
    """A vendor order of the scope; raises NotFound."""
    order: VendorOrder | None = (
        VendorOrder.objects.within(scope)
        .filter(pk=vendor_order_id)
        .select_related("order", "cooperative")
        .first()
    )
    if order is None:
        raise NotFound
    return order


def refundable_lines(scope: Scope, vendor_order: VendorOrder) -> list[RefundableLine]:
    """The order's lines with what is left to refund."""
    gone: dict[UUID, int] = {}
    for refund in refunds_of(scope, vendor_order.pk):
        for line in refund.lines.all() if refund.state != RefundState.FAILED else ():
            gone[line.line_id] = gone.get(line.line_id, 0) + line.quantity
    return [
        RefundableLine(line, line.quantity - gone.get(line.pk, 0))
        for line in vendor_order.lines.all()
    ]


@dataclass(frozen=True)
class TransferView:
    """What a buyer needs to transfer the money of an order."""

    account: BankAccount
    reference: str
    amount_minor: int
    currency: str
    until_on: date


def transfer_of(order: Order) -> TransferView | None:
    """The transfer that an order waits for, if it does and there is an account for it."""
    found = (
        BankTransfer.objects.select_related("payment")
        .filter(payment__order_id=order.pk, state=TransferState.WAITING)
        .first()
    )
    account = bank_accounts().get(found.payment.currency) if found else None
    if found is None or account is None:
        return None
    return TransferView(
        account=account,
        reference=found.reference,
        amount_minor=found.payment.amount_minor,
        currency=found.payment.currency,
        until_on=day_of(found.expires_at, order.zone),
    )


def manual_refund(scope: Scope, manual_refund_id: UUID) -> ManualRefund:
    """One manual refund of a scope's orders; raises NotFound."""
    found = manual_refunds(scope).filter(pk=manual_refund_id).first()
    if found is None:
        raise NotFound
    return found


def manual_refunds(scope: Scope) -> QuerySet[ManualRefund]:
    """Manual refunds for a scope's orders. A payment may be for cooperatives of several regions.

    So a scope of some regions has those whose key names a refund of its own; what goes back as a
    whole is the programme's.
    """
    orders = VendorOrder.objects.within(scope).values("order_id")
    found = ManualRefund.objects.filter(payment__order_id__in=orders).select_related("payment")
    if isinstance(scope, ProgrammeScope) and scope.is_whole:
        return found
    digits = Replace(Cast("pk", CharField()), Value("-"), Value(""))
    own = Refund.objects.within(scope).annotate(key=Concat(Value(REFUND_KEY), digits))
    return found.filter(key__in=own.values("key"))


def remittances(programme: Programme) -> QuerySet[Remittance]:
    """Remittances of carriers to a programme, for a list."""
    return Remittance.objects.filter(programme=programme).select_related("recorded_by")


def cash_limits(programme: Programme) -> QuerySet[CashLimit]:
    """A programme's limits of cash on delivery: present, future and past ones, for a list."""
    return CashLimit.objects.filter(programme=programme).select_related("set_by")


def cash_limit(programme: Programme, limit_id: UUID) -> CashLimit:
    """One of them; raises NotFound."""
    found = CashLimit.objects.filter(programme=programme, pk=limit_id).first()
    if found is None:
        raise NotFound
    return found
