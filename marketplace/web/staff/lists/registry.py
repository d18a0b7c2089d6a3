"""Every list of staff, by the name of its page's address."""

from marketplace.web.lists.declared import RowList
from marketplace.web.staff.adoption.adopted_list import ASSIGNED
from marketplace.web.staff.advising.advised_list import ADVISED
from marketplace.web.staff.advising.visit_list import VISITS
from marketplace.web.staff.complaints.complaint_list import COMPLAINTS
from marketplace.web.staff.conversations.conversation_list import CONVERSATIONS
from marketplace.web.staff.conversations.messages_list import MESSAGES
from marketplace.web.staff.cooperatives.cooperative_list import COOPERATIVES
from marketplace.web.staff.documents.invoice_list import INVOICES
from marketplace.web.staff.documents.statement_list import STATEMENTS
from marketplace.web.staff.moderation.waiting_list import WAITING
from marketplace.web.staff.orders.delivery_list import CARRIER_FILES, DELIVERIES
from marketplace.web.staff.orders.order_list import ORDERS
from marketplace.web.staff.overview.followed_list import FOLLOWED
from marketplace.web.staff.payouts.balance_list import BALANCES
from marketplace.web.staff.payouts.payout_lists import BANK_REPORTS, HOLDS, ROUTES, RUNS
from marketplace.web.staff.people.people_list import PEOPLE
from marketplace.web.staff.reconciliation.difference_list import DIFFERENCES
from marketplace.web.staff.refunds.bank_lists import BANK_ENTRIES, CASH_LIMITS, REMITTANCES
from marketplace.web.staff.refunds.refund_lists import MANUAL_REFUNDS, PROPOSALS, REFUNDS
from marketplace.web.staff.reviews.review_list import REVIEWS

LISTS: dict[str, RowList] = {
    declared.name: declared
    for declared in (
        ORDERS, CONVERSATIONS, REVIEWS, COMPLAINTS, DELIVERIES, CARRIER_FILES, COOPERATIVES,
        FOLLOWED, ADVISED, VISITS,
        STATEMENTS, INVOICES, REFUNDS, PROPOSALS, MANUAL_REFUNDS, BANK_ENTRIES, REMITTANCES,
        CASH_LIMITS, MESSAGES,
        RUNS, BALANCES, HOLDS, ROUTES, BANK_REPORTS, DIFFERENCES, ASSIGNED, WAITING, PEOPLE,
    )
}  # fmt: skip
