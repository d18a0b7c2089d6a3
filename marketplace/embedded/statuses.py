"""Where an order stands, derived from quantities and amounts. Pure, in minor units."""


def fulfillment_status(*, ordered: int, fulfilled: int, returned: int) -> str:
    """Return an order's status from its units ordered, sent (also if returned) and returned."""
    if fulfilled <= 0:
        return "UNFULFILLED"
    if returned == ordered:
        return "RETURNED"
    if returned > 0:
        return "PARTIALLY_RETURNED"
    return "FULFILLED" if fulfilled >= ordered else "PARTIALLY_FULFILLED"


def charge_status(*, total: int, granted: int, charged: int) -> str:
    """Compare what is charged with the total less granted refunds."""
    due = max(total - granted, 0)
    if charged == due:
        return "FULL"
    if charged <= 0:
        return "NONE"
    return "PARTIAL" if charged < due else "OVERCHARGED"


def authorize_status(*, total: int, granted: int, authorized: int, charged: int) -> str:
    """Tell how far authorised and charged money covers the total less granted refunds."""
    due = max(total - granted, 0)
    covered = authorized + charged
    if covered == 0:
        return "FULL" if total == 0 else "NONE"
    return "FULL" if covered >= due else "PARTIAL"


def checkout_charge_status(*, total: int, charged: int, has_lines: bool) -> str:
    """Compare what is charged with a checkout's total; an empty checkout is not charged."""
    if charged <= 0 and total <= 0 and not has_lines:
        return "NONE"
    return charge_status(total=total, granted=0, charged=charged)


def checkout_authorize_status(*, total: int, authorized: int, charged: int, has_lines: bool) -> str:
    """Tell how far money covers a checkout's total; an empty checkout is not covered."""
    if authorized + charged <= 0 and total <= 0:
        return "FULL" if has_lines else "NONE"
    return authorize_status(total=total, granted=0, authorized=authorized, charged=charged)


def payment_status(*, total: int, charged: int, refunded: int, pending: int = 0) -> str:
    """Return the older single payment status that the API keeps beside the newer two."""
    if charged >= total and (total > 0 or charged > 0):
        return "FULLY_CHARGED"
    if charged > 0:
        return "PARTIALLY_CHARGED"
    if refunded > 0:
        return "FULLY_REFUNDED" if refunded >= total else "PARTIALLY_REFUNDED"
    if pending > 0:
        return "PENDING"
    return "FULLY_CHARGED" if total == 0 else "NOT_CHARGED"
