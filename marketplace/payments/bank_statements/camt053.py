"""camt.053, the bank-to-customer statement of ISO 20022, in whichever version the bank writes.

Elements are found by their local names: versions differ in namespace and in a few levels (a
party's name is in ``Pty`` from .08 on, a status in ``Cd`` from .04 on). A batch entry whose
transactions all have amounts of the same sum becomes one entry for each transaction.
"""

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from marketplace.core.money import Money
from marketplace.payments.bank_statements.entries import (
    LARGEST_BYTES,
    MOST_ENTRIES,
    Entry,
    Statement,
)
from marketplace.payments.bank_statements.errors import StatementUnreadable

# An lxml element, whose published types are private.
Node = Any
ROOT = "BkToCstmrStmt"
# Which balance opens and which closes; the first that is there.
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)


def read_camt053(content: bytes) -> list[Statement]:
    """The statements of a file; raises StatementUnreadable.

    Only booked entries count; pending ones and information are left out.
    """
    if len(content) > LARGEST_BYTES:
        raise StatementUnreadable(_("it is larger than 30 MB"))
    found: list[Statement] = []
    entries: list[Entry] = []
    is_statement, line = False, 0
    try:
        for event, node in _nodes(content):
            line = int(node.sourceline or 0)
            name = _name(node)
            if event == "start":
                is_statement = is_statement or name == ROOT
            elif name == "Ntry":
                entries += _entries(node)
                if len(entries) > MOST_ENTRIES:
                    raise StatementUnreadable(_("it has more than 200,000 entries"), line)
                _forget(node)
            elif name == "Stmt":
                found.append(_statement(node, entries))
                entries = []
                _forget(node)
    except etree.XMLSyntaxError as error:
        raise StatementUnreadable(error.msg, error.lineno or line) from error
    except (ValueError, InvalidOperation, ArithmeticError) as error:
        raise StatementUnreadable(error, line) from error
    if not is_statement or not found:
        raise StatementUnreadable(_("it is not a camt.053 statement"))
    return found


