"""Ship a parcel: our intent, the engine's fulfilment from the warehouse, the record."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.core.versions import require_version
from marketplace.orders.cash_to_collect import to_collect
from marketplace.orders.errors import (
    AwaitsTransfer,
    NothingToShip,
    WrongState,
)
from marketplace.orders.locks import locked_row, one_at_a_time
from marketplace.orders.models import (
    Parcel,
    ParcelLine,
    ParcelState,
    VendorOrder,
    VendorOrderState,
    collection_of,
)
from marketplace.orders.pickup_errors import IsCollected
from marketplace.orders.services.fetching import bring_in
from marketplace.orders.services.fulfilments import next_number
from marketplace.orders.shipping_errors import NotInStockToShip, ShippingRefused, StillPacking
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    FulfillmentUpdateTrackingInput,
    OrderFulfillInput,
    OrderFulfillLineInput,
    OrderFulfillStockInput,
)
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import app_client
from vendors.scoping import Crossing

_OPEN = (VendorOrderState.PLACED, VendorOrderState.CONFIRMED, VendorOrderState.PART_SHIPPED)


def ship_parcel(
    *,
    vendor_order: VendorOrder,
    lines: dict[UUID, int],
    tracking_number: str = "",
    carrier: str = "",
    is_handed_over: bool = False,
    by: Actor,
) -> Parcel:
    """Ship a parcel with quantities of lines (our line id → quantity; zeros are left out).

    What its buyer collects is only handed over (``services/collect.py``): IsCollected. Raises
    WrongState, AwaitsTransfer (not paid yet), NothingToShip (none, or more than are left),
    ShippingRefused (the engine's stock does not hold them), StillPacking, and EngineUnavailable:
    then the parcel waits as ``preparing`` and a job finishes it.
    """
    if not is_handed_over and collection_of(vendor_order) is not None:
        raise IsCollected
    with one_at_a_time(vendor_order.pk):
        _settle_earlier(vendor_order)
        parcel = _intend(vendor_order, lines, tracking_number, carrier, by)
        return _fulfil(parcel)


def tracking(parcel: Parcel) -> dict[str, str]:
    """What ``correct_tracking`` changes, by name."""
    return {"carrier": parcel.carrier, "tracking_number": parcel.tracking_number}


def correct_tracking(
    *,
    parcel: Parcel,
    tracking_number: str,
    carrier: str,
    by: Actor,
    version: str | None = None,
) -> Parcel:
    """Write the tracking number or carrier of a parcel that has left.

    Raises WrongState, and ChangedMeanwhile unless they still have the ``version`` that was read
    (of ``tracking``).
    """
    with transaction.atomic():
        locked_row(parcel.vendor_order)
        parcel.refresh_from_db()
        if parcel.state != ParcelState.SHIPPED:
            raise WrongState
        require_version(version, tracking(parcel))
        parcel.tracking_number, parcel.carrier = tracking_number.strip()[:80], carrier.strip()[:80]
        parcel.save(update_fields=["tracking_number", "carrier"])
        audit.record("parcel.tracking_corrected", parcel, by=by, tracking_number=tracking_number)
    gid = ids.find_global_id(ids.FULFILLMENT, parcel.pk)
    if gid and parcel.tracking_number:
        wanted = FulfillmentUpdateTrackingInput(tracking_number=parcel.tracking_number)
        accepted(
            app_client().update_fulfillment_tracking(gid, wanted).order_fulfillment_update_tracking
        )
    return parcel


def finish_parcels() -> int:
    """Finish the parcels of which the engine's answer was lost; returns how many were sent."""
    waiting = Parcel.objects.crossing(Crossing.SCHEDULED_JOB).filter(
        state=ParcelState.PREPARING, created_at__lt=timezone.now() - timedelta(minutes=2)
    )
    finished = 0
    for parcel in waiting.select_related("vendor_order")[:200]:
        with one_at_a_time(parcel.vendor_order_id):
            try:
                bring_in(parcel.vendor_order.order_id)
                parcel.refresh_from_db()
                if parcel.state == ParcelState.PREPARING:
                    _fulfil(parcel)
                finished += 1
            except (TwizaError, Parcel.DoesNotExist):
                continue
    return finished


def _settle_earlier(vendor_order: VendorOrder) -> None:
    """A parcel left by a process that died: the engine has it, or it is deleted."""
    earlier = vendor_order.parcels.filter(state=ParcelState.PREPARING).first()
    if earlier is None:
        return
    bring_in(vendor_order.order_id)
    with transaction.atomic():
        locked_row(vendor_order)
        vendor_order.parcels.filter(pk=earlier.pk, state=ParcelState.PREPARING).delete()


def _intend(
    vendor_order: VendorOrder, lines: dict[UUID, int], tracking: str, carrier: str, by: Actor
) -> Parcel:
    with transaction.atomic():
        locked = locked_row(vendor_order)
        if locked.state not in _OPEN:
            raise WrongState
        if locked.order.awaits_transfer:
            raise AwaitsTransfer
        if locked.parcels.filter(state=ParcelState.PREPARING).exists():
            raise StillPacking
        wanted = _checked(locked, lines)
        parcel = Parcel.objects.create(
            vendor_order=locked,
            collect_minor=to_collect(locked, wanted),
            number=next_number(locked),
            tracking_number=tracking.strip()[:80],
            carrier=carrier.strip()[:80],
        )
        ParcelLine.objects.create_all(
            [ParcelLine(parcel=parcel, line_id=key, quantity=n) for key, n in wanted.items()]
        )
        if locked.confirmed_at is None:
            locked.confirmed_at = timezone.now()
            locked.save(update_fields=["confirmed_at"])
        audit.record("parcel.sent", parcel, by=by, lines={str(key): n for key, n in wanted.items()})
    return parcel


def _checked(vendor_order: VendorOrder, lines: dict[UUID, int]) -> dict[UUID, int]:
    left = vendor_order.quantities_left
    wanted = {key: quantity for key, quantity in lines.items() if quantity}
    if not wanted or any(not 0 < n <= left.get(key, 0) for key, n in wanted.items()):
        raise NothingToShip
    return wanted


def _fulfil(parcel: Parcel) -> Parcel:
    vendor_order: VendorOrder = parcel.vendor_order
    warehouse = ids.global_id(ids.WAREHOUSE, vendor_order.cooperative_id)
    quantities = dict(parcel.lines.values_list("line_id", "quantity"))
    line_gids = ids.global_ids(ids.ORDER_LINE, quantities)
    wanted = OrderFulfillInput(
        lines=[
            OrderFulfillLineInput(
                order_line_id=line_gids[key],
                stocks=[OrderFulfillStockInput(quantity=quantity, warehouse=warehouse)],
            )
            for key, quantity in quantities.items()
        ],
        # We mail the buyer, in their language.
        notify_customer=False,
        tracking_number=parcel.tracking_number or None,
    )
    order_gid = ids.global_id(ids.ORDER, vendor_order.order_id)
    try:
        accepted(app_client().fulfill_order(order_gid, wanted).order_fulfill)
    except EngineRefused as refused:
        _take_back(parcel)
        if set(refused.codes) & {"INSUFFICIENT_STOCK", "FULFILL_ORDER_LINE"}:
            raise NotInStockToShip from refused
        raise ShippingRefused(reason=str(refused)) from refused
    bring_in(vendor_order.order_id)
    parcel.refresh_from_db()
    return parcel


def _take_back(parcel: Parcel) -> None:
    with transaction.atomic():
        vendor_order = locked_row(parcel.vendor_order)
        vendor_order.parcels.filter(pk=parcel.pk, state=ParcelState.PREPARING).delete()
