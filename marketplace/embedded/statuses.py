"""Statuses of orders and checkouts, derived from quantities and amounts. Pure, in minor units."""


def fulfillment_status(*, ordered: int, fulfilled: int, returned: int) -> str:
    """Return an order's status; `fulfilled` units include the returned ones."""
    if fulfilled <= 0:
        return "UNFULFILLED"
    if returned == ordered:
        return "RETURNED"
    if returned > 0:
        return "PARTIALLY_RETURNED"
    return "FULFILLED" if fulfilled >= ordered else "PARTIALLY_FULFILLED"


def charge_status(*, total: int, granted: int, charged: int) -> str:
    """Compare the charged amount with the total less granted refunds."""
    due = max(total - granted, 0)
    if charged == due:
        return "FULL"
    if charged <= 0:
        return "NONE"
    return "PARTIAL" if charged < due else "OVERCHARGED"


def authorize_status(*, total: int, granted: int, authorized: int, charged: int) -> str:
    """Tell how far authorized and charged amounts cover the total less granted refunds."""
    due = max(total - granted, 0)
    covered = authorized + charged
    if covered == 0:
        return "FULL" if total == 0 else "NONE"
    return "FULL" if covered >= due else "PARTIAL"


def checkout_charge_status(*, total: int, charged: int, has_lines: bool) -> str:
    """Compare the charged amount with a checkout's total; an empty checkout is not charged."""
    if charged <= 0 and total <= 0 and not has_lines:
        return "NONE"
    return charge_status(total=total, granted=0, charged=charged)


def checkout_authorize_status(*, total: int, authorized: int, charged: int, has_lines: bool) -> str:
    """Tell how far authorized and charged amounts cover the total; an empty checkout is NONE."""
    if authorized + charged <= 0 and total <= 0:
        return "FULL" if has_lines else "NONE"
    return authorize_status(total=total, granted=0, authorized=authorized, charged=charged)


def payment_status(*, total: int, charged: int, refunded: int, pending: int = 0) -> str:
    """Return the older, single payment status, which the API has beside the two newer ones."""
    if charged >= total and (total > 0 or charged > 0):
        return "FULLY_CHARGED"
    if charged > 0:
        return "PARTIALLY_CHARGED"
    if refunded > 0:
        return "FULLY_REFUNDED" if refunded >= total else "PARTIALLY_REFUNDED"
    if pending > 0:
        return "PENDING"
    return "FULLY_CHARGED" if total == 0 else "NOT_CHARGED"
