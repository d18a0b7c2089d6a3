"""Files as people send them: what cannot be read says where, and nothing of it is lost."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from catalog.errors import UnreadableFile
from catalog.import_file import read_rows
from catalog.import_report import COLUMNS, write_report
from catalog.import_rows import Defaults, ImportRow
from catalog.markets import market_of
from catalog.models import Listing
from catalog.services import ImportReport, RowReport
from marketplace.core.formats import Format
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope


def rows_of(text: str | bytes) -> list[ImportRow]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_rows(io.BytesIO(data), Defaults(market_of("ma"))))


def refusal(text: str | bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        rows_of(text)
    return " ".join(str(words) for words in refused.value.errors.values())


def test_a_file_that_is_no_table_is_refused_with_the_line() -> None:
    assert refusal("remark,gtin\nMiel,1\n") == (
        "Line 1: No column is called name, name_ar, name_fr or name_en. Found: remark, gtin."
    )
    assert refusal("name,Name\nMiel,Miel\n") == "Line 1: two columns are called “name”."
    assert refusal('key,"name,price\nA1,Miel,120\n') == (
        "Line 1: a quotation mark is not closed or is misplaced."
    )
    assert refusal("") == "This file cannot be read. Use a CSV file in UTF-8."


def test_a_quotation_mark_left_open_does_not_swallow_the_rows_below() -> None:
    text = 'name,description\nMiel,doux\nHuile,"vierge\nSavon,noir\nThé,vert\n'

    assert refusal(text) == "Line 3: a quotation mark is not closed or is misplaced."


def test_the_fields_may_be_parted_as_french_spreadsheets_do() -> None:
    (row,) = rows_of('\ufeffname_fr;price_ma-mad;quantity\nMiel, toutes fleurs;95,50;"7"\n')

    assert row.content is not None
    assert (row.name, row.content.prices, row.content.quantity) == (
        "Miel, toutes fleurs",
        {"ma-mad": 9550},
        7,
    )


def test_a_row_of_another_shape_says_so() -> None:
    more, fewer, _last = rows_of(
        "name,quantity,origin_country\nMiel,1,MA,doux\nHuile,2\nSel,1,MA\n"
    )

    assert (more.content, more.problem) == (
        None,
        "The row has more fields than the header. "
        "Does it contain a text with a comma and no quotation marks?",
    )
    assert fewer.content is not None
    assert fewer.notes[0] == "The row has fewer fields than the header."


def test_a_huge_field_costs_only_its_row() -> None:
    huge = "x" * 200_000
    long = "y" * 5_000
    first, second, third = rows_of(f"name,description\nMiel,{huge}\nHuile,{long}\nSel,fin\n")

    assert (first.name, first.problem) == (
        "Miel",
        "A field is too long. The limit is 100,000 characters.",
    )
    assert second.content is not None
    assert len(second.content.texts["fr"].description) == 4000
    assert "The description was cut after 4000 characters." in second.notes
    assert third.content is not None
    assert (third.number, third.line) == (4, 4)


def test_a_row_of_several_lines_is_told_with_its_first_line() -> None:
    first, second = rows_of('name,description\nMiel,"doux\net clair"\nSel,fin\n')

    assert [(first.number, first.line), (second.number, second.line)] == [(2, 2), (3, 4)]


@pytest.mark.parametrize("price", ["1e999999", "NaN", "-5", "=1+1", "9" * 20, "12 €", "0"])
def test_a_price_that_is_none_is_the_rows_problem_with_column_and_value(price: str) -> None:
    (row,) = rows_of(f'name,price_ma-mad\nMiel,"{price}"\n')

    assert row.content is None
    assert row.problem.startswith(f"column “price_ma-mad”, “{price}”: Enter ")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_price_that_can_mean_two_amounts_sets_its_row_aside_with_both(language: str) -> None:
    with translation.override(language):
        asked, clear = rows_of('name,price\nMiel,"1,500"\nHuile,"1 500,00"\n')
        both = [Format(language).money(minor, "MAD") for minor in (150, 150_000)]

    assert asked.content is None
    assert all(text in asked.problem for text in ("price", "1,500", *both))
    assert clear.content is not None
    assert clear.content.prices == {"ma-mad": 150_000}


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Nom;Prix;Quantité;Poids", "Miel;1.234,50;1 000;0,650 kg"),
        ("PRODUIT;PRIX;QTÉ;Poids (g)", "Miel;1234,50 DH;1000.0;650"),
        ("الاسم;الثمن;الكمية;الوزن", "Miel;١٬٢٣٤٫٥٠;١٠٠٠;٦٥٠ غ"),
        ("Name;Price_MA-MAD;Stock;weight", "Miel;1,234.50;1,000;650 g"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff\ufeff", "sep=;\n"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_files_as_spreadsheets_save_them(
    heading: str, row: str, line_end: str, start: str, coding: str
) -> None:
    text = f"{start}{heading}\n{row}\n".replace("\n", line_end)

    (read,) = rows_of(text.encode(coding))

    assert read.content is not None
    assert (read.name, read.lacks, read.problem) == ("Miel", [], "")
    content = read.content
    assert (content.prices, content.quantity) == ({"ma-mad": 123_450}, 1000)
    assert content.weight_grams == 650


@pytest.mark.parametrize(
    ("column", "value"),
    [("weight", "650"), ("weight", "0 g"), ("weight", "1,5 g"), ("weight_grams", "0"),
     ("weight_grams", "-4"), ("quantity", "many"), ("quantity", "2,5"), ("quantity", "9" * 11)],
)  # fmt: skip
def test_a_weight_or_count_that_is_none_is_told_with_column_and_value(
    column: str, value: str
) -> None:
    (row,) = rows_of(f'name,{column}\nMiel,"{value}"\n')

    assert row.content is None
    assert row.problem.startswith(f"column “{column}”, “{value}”: Enter ")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Cire&paraffine", "Cire&paraffine"),
        ("Sel &amp; poivre", "Sel & poivre"),
        ("Th&eacute; &copy", "Thé &copy"),
        ("Savon &nonsense; &#8217;", "Savon &nonsense; ’"),
        ("A&parafoo;", "A&parafoo;"),
    ],
)
def test_an_entity_ends_with_a_semicolon(written: str, name: str) -> None:
    (row,) = rows_of(f'name\n"{written}"\n')
    assert row.name == name


def test_a_country_in_words_is_left_out_not_guessed() -> None:
    (row,) = rows_of("name,origin_country\nMiel,Morocco\n")

    assert row.content is not None
    assert row.content.origin_country == ""
    assert row.notes[0] == "The origin is not a two-letter country code, ignored."


def test_the_report_holds_no_formula(tmp_path: Path) -> None:
    report = ImportReport()
    report.rows.append(RowReport(2, '=HYPERLINK("http://x")', "skipped", "-1", key="+212", line=2))
    path = tmp_path / "report.csv"

    write_report(report, path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        heading, row = csv.reader(file)
    assert tuple(heading) == COLUMNS
    assert row == ["2", "2", "'+212", '\'=HYPERLINK("http://x")', "skipped", "'-1", "", ""]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.django_db
def test_the_command_writes_the_report_in_the_language_asked_for(
    cooperative: Cooperative, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = tmp_path / "goods.csv", tmp_path / "report.csv"
    path.write_text(
        "key,name,price,weight,quantity,beside\n"
        "A1,Miel,9,1 kg,1,x\nA1,Miel encore,9,1 kg,1,x\nA2,,,,,x\n",
        encoding="utf-8",
    )
    asked = {"cooperative": cooperative.slug, "report": report, "lang": "fr"}

    call_command("import_listings", str(path), **asked)

    told = capsys.readouterr()
    assert "Columns that are not read: beside" in told.err
    assert "1 imported, 2 skipped" in told.out
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["row"], row["key"], row["outcome"], row["reason"]) for row in rows] == [
        ("2", "A1", "imported", ""),
        ("3", "A1", "skipped", "Le même produit qu’à la ligne 2."),
        ("4", "A2", "skipped", "Le nom est vide."),
    ]
    assert rows[0]["listing"].startswith("miel-")
    # and once more: nothing changes, and it says so
    call_command("import_listings", str(path), **asked)
    assert "1 unchanged, 2 skipped\nNothing was changed." in capsys.readouterr().out


@pytest.mark.django_db
def test_a_file_with_a_fault_at_its_end_imports_nothing(
    cooperative: Cooperative, tmp_path: Path
) -> None:
    path = tmp_path / "goods.csv"
    path.write_text('name\nMiel\n"forêt\n', encoding="utf-8")

    with pytest.raises(CommandError, match="Line 3: a quotation mark"):
        call_command("import_listings", str(path), cooperative=cooperative.slug)

    assert not Listing.objects.within(CooperativeScope(cooperative.pk)).exists()


@pytest.mark.django_db
def test_programs_read_the_lines_and_keys(
    cooperative: Cooperative, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "goods.csv"
    path.write_text('key,name\nA1,"Miel\nclair"\nA2,Sel\n', encoding="utf-8")

    call_command("import_listings", str(path), cooperative=cooperative.slug, json=True)

    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(row["line"], row["key"], row["name"]) for row in rows] == [
        (2, "A1", "Miel clair"),
        (4, "A2", "Sel"),
    ]
