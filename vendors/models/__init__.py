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
from vendors.models.programmes import DatedIdentifier, PayerIdentifier, Programme
from vendors.models.roles import MemberRole, Membership, StaffGrant, StaffRole

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
    "FormerContact",
    "Kind",
    "MemberRole",
    "Membership",
    "NoticeChannel",
    "PayerIdentifier",
    "Programme",
    "SellerIdentifier",
    "ShownMember",
    "StaffGrant",
    "StaffRole",
    "TaxStatus",
    "User",
]
