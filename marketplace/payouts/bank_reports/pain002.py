"""pain.002, the customer payment status report of ISO 20022, in whichever version.

Elements are found by their local names. A status of the whole file or of its payment instruction
holds for every payment of it that has none of its own: an accepted file with two payments refused
is accepted, and those two came back.
"""

from typing import Any

from lxml import etree

from marketplace.core.money import Money
from marketplace.payouts.bank_reports.status_texts import Answer, Word, verdict_of
from marketplace.payouts.errors import AnswerUnreadable
from marketplace.payouts.models import AnswerKind, Verdict

# An lxml element, whose published types are private.
Node = Any


def read_pain002(content: bytes) -> Answer:
    """The words of a report; raises AnswerUnreadable."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root: Node = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise AnswerUnreadable(reason=error.msg) from error
    if root.getroottree().docinfo.doctype:
        raise AnswerUnreadable(reason="DOCTYPE")
    report = _first(root, "CstmrPmtStsRpt")
    if report is None:
        raise AnswerUnreadable(reason="CstmrPmtStsRpt")
    group = _first(report, "OrgnlGrpInfAndSts")
    message_id = _text(group, "OrgnlMsgId") if group is not None else ""
    words: list[Word] = []
    if group is not None:
        words += _whole(group, "GrpSts", message_id)
    for payment in _all(report, "OrgnlPmtInfAndSts"):
        words += _whole(payment, "PmtInfSts", message_id)
        words += [w for node in _all(payment, "TxInfAndSts") if (w := _one(node, message_id))]
    return Answer(AnswerKind.PAIN002, tuple(dict.fromkeys(words)))


def _whole(node: Node, status: str, message_id: str) -> list[Word]:
    verdict = verdict_of(_text(node, status))
    if verdict is None:
        return []
    return [Word(verdict, message_id, reason=_reason(node) if verdict == Verdict.RETURNED else "")]


def _one(node: Node, message_id: str) -> Word | None:
    verdict = verdict_of(_text(node, "TxSts"))
    if verdict is None:
        return None
    amount, currency = _amount(node)
    return Word(
        verdict, message_id, _text(node, "OrgnlEndToEndId"), amount, currency, _reason(node)
    )


def _amount(node: Node) -> tuple[int | None, str]:
    found = _first(node, "OrgnlTxRef/Amt/InstdAmt")
    if found is None:
        return None, ""
    currency = found.get("Ccy") or ""
    try:
        return Money.from_decimal((found.text or "").strip(), currency).amount_minor, currency
    except (ValueError, ArithmeticError) as error:
        raise AnswerUnreadable(reason="InstdAmt") from error


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
