"""Permissions, and the roles that carry them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vendors.models import MemberRole, StaffRole


class MemberPermission(models.TextChoices):
    """What a member may do for a cooperative."""

    COOPERATIVE_READ = "cooperative:read", _("see the cooperative's page and daily overview")
    PROFILE_EDIT = "profile:edit", _("edit the public profile")
    LISTING_READ = "listing:read", _("see listings and their drafts")
    LISTING_EDIT = "listing:edit", _("write listings and submit them")
    STOCK_EDIT = "stock:edit", _("correct quantities in stock")
    ORDER_READ = "order:read", _("see orders")
    ORDER_SHIP = "order:ship", _("confirm and ship orders")
    CONVERSATION_ANSWER = "conversation:answer", _("read and answer questions of buyers")
    REVIEW_ANSWER = "review:answer", _("read and answer reviews of buyers")
    SALE_READ = "sale:read", _("see direct sales and the cooperative's numbers")
    SALE_RECORD = "sale:record", _("record, correct and cancel direct sales")
    MONEY_READ = "money:read", _("see statements and payouts")
    ACCOUNT_SET = "account:set", _("enter the bank account that is paid to")
    REFUND_AGREE = "refund:agree", _("agree to refunds of buyers")
    VOUCHER_SET = "voucher:set", _("make and stop vouchers")
    PRICE_OFFER = "price:offer", _("offer a buyer a price")
    DELIVERY_SET = "delivery:set", _("set from which sum delivery is free")
    MEMBER_MANAGE = "member:manage", _("invite and remove members")


class StaffPermission(models.TextChoices):
    """What staff may do in a programme, in all of it or in some of its regions."""

    PROGRAMME_READ = "programme:read", _("see the programme's overview")
    COOPERATIVE_READ = "cooperative:read", _("see cooperatives")
    COOPERATIVE_EDIT = "cooperative:edit", _("register and edit cooperatives")
    COOPERATIVE_ACT = "cooperative:act", _("act for the cooperatives advised")
    VISIT_LOG = "visit:log", _("log visits to cooperatives")
    LISTING_MODERATE = "listing:moderate", _("approve and return listings")
    ORDER_READ = "order:read", _("see orders")
    CONVERSATION_READ = "conversation:read", _("see which cooperatives buyers ask")
    CONVERSATION_ANSWER = "conversation:answer", _("answer buyers for the cooperatives advised")
    CONVERSATION_MODERATE = "conversation:moderate", _("read and close reported conversations")
    MESSAGE_ANSWER = "message:answer", _("read and answer messages to the programme")
    REVIEW_READ = "review:read", _("see reviews of buyers")
    REVIEW_ANSWER = "review:answer", _("answer reviews for the cooperatives advised")
    REVIEW_MODERATE = "review:moderate", _("decide which reviews are shown")
    DELIVERY_RECORD = "delivery:record", _("record evidence of a delivery")
    REFUND_MAKE = "refund:make", _("refund buyers")
    REFUND_CONFIRM = "refund:confirm", _("confirm refunds above the limit")
    CASH_LIMIT = "cash:limit", _("set the limits of cash on delivery")
    PAYOUT_READ = "payout:read", _("see payouts and balances")
    PAYOUT_HANDLE = "payout:handle", _("return a payout run, create and download its files")
    PAYOUT_PREPARE = "payout:prepare", _("prepare a payout run")
    PAYOUT_APPROVE = "payout:approve", _("approve a payout run")
    BOOKS_KEEP = "books:keep", _("close periods, export the journal, explain differences")
    VOUCHER_SET = "voucher:set", _("propose, confirm and stop vouchers")
    COMMISSION_SET = "commission:set", _("propose and end commission rules")
    IMPACT_READ = "impact:read", _("see and export indicators")
    LEGAL_EDIT = "legal:edit", _("publish legal texts and how the programme is reached")
    GRANT_MAKE = "grant:make", _("grant a role")
    GRANT_CONFIRM = "grant:confirm", _("confirm a money role")


class ShopPermission(models.TextChoices):
    """What belongs to the whole shop, and so to no programme: see ``vendors.shop_access``."""

    SEARCH_READ = "search:read", _("see what buyers search for")
    SEARCH_SET = "search:set", _("set ranking and synonyms")
    PRODUCT_ASSIGN = "product:assign", _("assign the shop's own products to cooperatives")
    SERVICE_READ = "service:read", _("see the service's status")
    SHOP_GRANT = "shop:grant", _("confirm who administers the shop")


_M, _S = MemberPermission, StaffPermission


MEMBER_PERMISSIONS: dict[str, frozenset[str]] = {
    MemberRole.MANAGER: frozenset(_M.values),
    MemberRole.SELLER: frozenset(_M.values)
    - {_M.MONEY_READ, _M.PROFILE_EDIT, _M.MEMBER_MANAGE, _M.VOUCHER_SET, _M.DELIVERY_SET}
    - {_M.ACCOUNT_SET},
    MemberRole.ACCOUNTANT: frozenset(p for p in _M.values if p.endswith(":read")),
}

# What an adviser may do for the cooperative advised: a member's work, never its money or its roles.
ACTING_PERMISSIONS: frozenset[str] = frozenset(_M.values) - {
    _M.MONEY_READ,
    _M.ACCOUNT_SET,
    _M.REFUND_AGREE,
    _M.VOUCHER_SET,
    _M.PRICE_OFFER,
    _M.DELIVERY_SET,
    _M.MEMBER_MANAGE,
}


STAFF_PERMISSIONS: dict[str, frozenset[str]] = {
    StaffRole.COORDINATOR: (
        frozenset(_S.values)
        - {_S.PAYOUT_PREPARE, _S.PAYOUT_APPROVE, _S.PAYOUT_HANDLE}
        - {_S.BOOKS_KEEP, _S.COMMISSION_SET}
        # What buyers write is private: only who acts for the cooperative reads all of it.
        - {_S.CONVERSATION_ANSWER, _S.REVIEW_ANSWER, _S.COOPERATIVE_ACT}
    ),
    StaffRole.REGIONAL: frozenset(
        {
            _S.PROGRAMME_READ,
            _S.COOPERATIVE_READ,
            _S.COOPERATIVE_EDIT,
            _S.VISIT_LOG,
            _S.LISTING_MODERATE,
            _S.ORDER_READ,
            _S.CONVERSATION_READ,
            _S.CONVERSATION_MODERATE,
            _S.REVIEW_READ,
            _S.REVIEW_MODERATE,
            _S.DELIVERY_RECORD,
            _S.IMPACT_READ,
        }
    ),
    StaffRole.FINANCE_PREPARER: frozenset(
        {
            _S.PROGRAMME_READ,
            _S.PAYOUT_READ,
            _S.PAYOUT_PREPARE,
            _S.PAYOUT_HANDLE,
            _S.BOOKS_KEEP,
            _S.COMMISSION_SET,
            _S.VOUCHER_SET,
            _S.ORDER_READ,
            _S.REFUND_MAKE,
            _S.REFUND_CONFIRM,
            _S.CASH_LIMIT,
            _S.IMPACT_READ,
            _S.DELIVERY_RECORD,
        }
    ),
    StaffRole.FINANCE_APPROVER: frozenset(
        {
            _S.PROGRAMME_READ,
            _S.PAYOUT_READ,
            _S.PAYOUT_APPROVE,
            _S.PAYOUT_HANDLE,
            _S.BOOKS_KEEP,
            _S.COMMISSION_SET,
            _S.VOUCHER_SET,
            _S.ORDER_READ,
            _S.REFUND_CONFIRM,
            _S.IMPACT_READ,
        }
    ),
    StaffRole.OBSERVER: frozenset(p for p in _S.values if p.endswith(":read")),
    # The pages of the cooperatives that the person advises, to read; for them also their portals.
    StaffRole.ADVISER: frozenset(
        {
            _S.COOPERATIVE_READ,
            _S.COOPERATIVE_ACT,
            _S.VISIT_LOG,
            _S.CONVERSATION_READ,
            _S.CONVERSATION_ANSWER,
            _S.REVIEW_READ,
            _S.REVIEW_ANSWER,
        }
    ),
}


# A permission can lead to money unless it is named here: a new one counts until somebody has
# thought about it. Whoever edits cooperatives confirms their bank accounts, whoever records a
# delivery releases its money, whoever grants makes somebody who may do both.
HARMLESS: frozenset[str] = frozenset(p for p in _S.values if p.endswith(":read")) | {
    _S.LISTING_MODERATE,
    _S.COOPERATIVE_ACT,
    _S.VISIT_LOG,
    _S.CONVERSATION_ANSWER,
    _S.CONVERSATION_MODERATE,
    _S.MESSAGE_ANSWER,
    _S.REVIEW_ANSWER,
    _S.REVIEW_MODERATE,
    _S.LEGAL_EDIT,
}
# Roles that can lead to money: a second person confirms them, and they start a day later.
MONEY_ROLES: frozenset[str] = frozenset(
    role for role, permissions in STAFF_PERMISSIONS.items() if permissions - HARMLESS
)


# What an adviser does in the name of a cooperative: no more once it has switched that off.
IN_ITS_NAME: frozenset[str] = frozenset(
    {_S.COOPERATIVE_ACT, _S.CONVERSATION_ANSWER, _S.REVIEW_ANSWER}
)


# What cannot be divided by region: a role in some regions only does not carry it.
WHOLE_PROGRAMME: frozenset[str] = frozenset(
    {
        _S.MESSAGE_ANSWER,
        _S.CASH_LIMIT,
        _S.PAYOUT_PREPARE,
        _S.PAYOUT_APPROVE,
        _S.PAYOUT_HANDLE,
        _S.BOOKS_KEEP,
        _S.COMMISSION_SET,
        _S.VOUCHER_SET,
        _S.LEGAL_EDIT,
        _S.GRANT_MAKE,
        _S.GRANT_CONFIRM,
    }
)
