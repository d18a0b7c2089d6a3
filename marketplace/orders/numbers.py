"""Order numbers that can be read out on the telephone: no I, L, O or U, groups of four."""

from uuid import UUID

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 5


def order_number(order_id: UUID) -> str:
    """``TW-7K3M-29QX``: forty bits of the order's own id."""
    value = order_id.int & ((1 << (8 * _BITS)) - 1)
    signs = [_ALPHABET[(value >> (_BITS * place)) & 31] for place in reversed(range(8))]
    return f"TW-{''.join(signs[:4])}-{''.join(signs[4:])}"


def vendor_order_number(number: str, position: int) -> str:
    """``TW-7K3M-29QX-2``: the second vendor order."""
    return f"{number}-{position}"
