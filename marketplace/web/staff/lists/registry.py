"""Every list of staff, by the name of its page's address."""

from marketplace.web.lists.declared import RowList
from marketplace.web.staff.documents.invoice_list import INVOICES
from marketplace.web.staff.orders.order_list import ORDERS

LISTS: dict[str, RowList] = {declared.name: declared for declared in (ORDERS, INVOICES)}
