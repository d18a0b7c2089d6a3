"""camt.053, the bank-to-customer statement of ISO 20022, in whichever version the bank writes.

Elements are found by their local names: versions differ in namespace and in a few levels (a
party's name is in ``Pty`` from .08 on, a status in ``Cd`` from .04 on). A batch entry whose
transactions all have amounts of the same sum becomes one entry for each transaction; another
one keeps the id of the payment instruction that it stands for. A moment with an offset falls on
the day that the account's place had then.
"""

import io
from collections.abc import Iterator
from datetime import UTC, date, tzinfo

from django.utils.translation import gettext as _
from lxml import etree

from marketplace.core.money import Money
from marketplace.payments.bank_statements.camt_nodes import (
    Node,
    all_of,
    day_of,
    money_of,
    name_of,
    text_of,
)
from marketplace.payments.bank_statements.entries import (
    LARGEST_BYTES,
    MOST_ENTRIES,
    Entry,
    Statement,
)
from marketplace.payments.bank_statements.errors import StatementUnreadable

ROOT = "BkToCstmrStmt"
# Which balance opens and which closes; the first that is there.
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)


def read_camt053(content: bytes, zone: tzinfo = UTC) -> list[Statement]:
    """The statements of a file, with days in ``zone``; raises StatementUnreadable.

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
            name = name_of(node)
            if event == "start":
                is_statement = is_statement or name == ROOT
            elif name == "Ntry":
                entries += _entries(node, zone)
                if len(entries) > MOST_ENTRIES:
                    raise StatementUnreadable(_("it has more than 200,000 entries"), line)
                _forget(node)
            elif name == "Stmt":
                found.append(_statement(node, entries, zone))
                entries = []
                _forget(node)
    except etree.XMLSyntaxError as error:
        raise StatementUnreadable(error.msg, error.lineno or line) from error
    except (ValueError, ArithmeticError) as error:
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
    return node is not None and name_of(node) in {"Ntry", "Stmt"}


def _statement(node: Node, entries: list[Entry], zone: tzinfo) -> Statement:
    currency = text_of(node, "Acct/Ccy") or (entries[0].currency if entries else "")
    balances = {
        text_of(balance, "Tp/CdOrPrtry/Cd"): _signed(balance) for balance in all_of(node, "Bal")
    }
    opening = next((balances[code] for code in OPENING if code in balances), None)
    closing = next((balances[code] for code in CLOSING if code in balances), None)
    return Statement(
        statement_id=text_of(node, "Id"),
        account=text_of(node, "Acct/Id/IBAN") or text_of(node, "Acct/Id/Othr/Id"),
        currency=currency,
        from_on=day_of(text_of(node, "FrToDt/FrDtTm"), zone),
        to_on=day_of(text_of(node, "FrToDt/ToDtTm"), zone),
        opening_minor=opening,
        closing_minor=closing,
        entries=entries,
    )


def _entries(node: Node, zone: tzinfo) -> list[Entry]:
    status = text_of(node, "Sts/Cd") or text_of(node, "Sts")
    if status != "BOOK":
        return []
    details = all_of(node, "NtryDtls/TxDtls")
    amount = _amount(node)
    whole = _entry(node, details[0] if len(details) == 1 else None, amount, zone)
    parts = [_amount_of_detail(detail) for detail in details]
    if len(details) > 1 and all(part is not None for part in parts):
        split = [
            _entry(node, detail, part, zone)
            for detail, part in zip(details, parts, strict=True)
            if part is not None
        ]
        same = {part.currency for part in split} == {whole.currency}
        if same and sum(part.signed_minor for part in split) == whole.signed_minor:
            return split
    return [whole]


def _entry(node: Node, detail: Node | None, amount: Money, zone: tzinfo) -> Entry:
    place = node if detail is None else detail
    booked_on = day_of(text_of(node, "BookgDt/Dt") or text_of(node, "BookgDt/DtTm"), zone)
    value_on = day_of(text_of(node, "ValDt/Dt") or text_of(node, "ValDt/DtTm"), zone)
    if booked_on is None and value_on is None:
        raise ValueError(_("an entry has no date"))
    is_credit = _is_credit(text_of(place, "CdtDbtInd") or text_of(node, "CdtDbtInd"))
    reference = text_of(place, "Refs/AcctSvcrRef") or text_of(node, "AcctSvcrRef")
    party, account = ("Dbtr", "DbtrAcct") if is_credit else ("Cdtr", "CdtrAcct")
    return Entry(
        booked_on=booked_on or value_on or date.min,
        value_on=value_on,
        amount_minor=amount.amount_minor,
        currency=amount.currency,
        is_credit=is_credit,
        is_reversal=text_of(node, "RvslInd") in {"true", "1"},
        end_to_end_id=_told(text_of(place, "Refs/EndToEndId")),
        message_id=_batch_id(node, detail, "MsgId"),
        payment_id=_batch_id(node, detail, "PmtInfId"),
        bank_reference=reference or text_of(node, "NtryRef"),
        remittance=_remittance(place)
        or text_of(place, "AddtlTxInf")
        or text_of(node, "AddtlNtryInf"),
        counterparty_name=text_of(place, f"RltdPties/{party}/Nm")
        or text_of(place, f"RltdPties/{party}/Pty/Nm"),
        counterparty_iban=text_of(place, f"RltdPties/{account}/Id/IBAN")
        or text_of(place, f"RltdPties/{account}/Id/Othr/Id"),
        return_reason=text_of(place, "RtrInf/Rsn/Cd") or text_of(place, "RtrInf/Rsn/Prtry"),
    )


def _batch_id(node: Node, detail: Node | None, name: str) -> str:
    """The id of a file or payment instruction: of a detail, the batch, or of all its details."""
    if detail is not None and (own := _told(text_of(detail, f"Refs/{name}"))):
        return own
    if batch := _told(text_of(node, f"NtryDtls/Btch/{name}")):
        return batch
    named = {_told(text_of(each, f"Refs/{name}")) for each in all_of(node, "NtryDtls/TxDtls")}
    return named.pop() if len(named) == 1 else ""


def _is_credit(indicator: str) -> bool:
    if indicator not in {"CRDT", "DBIT"}:
        raise ValueError(_("an amount is neither a credit nor a debit"))
    return indicator == "CRDT"


def _remittance(place: Node) -> str:
    paths = ("Ustrd", "Strd/CdtrRefInf/Ref", "Strd/RfrdDocInf/Nb", "Strd/AddtlRmtInf")
    told = [text.text or "" for path in paths for text in all_of(place, f"RmtInf/{path}")]
    return " ".join(" ".join(told).split())


def _told(text: str) -> str:
    """Banks write NOTPROVIDED for a missing value."""
    return "" if text.upper() == "NOTPROVIDED" else text


def _amount(node: Node) -> Money:
    found = next(iter(all_of(node, "Amt")), None)
    if found is None:
        raise ValueError(_("the amount is missing"))
    return money_of(found)


def _amount_of_detail(detail: Node) -> Money | None:
    places = ("Amt", "AmtDtls/TxAmt/Amt")
    found = next((node for place in places for node in all_of(detail, place)), None)
    return None if found is None else money_of(found)


def _signed(balance: Node) -> int:
    amount = _amount(balance).amount_minor
    return amount if _is_credit(text_of(balance, "CdtDbtInd")) else -amount
