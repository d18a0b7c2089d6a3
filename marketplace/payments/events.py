"""Events of payments for the rooms above. Amounts are minor units of ``currency``."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from marketplace.core.events import Event


class PaymentPart(BaseModel):
    """The share of one cooperative's vendor order in a captured payment."""

    vendor_order_id: UUID
    cooperative_id: UUID
    programme_id: UUID
    goods_minor: int
    shipping_minor: int


class PaymentCaptured(Event):
    """A buyer's card was charged for an order. Published once for an order."""

    aggregate: ClassVar[str] = "order"

    order_id: UUID
    payment_id: UUID
    method: str
    provider: str
    currency: str
    amount_minor: int
    parts: list[PaymentPart]


class RefundedLine(BaseModel):
    """Units of a vendor order's line that were refunded."""

    line_id: UUID
    quantity: int
    amount_minor: int


class RefundMade(Event):
    """Lines of one cooperative's vendor order were refunded."""

    aggregate: ClassVar[str] = "vendor_order"

    refund_id: UUID
    vendor_order_id: UUID
    order_id: UUID
    cooperative_id: UUID
    programme_id: UUID
    currency: str
    goods_minor: int
    shipping_minor: int
    lines: list[RefundedLine]
    payment_method: str
    # The complaint that it settles, and who bears it where a mediator said so.
    complaint_id: UUID | None = None
    borne_by: str = ""


class InvoiceIssued(Event):
    """A cooperative's invoice, receipt or credit note for a buyer was issued."""

    aggregate: ClassVar[str] = "vendor_order"

    document_id: UUID
    vendor_order_id: UUID
    order_id: UUID


class CashRemitted(Event):
    """A carrier paid the programme the cash that it collected for one vendor order."""

    aggregate: ClassVar[str] = "vendor_order"

    remittance_line_id: UUID
    vendor_order_id: UUID
    order_id: UUID
    cooperative_id: UUID
    programme_id: UUID
    currency: str
    goods_minor: int
    shipping_minor: int


class Dispute(Event):
    """A buyer's dispute with their bank; ``fee_minor`` is the provider's fee."""

    aggregate: ClassVar[str] = "dispute"

    dispute_id: UUID
    payment_id: UUID
    order_id: UUID
    amount_minor: int
    currency: str
    fee_minor: int


class DisputeOpened(Dispute):
    """The bank took the money back until it has decided."""


class DisputeWon(Dispute):
    """The bank gave the money back to the programme."""


class DisputeLost(Dispute):
    """The money stays with the buyer."""


class PaymentFeeCharged(Event):
    """A provider kept a fee of a payment; ``key`` is the same at every repetition.

    The fee's currency is that of the provider's balance, which may not be the payment's.
    """

    aggregate: ClassVar[str] = "payment"

    key: str
    provider: str
    payment_id: UUID
    order_id: UUID
    fee_minor: int
    currency: str


class ProviderPaidOut(Event):
    """A provider paid collected money to the programme's bank; ``key`` as above.

    Negative when the bank returned an earlier payout. ``reference`` is on the bank's
    statement, if the provider knows it.
    """

    aggregate: ClassVar[str] = "provider_payout"

    key: str
    provider: str
    amount_minor: int
    currency: str
    reference: str


class RefundProposalMade(Event):
    """Somebody proposed a refund that another person must confirm."""

    aggregate: ClassVar[str] = "refund_proposal"

    proposal_id: UUID


class RefundProposalClosed(Event):
    """A proposed refund was confirmed, withdrawn, or expired; ``state`` says which."""

    aggregate: ClassVar[str] = "refund_proposal"

    proposal_id: UUID
    state: str