def _nodes(content: bytes) -> Iterator[tuple[str, Node]]:
    """Elements as they are parsed. A document type is refused before any of it is used."""
    reader = etree.iterparse(
        io.BytesIO(content),
        events=("start", "end", "comment", "pi"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
    )
    is_first = True
    for event, node in reader:
        if is_first:
            is_first = False
            if node.getroottree().docinfo.doctype:
                raise StatementUnreadable(_("it has a document type, which no bank sends"), 1)
        if event in {"start", "end"}:
            yield event, node


def _forget(node: Node) -> None:
    """Free what was parsed, so that memory does not grow with the file."""
    node.clear(keep_tail=False)
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None and _is_read(node.getprevious()):
        parent.remove(node.getprevious())


def _is_read(node: Node | None) -> bool:
    return node is not None and _name(node) in {"Ntry", "Stmt"}


def _statement(node: Node, entries: list[Entry]) -> Statement:
    currency = _text(node, "Acct/Ccy") or (entries[0].currency if entries else "")
    balances = {
        _text(balance, "Tp/CdOrPrtry/Cd"): _signed(balance) for balance in _all(node, "Bal")
    }
    opening = next((balances[code] for code in OPENING if code in balances), None)
    closing = next((balances[code] for code in CLOSING if code in balances), None)
    return Statement(
        statement_id=_text(node, "Id"),
        account=_text(node, "Acct/Id/IBAN") or _text(node, "Acct/Id/Othr/Id"),
        currency=currency,
        from_on=_day(_text(node, "FrToDt/FrDtTm")),
        to_on=_day(_text(node, "FrToDt/ToDtTm")),
        opening_minor=opening,
        closing_minor=closing,
        entries=entries,
    )


def _entries(node: Node) -> list[Entry]:
    status = _text(node, "Sts/Cd") or _text(node, "Sts")
    if status != "BOOK":
        return []
    details = _all(node, "NtryDtls/TxDtls")
    whole = _entry(node, details[0] if len(details) == 1 else None, _amount(node))
    parts = [_amount_of_detail(detail) for detail in details]
    if len(details) > 1 and all(part is not None for part in parts):
        sums = sum(part.amount_minor for part in parts if part is not None)
        same = {part.currency for part in parts if part is not None} == {whole.currency}
        if same and sums == whole.amount_minor:
            return [
                _entry(node, detail, part)
                for detail, part in zip(details, parts, strict=True)
                if part is not None
            ]
    return [whole]


def _entry(node: Node, detail: Node | None, amount: Money) -> Entry:
    place = node if detail is None else detail
    booked_on = _day(_text(node, "BookgDt/Dt") or _text(node, "BookgDt/DtTm"))
    value_on = _day(_text(node, "ValDt/Dt") or _text(node, "ValDt/DtTm"))
    if booked_on is None and value_on is None:
        raise ValueError("an entry without a date")
    is_credit = _text(node, "CdtDbtInd") == "CRDT"
    reference = _text(place, "Refs/AcctSvcrRef") or _text(node, "AcctSvcrRef")
    party, account = ("Dbtr", "DbtrAcct") if is_credit else ("Cdtr", "CdtrAcct")
    return Entry(
        booked_on=booked_on or value_on or date.min,
        value_on=value_on,
        amount_minor=amount.amount_minor,
        currency=amount.currency,
        is_credit=is_credit,
        is_reversal=_text(node, "RvslInd") in {"true", "1"},
        end_to_end_id=_told(_text(place, "Refs/EndToEndId")),
        message_id=_told(_text(place, "Refs/MsgId") or _text(node, "NtryDtls/Btch/MsgId")),
        bank_reference=reference or _text(node, "NtryRef"),
        remittance=_remittance(place) or _text(node, "AddtlNtryInf"),
        counterparty_name=_text(place, f"RltdPties/{party}/Nm")
        or _text(place, f"RltdPties/{party}/Pty/Nm"),
        counterparty_iban=_text(place, f"RltdPties/{account}/Id/IBAN")
        or _text(place, f"RltdPties/{account}/Id/Othr/Id"),
        return_reason=_text(place, "RtrInf/Rsn/Cd") or _text(place, "RtrInf/Rsn/Prtry"),
    )


def _remittance(place: Node) -> str:
    told = [text.text or "" for text in _all(place, "RmtInf/Ustrd")]
    told += [text.text or "" for text in _all(place, "RmtInf/Strd/CdtrRefInf/Ref")]
    return " ".join(" ".join(told).split())


def _told(text: str) -> str:
    """Banks write NOTPROVIDED for a missing value."""
    return "" if text.upper() == "NOTPROVIDED" else text


def _amount(node: Node) -> Money:
    found = next(iter(_all(node, "Amt")), None)
    if found is None:
        raise ValueError("an entry without an amount")
    return _money(found)


def _amount_of_detail(detail: Node) -> Money | None:
    places = ("Amt", "AmtDtls/TxAmt/Amt")
    found = next((node for place in places for node in _all(detail, place)), None)
    return None if found is None else _money(found)


def _money(node: Node) -> Money:
    amount = Money.from_decimal(Decimal((node.text or "").strip()), node.get("Ccy") or "")
    if amount.amount_minor < 0 or len(amount.currency) != 3:  # noqa: PLR2004 -- ISO 4217
        raise ValueError("a negative amount, or one without a currency")
    return amount


def _signed(balance: Node) -> int:
    amount = _amount(balance).amount_minor
    return amount if _text(balance, "CdtDbtInd") == "CRDT" else -amount


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _text(node: Node, path: str) -> str:
    found = next(iter(_all(node, path)), None)
    return "" if found is None else (found.text or "").strip()


def _all(node: Node, path: str) -> list[Node]:
    found = [node]
    for step in path.split("/"):
        found = [child for parent in found for child in parent if _name(child) == step]
    return found


def _name(node: Node) -> str:
    return str(node.tag).rpartition("}")[2]
