"""Answers as banks write them, of payout lines: pain.002 (.03, .10) and camt.053 (.02, .08)."""

from collections.abc import Sequence

from marketplace.core.money import Money
from marketplace.payouts.models import PayoutLine

MESSAGE = "urn:iso:std:iso:20022:tech:xsd:"


def amount(line: PayoutLine) -> str:
    money = Money(line.amount_minor, line.run.currency)
    return f'Ccy="{money.currency}">{money.decimal:.2f}'


def pain002(
    message_id: str,
    group: str,
    payments: Sequence[tuple[PayoutLine, str, str]],
    *,
    version: str = "03",
) -> bytes:
    """A report on a file: its status, and those of single payments with a reason's code."""
    told = "".join(
        "<OrgnlPmtInfAndSts>"
        f"<OrgnlPmtInfId>{message_id}</OrgnlPmtInfId>"
        f"<TxInfAndSts><OrgnlEndToEndId>{line.end_to_end_id}</OrgnlEndToEndId>"
        f"<TxSts>{status}</TxSts>"
        + (f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else "")
        + f"<OrgnlTxRef><Amt><InstdAmt {amount(line)}</InstdAmt></Amt></OrgnlTxRef>"
        "</TxInfAndSts></OrgnlPmtInfAndSts>"
        for line, status, reason in payments
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{MESSAGE}pain.002.001.{version}">'
        "<CstmrPmtStsRpt>"
        "<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-11-27T08:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{message_id}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId><GrpSts>{group}</GrpSts>"
        f"</OrgnlGrpInfAndSts>{told}</CstmrPmtStsRpt></Document>"
    ).encode()


def camt053(
    entries: Sequence[tuple[PayoutLine, str, str]], *, number: int = 1, version: str = "02"
) -> bytes:
    """A statement: money that left (DBIT) and came back (CRDT) with a reason's code."""
    booked = "BOOK" if version == "02" else "<Cd>BOOK</Cd>"
    told = "".join(
        f"<Ntry><Amt {amount(line)}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts>{booked}</Sts>"
        "<BookgDt><Dt>2026-11-27</Dt></BookgDt><ValDt><Dt>2026-11-27</Dt></ValDt>"
        "<BkTxCd><Prtry><Cd>NTRF</Cd></Prtry></BkTxCd>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{line.end_to_end_id}</EndToEndId></Refs>"
        + (f"<RtrInf><Rsn><Cd>{reason}</Cd></Rsn></RtrInf>" if reason else "")
        + "</TxDtls></NtryDtls></Ntry>"
        for line, way, reason in entries
    )
    balance = (
        "<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy='MAD'>0.00</Amt>"
        "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-27</Dt></Dt></Bal>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{MESSAGE}camt.053.001.{version}">'
        "<BkToCstmrStmt>"
        "<GrpHdr><MsgId>ST-1</MsgId><CreDtTm>2026-11-27T20:00:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>ST-{number}</Id><CreDtTm>2026-11-27T20:00:00</CreDtTm>"
        "<Acct><Id><Othr><Id>011519000001205000534921</Id></Othr></Id><Ccy>MAD</Ccy></Acct>"
        + balance.format("OPBD")
        + balance.format("CLBD")
        + f"{told}</Stmt></BkToCstmrStmt></Document>"
    ).encode()
