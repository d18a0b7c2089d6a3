"""ISO 20022 pain.001: one payment instruction, one transfer for each line.

Version 001.001.09, and 001.001.03 for banks that do not accept it; both are validated against the
schema of the message.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from lxml import etree

from marketplace.core.money import Money, exponent
from marketplace.payouts.bank_files.names import bank_name
from marketplace.payouts.bank_files.numbers import country_of, local_number
from marketplace.payouts.errors import InvalidBankFile
from marketplace.payouts.models import PayoutLine, PayoutRun

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
OLD_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"


def write(run: PayoutRun, lines: Sequence[PayoutLine]) -> bytes:
    """The file of an approved run: the same bytes each time. Raises InvalidBankFile."""
    return _write(run, lines, NAMESPACE)


def write_old(run: PayoutRun, lines: Sequence[PayoutLine]) -> bytes:
    """The same in version 001.001.03."""
    return _write(run, lines, OLD_NAMESPACE)


def _write(run: PayoutRun, lines: Sequence[PayoutLine], namespace: str) -> bytes:
    if run.approved_at is None:
        raise InvalidBankFile(reason="not approved")
    root = _document(run, run.approved_at, lines, namespace)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    validate(content)
    return content


def _document(
    run: PayoutRun, approved_at: datetime, lines: Sequence[PayoutLine], namespace: str
) -> "etree._Element":
    root = etree.Element(f"{{{namespace}}}Document", nsmap={None: namespace})  # type: ignore[dict-item]
    initiation = _add(root, "CstmrCdtTrfInitn")
    count, total = str(len(lines)), _amount(run.total_minor, run.currency)
    header = _add(initiation, "GrpHdr")
    _add(header, "MsgId", run.reference)
    _add(header, "CreDtTm", approved_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(header, "NbOfTxs", count)
    _add(header, "CtrlSum", total)
    _name(_add(header, "InitgPty"), run.programme.legal_payer)
    payment = _add(initiation, "PmtInf")
    _add(payment, "PmtInfId", run.reference)
    _add(payment, "PmtMtd", "TRF")
    # One entry on the statement for each transfer, so that each is found again.
    _add(payment, "BtchBookg", "false")
    _add(payment, "NbOfTxs", count)
    _add(payment, "CtrlSum", total)
    day = _add(payment, "ReqdExctnDt")
    if namespace == OLD_NAMESPACE:
        day.text = run.execution_on.isoformat()
    else:
        _add(day, "Dt", run.execution_on.isoformat())
    _name(_add(payment, "Dbtr"), run.programme.legal_payer)
    _account(_add(payment, "DbtrAcct"), run.programme.debtor_account)
    _bank(_add(payment, "DbtrAgt"), run.programme.debtor_bic)
    for line in lines:
        _transfer(_add(payment, "CdtTrfTxInf"), run, line)
    return root


def _transfer(node: "etree._Element", run: PayoutRun, line: PayoutLine) -> None:
    _add(_add(node, "PmtId"), "EndToEndId", line.end_to_end_id)
    amount = _add(_add(node, "Amt"), "InstdAmt", _amount(line.amount_minor, run.currency))
    amount.set("Ccy", run.currency)
    if line.account_bic:
        _bank(_add(node, "CdtrAgt"), line.account_bic)
    _name(_add(node, "Cdtr"), line.holder_name)
    _account(_add(node, "CdtrAcct"), line.account_number)
    _add(_add(node, "RmtInf"), "Ustrd", f"Twiza {run.reference}")


def _add(parent: "etree._Element", tag: str, text: str | None = None) -> "etree._Element":
    node = etree.SubElement(parent, f"{{{_namespace(parent)}}}{tag}")
    node.text = text
    return node


def _namespace(node: "etree._Element") -> str:
    return str(etree.QName(node).namespace)


def _name(party: "etree._Element", name: str) -> None:
    _add(party, "Nm", bank_name(name))


def _account(node: "etree._Element", number: str) -> None:
    """An IBAN as such; a Moroccan RIB as a basic account number."""
    number = local_number(country_of(number), number)
    identification = _add(node, "Id")
    if number[:2].isalpha():
        _add(identification, "IBAN", number)
        return
    other = _add(identification, "Othr")
    _add(other, "Id", number)
    _add(_add(other, "SchmeNm"), "Cd", "BBAN")


def _bank(node: "etree._Element", bic: str) -> None:
    institution = _add(node, "FinInstnId")
    if bic:
        _add(institution, "BIC" if _namespace(node) == OLD_NAMESPACE else "BICFI", bic)
    else:
        _add(_add(institution, "Othr"), "Id", "NOTPROVIDED")


def _amount(amount_minor: int, currency: str) -> str:
    return f"{Money(amount_minor, currency).decimal:.{exponent(currency)}f}"


@cache
def _schema(namespace: str) -> "etree.XMLSchema":
    name = f"{namespace.rpartition(':')[2]}.xsd"
    path = files("marketplace.payouts.bank_files").joinpath(name)
    return etree.XMLSchema(etree.fromstring(path.read_bytes()))


def validate(content: bytes) -> None:
    """Check a file against the message's schema; raises InvalidBankFile with the first error."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    document = etree.fromstring(content, parser)
    namespace = _namespace(document)
    try:
        _schema(namespace if namespace == OLD_NAMESPACE else NAMESPACE).assertValid(document)
    except etree.DocumentInvalid as error:
        raise InvalidBankFile(reason=str(error)) from error
