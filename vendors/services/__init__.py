"""Use cases that change programmes, cooperatives, members and roles.

Each takes the actor as ``by``, runs in one transaction and writes an audit entry.
"""

from vendors.services.accepting import (
    accept_invitation,
    find_invitation,
    issue_token,
    require_invited,
)
from vendors.services.accounts import open_account, owner_of, prove_address
from vendors.services.acting import let_advisers_act
from vendors.services.appointing import Appointed, appoint_coordinators
from vendors.services.bank_accounts import (
    confirm_bank_account,
    note_told_by_phone,
    set_bank_account,
)
from vendors.services.cooperative_facts import CooperativeFacts
from vendors.services.cooperatives import (
    change_contact,
    let_leave,
    pause_cooperative,
    publish_cooperative,
    publish_cooperatives,
    register_cooperative,
    write_texts,
)
from vendors.services.factor_resets import (
    confirm_factor_reset,
    propose_factor_reset,
    withdraw_factor_reset,
)
from vendors.services.facts import (
    add_certification,
    enrol,
    set_tax_status,
    verify_certification,
)
from vendors.services.former_addresses import note_former_address
from vendors.services.grants import confirm_grant, grant_role, revoke_grant
from vendors.services.identifiers import set_payer_identifier, set_seller_identifier
from vendors.services.invitations import (
    Invited,
    invite_member,
    offer_adviser_role,
    offer_role,
    resend_invitation,
    withdraw_invitation,
)
from vendors.services.members import add_member, remove_member
from vendors.services.programmes import create_programme
from vendors.services.registering import RegisterRow, register_from_file
from vendors.services.reset_factor import reset_factor
from vendors.services.shop_wide import (
    appoint_first,
    confirm_shop_grant,
    end_shop_grant,
    propose_shop_grant,
)
from vendors.services.shown_members import (
    MOST_SHOWN,
    MemberFacts,
    change_shown_member,
    move_member_up,
    show_member,
    stop_showing_member,
)
from vendors.services.visits import VisitFacts, correct_visit, log_visit

__all__ = [
    "MOST_SHOWN",
    "Appointed",
    "CooperativeFacts",
    "Invited",
    "MemberFacts",
    "RegisterRow",
    "VisitFacts",
    "accept_invitation",
    "add_certification",
    "add_member",
    "appoint_coordinators",
    "appoint_first",
    "change_contact",
    "change_shown_member",
    "confirm_bank_account",
    "confirm_factor_reset",
    "confirm_grant",
    "confirm_shop_grant",
    "correct_visit",
    "create_programme",
    "end_shop_grant",
    "enrol",
    "find_invitation",
    "grant_role",
    "invite_member",
    "issue_token",
    "let_advisers_act",
    "let_leave",
    "log_visit",
    "move_member_up",
    "note_former_address",
    "note_told_by_phone",
    "offer_adviser_role",
    "offer_role",
    "open_account",
    "owner_of",
    "pause_cooperative",
    "propose_factor_reset",
    "propose_shop_grant",
    "prove_address",
    "publish_cooperative",
    "publish_cooperatives",
    "register_cooperative",
    "register_from_file",
    "remove_member",
    "require_invited",
    "resend_invitation",
    "reset_factor",
    "revoke_grant",
    "set_bank_account",
    "set_payer_identifier",
    "set_seller_identifier",
    "set_tax_status",
    "show_member",
    "stop_showing_member",
    "verify_certification",
    "withdraw_factor_reset",
    "withdraw_invitation",
    "write_texts",
]
