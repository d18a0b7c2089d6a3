"""Banks' files read by somebody else's classes: pyiso20022's, made from ISO's own definitions.

Nothing of ours is used here, and nothing is passed over: a file with an element or an attribute
that the message does not have is an error. Amounts are decimals as written; what stands in an entry
or in its only transaction is told alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

from lxml import etree
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig


@dataclass(frozen=True)
class Movement:
    """One movement of an account, as the message says it."""

    booked_on: date
    value_on: date | None
    amount: Decimal
    currency: str
    direction: str
    is_reversal: bool
    end_to_end_id: str
    message_id: str
    bank_reference: str
    remittance: str
    party: str
    account: str
    reason: str


@dataclass(frozen=True)
class Account:
    """A statement's account, its balances (negative: overdrawn) and its booked movements."""

    statement_id: str
    number: str
    currency: str
    opening: Decimal
    closing: Decimal
    movements: tuple[Movement, ...]


@dataclass(frozen=True)
class Status:
    """What a report says of a payment; of a whole file where ``end_to_end_id`` is empty."""

    message_id: str
    end_to_end_id: str
    status: str
    amount: Decimal | None
    currency: str
    reasons: tuple[str, ...]


def parse(content: bytes) -> Any:
    """The message's Document. Raises for whatever its definition does not know."""
    namespace = etree.QName(etree.fromstring(content)).namespace or ""
    name = namespace.rpartition(":")[2].replace(".", "_")
    config = ParserConfig(
        fail_on_unknown_properties=True,
        fail_on_unknown_attributes=True,
        fail_on_converter_warnings=True,
    )
    return XmlParser(config=config).from_bytes(content, _document(name))


@cache
def _document(name: str) -> Any:
    # The innermost module: the packages above it import every version of every message.
    return import_module(f"pyiso20022.{name[:4]}.{name}.{name}").Document


def accounts(content: bytes) -> list[Account]:
    """The statements of a camt.053."""
    return [_account(statement) for statement in parse(content).bk_to_cstmr_stmt.stmt]


def statuses(content: bytes) -> list[Status]:
    """What a pain.002 says of its file and of each payment, in its order."""
    report = parse(content).cstmr_pmt_sts_rpt
    group = report.orgnl_grp_inf_and_sts
    file = group.orgnl_msg_id
    found = [_status(file, "", group.grp_sts, group.sts_rsn_inf)]
    for payment in report.orgnl_pmt_inf_and_sts:
        found.append(_status(file, "", payment.pmt_inf_sts, payment.sts_rsn_inf))
        for each in payment.tx_inf_and_sts:
            told = each.orgnl_tx_ref and each.orgnl_tx_ref.amt and each.orgnl_tx_ref.amt.instd_amt
            found.append(
                _status(file, each.orgnl_end_to_end_id, each.tx_sts, each.sts_rsn_inf, told)
            )
    return [status for status in found if status.status]


def _status(file: str, payment: str, status: Any, reasons: Any, told: Any = None) -> Status:
    words: list[str] = []
    for each in reasons:
        words += [each.rsn.cd or each.rsn.prtry] if each.rsn else []
        words += each.addtl_inf
    return Status(
        file, payment, _code(status),
        told.value if told else None, told.ccy if told else "", tuple(words),
    )  # fmt: skip


def _account(statement: Any) -> Account:
    number = statement.acct.id.iban or statement.acct.id.othr.id
    balances = {
        _code(b.tp.cd_or_prtry.cd): b.amt.value if _code(b.cdt_dbt_ind) == "CRDT" else -b.amt.value
        for b in statement.bal
    }
    opening = balances.get("OPBD", balances.get("PRCD"))
    assert opening is not None
    movements = [m for entry in statement.ntry for m in _movements(entry)]
    return Account(
        statement.id, number, statement.acct.ccy, opening, balances["CLBD"], tuple(movements)
    )


def _movements(entry: Any) -> Iterator[Movement]:
    if _code(getattr(entry.sts, "cd", entry.sts)) != "BOOK":
        return
    parts = [(details, each) for details in entry.ntry_dtls for each in details.tx_dtls]
    if len(parts) > 1:
        for details, part in parts:
            yield _movement(entry, details, part, _amount_of(part))
    else:
        details, part = parts[0] if parts else (None, None)
        yield _movement(entry, details, part, entry.amt)


def _amount_of(part: Any) -> Any:
    direct = getattr(part, "amt", None)
    return direct if direct is not None else part.amt_dtls.tx_amt.amt


def _movement(entry: Any, details: Any, part: Any, amount: Any) -> Movement:
    direction = _code(entry.cdt_dbt_ind)
    refs, parties = getattr(part, "refs", None), getattr(part, "rltd_pties", None)
    side = "dbtr" if direction == "CRDT" else "cdtr"
    party = getattr(parties, side, None)
    party = getattr(party, "pty", party)
    account = getattr(getattr(parties, f"{side}_acct", None), "id", None)
    batch = getattr(details, "btch", None)
    payment = getattr(refs, "end_to_end_id", None) or ""
    returned = getattr(getattr(part, "rtr_inf", None), "rsn", None)
    return Movement(
        booked_on=_day(entry.bookg_dt),
        value_on=_day(entry.val_dt) if entry.val_dt else None,
        amount=amount.value,
        currency=amount.ccy,
        direction=direction,
        is_reversal=bool(entry.rvsl_ind),
        end_to_end_id="" if payment == "NOTPROVIDED" else payment,
        message_id=getattr(refs, "msg_id", None) or getattr(batch, "msg_id", None) or "",
        bank_reference=getattr(refs, "acct_svcr_ref", None)
        or entry.acct_svcr_ref
        or entry.ntry_ref
        or "",
        remittance=_remittance(part) or entry.addtl_ntry_inf or "",
        party=getattr(party, "nm", None) or "",
        account=(account.iban or account.othr.id) if account else "",
        reason=(returned.cd or returned.prtry) if returned else "",
    )


def _remittance(part: Any) -> str:
    told = getattr(part, "rmt_inf", None)
    if told is None:
        return ""
    structured = [each.cdtr_ref_inf.ref for each in told.strd if each.cdtr_ref_inf]
    return " ".join([*told.ustrd, *structured])


def _day(choice: Any) -> date:
    moment = choice.dt or choice.dt_tm
    return date(moment.year, moment.month, moment.day)


def _code(value: Any) -> str:
    return str(getattr(value, "value", value) or "")
