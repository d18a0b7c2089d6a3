"""Tables of banks: as they are sent, with what stands around the entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money import Money
from marketplace.payments.bank_statements import Statement, StatementUnreadable, read_csv


def read(*lines: str, currency: str = "MAD", encoding: str = "utf-8") -> Statement:
    return read_csv("\n".join(lines).encode(encoding), currency=currency)


def amounts(statement: Statement) -> list[int]:
    return [entry.signed_minor for entry in statement.entries]


def refused_line(*lines: str, currency: str = "MAD") -> int:
    with pytest.raises(StatementUnreadable) as refused:
        read(*lines, currency=currency)
    line = refused.value.params["line"]
    assert isinstance(line, int)
    return line


def test_a_minus_in_the_credit_column_is_money_that_went_out() -> None:
    statement = read("Date;Libellé;Débit;Crédit", "04/11/2026;ANNULATION VIREMENT;;-275,00")
    assert amounts(statement) == [-27_500]
    assert not statement.entries[0].is_credit


@pytest.mark.parametrize(
    ("debits", "expected"),
    [
        (("-12,00", "-3,50"), [-1200, -350]),
        (("12,00", "3,50"), [-1200, -350]),
        (("12,00", "-3,50"), [-1200, 350]),
        (("-12,00",), [-1200]),
    ],
)
def test_debits_with_a_minus_go_out_unless_others_have_none(
    debits: tuple[str, ...], expected: list[int]
) -> None:
    rows = [f"04/11/2026;FRAIS;{debit};" for debit in debits]
    assert amounts(read("Date;Libellé;Débit;Crédit", *rows)) == expected


def test_zero_in_the_unused_column_is_no_amount() -> None:
    statement = read(
        "Date;Libellé;Débit;Crédit",
        "04/11/2026;FRAIS;7,50;0,00",
        "05/11/2026;VIR RECU;0,00;75,00",
        "05/11/2026;INFORMATION;0,00;0,00",
    )
    assert amounts(statement) == [-750, 7_500]
    assert [row.line for row in statement.left_out] == [4]


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_what_stands_above_and_below_the_entries_is_no_entry(mark: str) -> None:
    statement = read(
        *(
            line.replace(";", mark)
            for line in (
                "sep=;",
                "Banque Tajriba;;;",
                "Compte;011 810 0000 1234 5678 9012 42;;",
                "",
                "Date opération;Libellé;Débit (MAD);Crédit (MAD)",
                "04/11/2026;VIR RECU TWZ-4K7Q-2M9X;;1 675.50",
                "Total;;;1 675.50",
                ";Solde au 30/11/2026;;1 675.50",
                "Page 1/1;;;",
            )
        )
        if mark != ","
        else (
            "Date,Label,Debit,Credit",
            "04/11/2026,VIR RECU TWZ-4K7Q-2M9X,,1675.50",
            "Total,,,1675.50",
        )
    )
    assert amounts(statement) == [167_550]
    assert statement.left_out[0].text.startswith("Total")


def test_the_account_above_the_headers_is_that_of_the_statement() -> None:
    statement = read("RIB;011 810 00;", "Date;Libellé;Montant", "04/11/2026;VIR;5,00")
    assert statement.account == "01181000"


@pytest.mark.parametrize("label", ["TOTAL ENERGIES RABAT", "VIR SOLDE FACTURE 12"])
def test_an_entry_whose_text_names_a_total_stays_an_entry(label: str) -> None:
    assert amounts(read("Date;Libellé;Montant", f"04/11/2026;{label};-120,00")) == [-12_000]


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("75,00-", -7_500),
        ("75,00 MAD", 7_500),
        ("75,00 DH", 7_500),
        ("(75,00)", -7_500),
        ("\u221275,00", -7_500),
        ("75,00 D", -7_500),
        ("75,00 CR", 7_500),
        ("٢٬٣٤٥٫٦٠", 234_560),
        ("2\u202f345,60", 234_560),
    ],
)
def test_amounts_are_read_as_banks_write_them(written: str, minor: int) -> None:
    assert amounts(read("Date;Libellé;Montant", f"04/11/2026;VIR;{written}")) == [minor]


def test_the_side_in_a_column_of_its_own() -> None:
    statement = read("Date;Libellé;Montant;Sens", "04/11/2026;A;7,00;D", "04/11/2026;B;7,00;C")
    assert amounts(statement) == [-700, 700]


def test_another_currency_beside_an_amount_refuses_the_file() -> None:
    assert refused_line("Date;Libellé;Montant", "04/11/2026;A;7,00", "04/11/2026;B;7,00 €") == 3


def test_arabic_headers_days_and_digits() -> None:
    rows = ("التاريخ;البيان;مدين;دائن", "٠٤/١١/٢٠٢٦;تحويل;;٢٬٣٤٥٫٦٠", "المجموع;;;٢٬٣٤٥٫٦٠")
    assert amounts(read(*rows)) == [234_560]
    assert amounts(read("التاريخ;البيان;المبلغ", "04/11/2026;تحويل;45,5", encoding="cp1256")) == [
        4_550
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_in_each_usual_encoding(encoding: str) -> None:
    statement = read("Date;Libellé;Montant", "04/11/2026;Chèque;5,00", encoding=encoding)
    assert statement.entries[0].remittance == "Chèque"


def test_line_ends_of_old_machines() -> None:
    content = b"Date;Montant\r04/11/2026;5,00\r05/11/2026;6,00\r"
    assert amounts(read_csv(content)) == [500, 600]


@pytest.mark.parametrize(
    "rows",
    [
        ('04/11/2026;"VIR;5,00', "05/11/2026;VIR;6,00"),
        ('04/11/2026;"VIR;5,00', '05/11/2026;VIR 2";6,00'),
        ('04/11/2026;"VIR;5,00', '05/11/2026;"VIR 3";6,00'),
    ],
)
def test_an_unclosed_quotation_mark_swallows_no_row(rows: tuple[str, ...]) -> None:
    assert refused_line("Date;Libellé;Montant", "03/11/2026;A;1,00", *rows) == 3


def test_a_text_of_two_lines_is_one_text() -> None:
    statement = read("Date;Libellé;Montant", '04/11/2026;"VIR RECU', 'TWZ-4K7Q-2M9X";5,00')
    assert statement.entries[0].remittance == "VIR RECU TWZ-4K7Q-2M9X"


@pytest.mark.parametrize(
    "row",
    [
        "04/11/2026;A;5,00;6,00",
        "04/11/2026;A;;5,00;7,00",
        ";A;;5,00",
        "31/02/2026;A;;5,00",
        "11/24/2026;A;;5,00",
        "04/11/2026;A;;cinq",
        "04/11/2026;A\0;;5,00",
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_its_line(row: str) -> None:
    header = "Date;Libellé;Débit;Crédit"
    assert refused_line(header, "03/11/2026;B;;1,00", row) == 3


def test_two_readings_are_decided_by_clear_rows_or_refused() -> None:
    header, doubtful = "Date;Libellé;Montant", "05/11/2026;B;17.250"
    clear_group = read(header, "04/11/2026;A;1234,500", doubtful, currency="TND")
    clear_decimal = read(header, "04/11/2026;A;0.500", doubtful, currency="TND")
    assert amounts(clear_decimal) == [500, 17_250]
    assert refused_line(header, "04/11/2026;A;17", doubtful, currency="TND") == 3
    assert amounts(clear_group) == [1_234_500, 17_250_000]


def test_a_balance_beside_each_entry_must_follow() -> None:
    header = "Date;Libellé;Montant;Solde"
    rows = ("04/11/2026;A;5,00;105,00", "05/11/2026;B;-2,00;103,00")
    statement = read(header, *rows)
    newest_first = read(header, *reversed(rows))
    assert (statement.opening_minor, statement.closing_minor) == (10_000, 10_300)
    assert (newest_first.opening_minor, newest_first.closing_minor) == (10_000, 10_300)
    assert refused_line(header, rows[0], "05/11/2026;C;7,00;112,50", "06/11/2026;D;1,00;1,00") == 3


def test_rows_of_balances_are_checked_against_the_entries() -> None:
    header = "Date;Libellé;Débit;Crédit"
    around = (";Solde initial;;100,00", ";Solde final;;105,00")
    complete = read(header, around[0], "04/11/2026;A;;5,00", around[1])
    lacking = read(header, around[0], "04/11/2026;A;;4,00", around[1])
    assert (complete.is_complete, lacking.is_complete) == (True, False)


@given(
    st.lists(st.integers(-10_000_000, 10_000_000).filter(bool), min_size=1, max_size=20),
    st.sampled_from([";", "\t"]),
    st.booleans(),
)
def test_what_a_bank_writes_is_read_whole(minor: list[int], mark: str, as_columns: bool) -> None:
    rows = []
    for number, amount in enumerate(minor):
        written = f"{Money(abs(amount), 'MAD').decimal}".replace(".", ",")
        day = f"{1 + number % 28:02}/11/2026"
        if as_columns:
            cells = [day, "VIR", "" if amount > 0 else written, written if amount > 0 else ""]
        else:
            cells = [day, "VIR", f"-{written}" if amount < 0 else written]
        rows.append(mark.join(cells))
    header = ["Date", "Libellé", *(["Débit", "Crédit"] if as_columns else ["Montant"])]
    assert amounts(read(mark.join(header), *rows)) == minor
