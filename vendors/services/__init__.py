"""Use cases that change programmes, cooperatives, members and roles.

Each takes the actor as ``by``, runs in one transaction and writes an audit entry.
"""

from vendors.services.bank_accounts import (
    confirm_bank_account,
    note_told_by_phone,
    set_bank_account,
)
from vendors.services.cooperatives import (
    CooperativeFacts,
    change_contact,
    let_leave,
    pause_cooperative,
    publish_cooperative,
    publish_cooperatives,
    register_cooperative,
    show_member,
    write_texts,
)
from vendors.services.facts import (
    add_certification,
    enrol,
    set_tax_status,
    verify_certification,
)
from vendors.services.identifiers import set_payer_identifier, set_seller_identifier
from vendors.services.people import (
    add_member,
    confirm_grant,
    grant_role,
    open_account,
    remove_member,
    revoke_grant,
)
from vendors.services.programmes import create_programme
from vendors.services.registering import RegisterRow, register_from_file

__all__ = [
    "CooperativeFacts",
    "RegisterRow",
    "add_certification",
    "add_member",
    "change_contact",
    "confirm_bank_account",
    "confirm_grant",
    "create_programme",
    "enrol",
    "grant_role",
    "let_leave",
    "note_told_by_phone",
    "open_account",
    "pause_cooperative",
    "publish_cooperative",
    "publish_cooperatives",
    "register_cooperative",
    "register_from_file",
    "remove_member",
    "revoke_grant",
    "set_bank_account",
    "set_payer_identifier",
    "set_seller_identifier",
    "set_tax_status",
    "show_member",
    "verify_certification",
    "write_texts",
]
