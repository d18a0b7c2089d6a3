"""What some pieces of a line are worth, so that all parts always sum to the line."""

from marketplace.orders.models import VendorOrderLine


def worth(line: VendorOrderLine, *, already: int, more: int) -> int:
    """Minor units of ``more`` pieces after ``already`` others: nothing is lost or counted twice."""
    total, pieces = line.total_minor, line.quantity
    return total * (already + more) // pieces - total * already // pieces
