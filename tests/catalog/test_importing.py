"""A messy file: what it did or why not, row by row; the same file twice changes nothing."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from catalog.errors import UnreadableFile
from catalog.import_file import read_rows
from catalog.import_rows import Defaults
from catalog.markets import market_of
from catalog.models import Listing, ListingPage, ListingRevision
from catalog.services import import_listings
from marketplace.core.outbox import deliver_events
from search.query import SearchQuery
from search.search import search
from tests.factories.listings import listing_page
from tests.factories.shop import BY
from tests.factories.vendors import make_member
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope

FILE = """gs1_prefix_country,gtin13,name_as_entered,ingredients,price,weight_grams,quantity
LB,5280122341129,كاري,كاري,20,500,10
LB,5280190010279,Crunchy Muesli,,31.50,500,10
TN,6190000000001,Harissa &quot;Le Phare&quot; 380 g,piment,35,410,7
TN,6190000000001,Harissa encore,,35,410,7
MA,6110000000002,   ,sel,20,500,10
MA,6110000000003,1234,,20,500,10
MA,6110000000004,عسل الزعتر,,120,650,10
"""


def file_of(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def rows_of(text: str) -> list[object]:
    return list(read_rows(file_of(text), Defaults(market_of("ma"))))


@pytest.mark.django_db
def test_every_row_is_imported_or_says_why_not(cooperative: Cooperative) -> None:
    seen: list[tuple[int, int]] = []

    report = import_listings(
        file=file_of(FILE),
        cooperative=cooperative,
        by=BY,
        progress=lambda done, total: seen.append((done, total)),
    )

    assert [(row.row, row.outcome, row.reason) for row in report.rows] == [
        (2, "imported", ""),
        (3, "imported", ""),
        (4, "imported", ""),
        (5, "skipped", "The same product as in row 4."),
        (6, "skipped", "The name is empty."),
        (7, "skipped", "The name has no letters."),
        (8, "imported", ""),
    ]
    assert report.rows[0].notes == []
    assert seen == [(4, 4)]
    # and they are in the shop, in the language of their letters
    harissa = ListingPage.objects.get(slug=report.rows[2].slug)
    assert harissa.names == {"fr": 'Harissa "Le Phare" 380 g'}
    assert (harissa.net_quantity, harissa.weight_grams) == ("380 g", 410)
    # A code's prefix says where the code was given out, not where the product comes from.
    assert harissa.origin_country == ""
    assert ListingPage.objects.get(slug=report.rows[6].slug).names == {"ar": "عسل الزعتر"}
    # and search finds them, however they are spelt
    deliver_events()
    assert [hit.listing.slug for hit in search(SearchQuery(text="عَسَل الزعتــر")).hits] == [
        report.rows[6].slug
    ]
    # and the same file again changes nothing
    again = import_listings(file=file_of(FILE), cooperative=cooperative, by=BY)
    assert again.count("imported") == 0
    assert {(row.outcome, row.reason) for row in again.rows if row.row in {2, 3, 4, 8}} == {
        ("unchanged", "Already imported.")
    }
    scope = CooperativeScope(cooperative.pk)
    assert Listing.objects.within(scope).count() == 4


@pytest.mark.django_db
def test_the_command_reports_for_people_and_programs(
    cooperative: Cooperative, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "products.csv"
    path.write_text(FILE, encoding="utf-8")

    call_command("import_listings", str(path), cooperative=cooperative.slug, dry_run=True)
    told = capsys.readouterr().out
    assert "row 6: skipped: The name is empty." in told
    assert "4 valid, 3 skipped" in told
    assert not ListingPage.objects.exists()

    call_command("import_listings", str(path), cooperative=cooperative.slug, json=True)
    out = json.loads(capsys.readouterr().out)
    assert out["counts"] == {
        "imported": 4,
        "draft": 0,
        "joined": 0,
        "unchanged": 0,
        "valid": 0,
        "skipped": 3,
        "failed": 0,
        "waiting": 0,
    }
    with pytest.raises(CommandError, match="There is no cooperative 'nobody'"):
        call_command("import_listings", str(path), cooperative="nobody")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_listings", str(tmp_path / "none.csv"), cooperative=cooperative.slug)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"])
def test_a_file_without_names_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile):
        rows_of(text)


def test_a_full_row_is_read_as_written() -> None:
    (row,) = read_rows(
        file_of(
            "key,name_ar,name_fr,description_fr,taxonomy,quality_marks,weight_grams,quantity,"
            "price_ma-mad,price_tn-tnd\n"
            "A1,عسل,Miel,Très doux,honey-thyme,organic|igp,400,7,95.50,12.345\n"
        ),
        Defaults(market_of("ma")),
    )
    assert row.content is not None
    assert row.content.prices == {"ma-mad": 9550, "tn-tnd": 12345}
    assert row.content.hs_code == "040900"
    assert row.content.category_slug == "honey"
    assert row.content.quality_marks == ["organic", "igp"]
    assert (row.content.weight_grams, row.content.quantity) == (400, 7)
    assert row.notes == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cells", "lacks"),
    [
        (",,", ["price", "quantity", "weight"]),
        ("35,,", ["quantity", "weight"]),
        ("35,12,", ["weight"]),
        (",12,400 g", ["price"]),
        ("35,,400 g", ["quantity"]),
    ],
)
def test_a_row_without_a_price_a_weight_or_a_quantity_becomes_a_draft_that_says_so(
    cooperative: Cooperative, cells: str, lacks: list[str]
) -> None:
    text = f"key,name,price_ma-mad,quantity,weight\nA1,Amlou 350 g,{cells}\n"

    tried = import_listings(file=file_of(text), cooperative=cooperative, by=BY, dry_run=True)
    assert (tried.rows[0].outcome, tried.rows[0].lacks) == ("draft", lacks)
    assert not Listing.objects.within(CooperativeScope(cooperative.pk)).exists()

    (row,) = import_listings(file=file_of(text), cooperative=cooperative, by=BY).rows
    assert (row.outcome, row.lacks) == ("draft", lacks)
    assert row.reason == f"Kept as a draft. It lacks: {', '.join(lacks)}."
    revision = ListingRevision.objects.within(CooperativeScope(cooperative.pk)).get()
    assert (revision.state, revision.listing.slug) == ("draft", row.slug)
    # then nothing was made up, and nobody can buy it
    proposed = revision.proposed
    made_up = {
        "price": proposed.prices, "quantity": proposed.quantity, "weight": proposed.weight_grams,
    }  # fmt: skip
    assert not any(made_up[name] for name in lacks)
    assert proposed.net_quantity == "350 g"
    assert not ListingPage.objects.exists()
    # and the same file again changes nothing
    (again,) = import_listings(file=file_of(text), cooperative=cooperative, by=BY).rows
    assert (again.outcome, again.slug) == ("unchanged", row.slug)
    assert again.reason == "Already imported, as a draft. Complete it in the portal."


@pytest.mark.django_db
def test_the_page_of_a_draft_says_what_it_lacks(client: Client, cooperative: Cooperative) -> None:
    import_listings(file=file_of("name\nAmlou\n"), cooperative=cooperative, by=BY)
    listing = Listing.objects.within(CooperativeScope(cooperative.pk)).get()
    client.force_login(make_member(cooperative))
    client.cookies["twiza_language"] = "fr"

    page = client.get(f"/portal/{cooperative.slug}/listings/{listing.pk}/").content.decode()

    missing = page.split(" manquantes")[1].split("</ul>")[0]
    assert missing.count("<li>") == 3
    assert "prix" in missing
    assert "poids" in missing
    assert "quantité" in missing


@pytest.mark.django_db
def test_a_price_far_from_usual_ones_is_noted(cooperative: Cooperative) -> None:
    listing_page("honey-thyme", prices={"ma": 9_000})
    rows = "A1,Miel,90,12,650 g,honey\nA2,Miel fin,12345.00,12,650 g,honey\n"
    text = f"key,name,price,quantity,weight,category\n{rows}"

    near, far = import_listings(
        file=file_of(text), cooperative=cooperative, by=BY, dry_run=True
    ).rows

    assert near.notes == []
    assert "90" in far.notes[0]
