"""The tables of this room."""

from marketplace.orders.models.basket import Basket, BasketLine
from marketplace.orders.models.checkout import (
    CHANGEABLE,
    PAYMENT_BEGUN,
    CheckoutAttempt,
    CheckoutState,
    PaymentMethod,
    TaxQuote,
)
from marketplace.orders.models.complaint import (
    Complaint,
    ComplaintLine,
    ComplaintOutcome,
    ComplaintPhoto,
    ComplaintReason,
    ComplaintSide,
    ComplaintState,
    ComplaintStep,
    CostBearer,
    Remedy,
    StepKind,
)
from marketplace.orders.models.delivery import (
    CarrierFile,
    DeliveryEvidence,
    EvidenceKind,
    ReturnedGoods,
    ReturnState,
)
from marketplace.orders.models.free_delivery import FreeDelivery
from marketplace.orders.models.notice import BuyerNotice
from marketplace.orders.models.order import CashContact, Order, PaymentStatus, TrackingLink
from marketplace.orders.models.order_claim import OrderClaim
from marketplace.orders.models.order_lookup import LookupPurpose, OrderLookup
from marketplace.orders.models.parcel import Parcel, ParcelLine, ParcelState
from marketplace.orders.models.phone_call import CallOutcome, PhoneCall
from marketplace.orders.models.pickup import Collection, PickupOffer, collection_of
from marketplace.orders.models.price_offer import PriceOffer, PriceOfferState
from marketplace.orders.models.refusal import NOT_THERE, Refusal, RefusalReason, RefusedLine
from marketplace.orders.models.saved_address import SavedAddress
from marketplace.orders.models.text_message import TextMessage, TextState
from marketplace.orders.models.vendor_order import (
    DiscountBearer,
    VendorOrder,
    VendorOrderLine,
    VendorOrderState,
)
from marketplace.orders.models.voucher import (
    Voucher,
    VoucherKind,
    VoucherMarket,
    VoucherState,
    VoucherUse,
)

__all__ = [
    "CHANGEABLE",
    "NOT_THERE",
    "PAYMENT_BEGUN",
    "Basket",
    "BasketLine",
    "BuyerNotice",
    "CallOutcome",
    "CarrierFile",
    "CashContact",
    "CheckoutAttempt",
    "CheckoutState",
    "Collection",
    "Complaint",
    "ComplaintLine",
    "ComplaintOutcome",
    "ComplaintPhoto",
    "ComplaintReason",
    "ComplaintSide",
    "ComplaintState",
    "ComplaintStep",
    "CostBearer",
    "DeliveryEvidence",
    "DiscountBearer",
    "EvidenceKind",
    "FreeDelivery",
    "LookupPurpose",
    "Order",
    "OrderClaim",
    "OrderLookup",
    "Parcel",
    "ParcelLine",
    "ParcelState",
    "PaymentMethod",
    "PaymentStatus",
    "PhoneCall",
    "PickupOffer",
    "PriceOffer",
    "PriceOfferState",
    "Refusal",
    "RefusalReason",
    "RefusedLine",
    "Remedy",
    "ReturnState",
    "ReturnedGoods",
    "SavedAddress",
    "StepKind",
    "TaxQuote",
    "TextMessage",
    "TextState",
    "TrackingLink",
    "VendorOrder",
    "VendorOrderLine",
    "VendorOrderState",
    "Voucher",
    "VoucherKind",
    "VoucherMarket",
    "VoucherState",
    "VoucherUse",
    "collection_of",
]
