"""Tables of programmes, cooperatives, members and roles."""

from vendors.accounts import User
from vendors.models.admissions import (
    FILLABLE,
    Admission,
    AdmissionState,
    AdmissionStep,
    AgeBand,
    MembersByAge,
    StepKind,
    TextState,
)
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
    TaxStatus,
)
from vendors.models.documents import CooperativeDocument, DocumentRequirement
from vendors.models.factor_resets import FactorReset
from vendors.models.invitations import Introduction, Invitation
from vendors.models.programmes import DatedIdentifier, PayerIdentifier, Programme
from vendors.models.roles import MemberRole, Membership, StaffGrant, StaffRole
from vendors.models.shop_grants import ShopGrant
from vendors.models.shown_members import ShownMember
from vendors.models.visits import Visit, VisitKind, VisitVersion

__all__ = [
    "FILLABLE",
    "AccountNotice",
    "Admission",
    "AdmissionState",
    "AdmissionStep",
    "AgeBand",
    "BankAccount",
    "Certification",
    "Cooperative",
    "CooperativeDocument",
    "CooperativeStatus",
    "CooperativeText",
    "DatedIdentifier",
    "DocumentRequirement",
    "EngineCopy",
    "Enrolment",
    "FactorReset",
    "FormerContact",
    "Introduction",
    "Invitation",
    "Kind",
    "MemberRole",
    "MembersByAge",
    "Membership",
    "NoticeChannel",
    "PayerIdentifier",
    "Programme",
    "SellerIdentifier",
    "ShopGrant",
    "ShownMember",
    "StaffGrant",
    "StaffRole",
    "StepKind",
    "TaxStatus",
    "TextState",
    "User",
    "Visit",
    "VisitKind",
    "VisitVersion",
]
