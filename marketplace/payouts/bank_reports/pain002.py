"""pain.002, the customer payment status report of ISO 20022, in whichever version.

Elements are matched by local name. The status of the file or of its payment instruction applies to
every payment without a status of its own: an accepted file with two rejected payments is accepted
but for those two, which are returned.
"""

from typing import Any

from lxml import etree

from marketplace.core.money import Money
from marketplace.payouts.bank_reports.report import ParsedReport, ReportedPayment, status_of
from marketplace.payouts.errors import BankReportUnreadable
from marketplace.payouts.models import BankReportKind, ReportedStatus

# An lxml element, whose published types are private.
Node = Any


def read_pain002(content: bytes) -> ParsedReport:
    """Parse a pain.002 report; raises BankReportUnreadable."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root: Node = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BankReportUnreadable(reason=error.msg) from error
    if root.getroottree().docinfo.doctype:
        raise BankReportUnreadable(reason="DOCTYPE")
    report = _first(root, "CstmrPmtStsRpt")
    if report is None:
        raise BankReportUnreadable(reason="CstmrPmtStsRpt")
    group = _first(report, "OrgnlGrpInfAndSts")
    message_id = _text(group, "OrgnlMsgId") if group is not None else ""
    payments: list[ReportedPayment] = []
    if group is not None:
        payments += _whole(group, "GrpSts", message_id)
    for payment in _all(report, "OrgnlPmtInfAndSts"):
        payments += _whole(payment, "PmtInfSts", message_id)
        payments += [p for n in _all(payment, "TxInfAndSts") if (p := _one(n, message_id))]
    return ParsedReport(BankReportKind.PAIN002, tuple(dict.fromkeys(payments)))


def _whole(node: Node, tag: str, message_id: str) -> list[ReportedPayment]:
    status = status_of(_text(node, tag))
    if status is None:
        return []
    reason = _reason(node) if status == ReportedStatus.RETURNED else ""
    return [ReportedPayment(status, message_id, reason=reason)]


def _one(node: Node, message_id: str) -> ReportedPayment | None:
    status = status_of(_text(node, "TxSts"))
    if status is None:
        return None
    amount, currency = _amount(node)
    return ReportedPayment(
        status, message_id, _text(node, "OrgnlEndToEndId"), amount, currency, _reason(node)
    )


def _amount(node: Node) -> tuple[int | None, str]:
    found = _first(node, "OrgnlTxRef/Amt/InstdAmt")
    if found is None:
        return None, ""
    currency = found.get("Ccy") or ""
    try:
        return Money.from_decimal((found.text or "").strip(), currency).amount_minor, currency
    except (ValueError, ArithmeticError) as error:
        raise BankReportUnreadable(reason="InstdAmt") from error


def _reason(node: Node) -> str:
    parts = [
        _text(node, "StsRsnInf/Rsn/Cd") or _text(node, "StsRsnInf/Rsn/Prtry"),
        *[(each.text or "").strip() for each in _all(node, "StsRsnInf/AddtlInf")],
    ]
    return " ".join(part for part in parts if part)[:200]


def _text(node: Node, path: str) -> str:
    found = _first(node, path)
    return "" if found is None else (found.text or "").strip()


def _first(node: Node, path: str) -> Node | None:
    return next(iter(_all(node, path)), None)


def _all(node: Node, path: str) -> list[Node]:
    found = [node]
    for step in path.split("/"):
        found = [c for parent in found for c in parent if _name(c) == step]
    return found


def _name(node: Node) -> str:
    return str(node.tag).rpartition("}")[2]
