"""Tables of programmes, cooperatives, members and roles."""

from vendors.accounts import User
from vendors.models.bank_accounts import AccountNotice, BankAccount, FormerContact, NoticeChannel
from vendors.models.cooperatives import (
    Certification,
    Cooperative,
    CooperativeStatus,
    CooperativeText,
    EngineCopy,
    Enrolment,
    Kind,
    SellerIdentifier,
    ShownMember,
    TaxStatus,
)
from vendors.models.factor_resets import FactorReset
from vendors.models.invitations import Introduction, Invitation
from vendors.models.programmes import DatedIdentifier, PayerIdentifier, Programme
from vendors.models.roles import MemberRole, Membership, StaffGrant, StaffRole
from vendors.models.shop_grants import ShopGrant

__all__ = [
    "AccountNotice",
    "BankAccount",
    "Certification",
    "Cooperative",
    "CooperativeStatus",
    "CooperativeText",
    "DatedIdentifier",
    "EngineCopy",
    "Enrolment",
    "FactorReset",
    "FormerContact",
    "Introduction",
    "Invitation",
    "Kind",
    "MemberRole",
    "Membership",
    "NoticeChannel",
    "PayerIdentifier",
    "Programme",
    "SellerIdentifier",
    "ShopGrant",
    "ShownMember",
    "StaffGrant",
    "StaffRole",
    "TaxStatus",
    "User",
]
