"""What a part of a line's quantity costs, so that all parts sum to the line."""

from marketplace.orders.models import VendorOrderLine


def worth(line: VendorOrderLine, *, already: int, more: int) -> int:
    """Minor units of ``more`` units after ``already`` others: none lost or counted twice."""
    total, pieces = line.total_minor, line.quantity
    return total * (already + more) // pieces - total * already // pieces
