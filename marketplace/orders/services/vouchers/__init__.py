"""Vouchers: made and stopped by staff and cooperatives, entered and used by buyers."""

from marketplace.orders.services.vouchers.entering import enter_voucher, remove_voucher
from marketplace.orders.services.vouchers.making import (
    NewVoucher,
    confirm_voucher,
    make_voucher,
    propose_voucher,
    stop_voucher,
)

__all__ = [
    "NewVoucher",
    "confirm_voucher",
    "enter_voucher",
    "make_voucher",
    "propose_voucher",
    "remove_voucher",
    "stop_voucher",
]
