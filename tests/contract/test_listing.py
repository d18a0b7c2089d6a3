"""What buyers see: lists, filters, search, prices, translations, pictures, stock."""

import io

import pytest
from PIL import Image

from tests.contract.bulk_rows import listed, row
from tests.contract.engine import Engine
from tests.contract.pictures import picture, uploaded
from tests.contract.world import Market, Product

pytestmark = [pytest.mark.contract, pytest.mark.django_db]


def slugs(market: Market, **arguments: object) -> list[str]:
    """The slugs a buyer sees, in order."""
    found = listed(market, **arguments)
    return [edge["node"]["slug"] for edge in found["edges"]]


def page_of(slug: str, market: Market, kind: str = "containsAny") -> dict[str, object]:
    reference = {"reference": {"pageSlugs": {kind: [slug]}}}
    return {"attributes": [{"slug": f"cooperative-{market.unique}", "value": reference}]}


def test_a_buyer_sees_price_cooperative_and_stock(market: Market) -> None:
    # given a product with five units
    first = market.cooperatives[0]
    product = market.add_product(first, price=180.5, quantity=5)
    # when a buyer lists the market
    found = listed(market)
    # then everything a card needs is there
    assert found["totalCount"] == 1
    assert found["edges"][0]["node"] == {
        "slug": product.slug,
        "name": "Huile d'argan",
        "isAvailable": True,
        "pricing": {
            "priceRange": {
                "start": {
                    "gross": {"fractionalAmount": 18050, "fractionDigits": 2, "currency": "MAD"}
                }
            }
        },
        "cooperative": {"value": {"slug": first.slug}},
        "translation": None,
        "defaultVariant": {
            "quantityAvailable": 5,
            "pricing": {"price": {"gross": {"amount": 180.5}}},
        },
    }


def test_unlisted_and_unpriced_products_are_hidden(engine: Engine, market: Market) -> None:
    # given a product that is only created, and one that is listed but has no price
    reference = [{"id": market.attribute, "reference": market.cooperatives[0].page}]
    fields = {
        "productType": market.product_type,
        "category": market.category,
        "attributes": reference,
    }
    engine.done("CreateProduct", input={"name": "Caché", **fields})
    unpriced = engine.done("CreateProduct", input={"name": "Sans prix", **fields})["product"]
    market.list(unpriced["id"])
    # then no buyer sees them, neither in the list nor by slug
    assert slugs(market) == []
    by_slug = "query($slug: String!, $c: String!) { product(slug: $slug, channel: $c) { id } }"
    asked = engine.buyer(by_slug, slug=unpriced["slug"], c=market.channel_slug)
    assert asked == {"product": None}
    # but the App does
    assert engine.as_app("ProductById", id=unpriced["id"])["product"]["name"] == "Sans prix"


def test_one_cooperatives_list(engine: Engine, market: Market) -> None:
    # given products of two cooperatives
    first, second = market.cooperatives
    of_first = [market.add_product(first).slug, market.add_product(first, name="Savon noir").slug]
    of_second = market.add_product(second).slug
    # when a buyer asks for one cooperative's
    assert sorted(slugs(market, where=page_of(first.slug, market))) == sorted(of_first)
    assert slugs(market, where=page_of(second.slug, market, "containsAll")) == [of_second]
    # and by the page's id
    reference = {"reference": {"referencedIds": {"containsAny": [second.page]}}}
    where = {"attributes": [{"slug": f"cooperative-{market.unique}", "value": reference}]}
    assert slugs(market, where=where) == [of_second]
    # and of both
    either = {"OR": [page_of(first.slug, market), page_of(second.slug, market)]}
    assert len(slugs(market, where=either)) == 3
    assert slugs(market, where=page_of("nobody", market)) == []


def test_filter_with_where_is_an_error(engine: Engine, market: Market) -> None:
    answer = engine.http.post(
        engine.url,
        json={
            "query": "query($c: String!) { products(first: 1, channel: $c,"
            " filter: {hasCategory: true}, where: {hasCategory: true}) { totalCount } }",
            "variables": {"c": market.channel_slug},
        },
    ).json()
    assert answer["errors"][0]["extensions"]["exception"]["code"] == "GraphQLError"


def test_order_and_pages_by_price(market: Market) -> None:
    if market.engine.is_real:
        pytest.skip("a real engine sorts by prices that its jobs work out later")
    # given five prices, two of them alike
    first = market.cooperatives[0]
    prices = (90, 30, 60, 30, 120)
    products = [market.add_product(first, price=price) for price in prices]
    by_slug = {each.slug: price for each, price in zip(products, prices, strict=True)}
    # when a buyer pages by price, two at a time
    sort = {"field": "MINIMAL_PRICE", "direction": "ASC"}
    seen, after = [], None
    while True:
        page = listed(market, sort=sort, first=2, after=after)
        seen += [edge["node"]["slug"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    # then each comes once, in order
    assert [by_slug[slug] for slug in seen] == [30, 30, 60, 90, 120]
    assert len(set(seen)) == 5
    # and a range keeps those within
    where = {"minimalPrice": {"range": {"gte": 50, "lte": 100}}}
    assert {by_slug[slug] for slug in slugs(market, where=where)} == {60, 90}


def test_asking_too_much_is_refused(engine: Engine, market: Market) -> None:
    from tests.contract.engine import Refused

    for page in ("", "first: 101, "):
        with pytest.raises(Refused):
            engine.buyer(
                f'{{ products({page}channel: "{market.channel_slug}")'
                " { edges { node { id } } } }"
            )


def test_search_folds_accents_and_case(engine: Engine, market: Market) -> None:
    first = market.cooperatives[0]
    product = market.add_product(first, name="Thé à la menthe séchée")
    market.add_product(first, name="Tapis berbère")
    # (a real engine indexes in a job, about 20 seconds later)
    engine.eventually(lambda: slugs(market, search="THE menthe") == [product.slug])
    assert slugs(market, search="seche") == [product.slug]
    assert slugs(market, search="safran") == []


def test_translations_and_a_slug_in_arabic(engine: Engine, market: Market) -> None:
    # given a product translated into Arabic
    product = market.add_product(market.cooperatives[0])
    slug = f"زيت-أركان-{market.unique}"
    engine.done(
        "TranslateProduct",
        id=product.id,
        language="AR",
        input={"name": "زيت أركان", "slug": slug, "description": '{"blocks": []}'},
    )
    # then it is found by its Arabic slug and shows its Arabic name
    found = engine.buyer(
        "query($slug: String!, $c: String!) { product(slug: $slug, slugLanguageCode: AR,"
        " channel: $c) { slug translation(languageCode: AR) { name description } } }",
        slug=slug,
        c=market.channel_slug,
    )["product"]
    assert found == {
        "slug": product.slug,
        "translation": {"name": "زيت أركان", "description": '{"blocks": []}'},
    }


def test_stock_and_translation_leave_the_date_of_change(engine: Engine, market: Market) -> None:
    product = market.add_product(market.cooperatives[0], quantity=3)
    before = engine.as_app("ProductById", id=product.id)["product"]
    # when stock and translations change
    stocks = [{"warehouse": market.cooperatives[0].warehouse, "quantity": 7}]
    engine.done("UpdateVariantStocks", variantId=product.variant, stocks=stocks)
    engine.done("TranslateProduct", id=product.id, language="FR", input={"name": "Huile"})
    # then the product's date of change is what it was
    after = engine.as_app("ProductById", id=product.id)["product"]
    assert after["updatedAt"] == before["updatedAt"]
    variant = after["productVariants"]["edges"][0]["node"]
    assert [stock["quantity"] for stock in variant["stocks"]] == [7]
    assert after["french"] == {"name": "Huile", "description": None}
    # while a new name moves it
    engine.done("UpdateProduct", id=product.id, input={"name": "Huile fine"})
    renamed = engine.as_app("ProductById", id=product.id)["product"]
    assert renamed["updatedAt"] > before["updatedAt"]
    since = engine.as_app("ProductsUpdatedSince", since=renamed["updatedAt"])["products"]
    assert [edge["node"]["id"] for edge in since["edges"]] == [product.id]


def test_a_picture_is_uploaded_and_served_smaller(engine: Engine, market: Market) -> None:
    product = market.add_product(market.cooperatives[0])
    # when a picture is uploaded as a file
    file = ("argan.png", picture(2000, 1000), "image/png")
    payload = engine.upload(
        "CreateProductMedia", file, "image", product=product.id, alt="Une bouteille"
    )["productMediaCreate"]
    assert payload["errors"] == []
    # then the product shows it
    media = engine.as_app("ProductById", id=product.id)["product"]["media"]
    assert [(each["alt"], each["type"]) for each in media] == [("Une bouteille", "IMAGE")]
    # and its address serves it, at most as large as asked (a real engine's by its web server)
    if not engine.is_real:
        answer = engine.http.get(payload["media"]["url"])
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(answer.content)).size == (1024, 512)


def test_pictures_are_put_in_another_order(engine: Engine, market: Market) -> None:
    product, other = (market.add_product(market.cooperatives[0]) for _ in range(2))
    first, second, foreign = (uploaded(engine, owner) for owner in (product, product, other))

    def reorder(*media: str) -> list[tuple[str, str]]:
        payload = engine.as_app("ReorderProductMedia", product=product.id, media=list(media))
        return [(e["field"], e["code"]) for e in payload["productMediaReorder"]["errors"]]

    assert reorder(second, first) == []
    media = engine.as_app("ProductById", id=product.id)["product"]["media"]
    by_order = sorted(media, key=lambda each: each["sortOrder"])
    assert [each["id"] for each in by_order] == [second, first]
    # every picture of the product has to be named, and no other
    assert reorder(second) == [("order", "INVALID")]
    assert reorder(second, foreign) == [("order", "NOT_PRODUCTS_IMAGE")]
    assert [code for _field, code in reorder(second, "UHJvZHVjdE1lZGlhOjA=")] == ["NOT_FOUND"]


def test_what_is_not_a_picture_is_refused(engine: Engine, market: Market) -> None:
    product = market.add_product(market.cooperatives[0])
    file = ("evil.png", b"<script>alert(1)</script>", "image/png")
    payload = engine.upload("CreateProductMedia", file, "image", product=product.id)
    assert [e["code"] for e in payload["productMediaCreate"]["errors"]] == ["INVALID"]


def test_a_taken_stock_keeping_unit_is_refused(engine: Engine, market: Market) -> None:
    product = market.add_product(market.cooperatives[0])
    fields = {"product": product.id, "sku": product.sku, "attributes": []}
    payload = engine.staff("CreateVariant", input=fields)["productVariantCreate"]
    assert [(e["field"], e["code"]) for e in payload["errors"]] == [("sku", "UNIQUE")]


def test_a_price_needs_the_product_in_the_channel(engine: Engine, market: Market) -> None:
    reference = [{"id": market.attribute, "reference": market.cooperatives[0].page}]
    product = engine.done(
        "CreateProduct",
        input={"name": "Neuf", "productType": market.product_type, "attributes": reference},
    )["product"]["id"]
    variant = engine.done("CreateVariant", input={"product": product, "attributes": []})
    payload = engine.staff(
        "UpdateVariantChannelListing",
        id=variant["productVariant"]["id"],
        input=[{"channelId": market.channel, "price": 10}],
    )["productVariantChannelListingUpdate"]
    assert [e["code"] for e in payload["errors"]] == ["PRODUCT_NOT_ASSIGNED_TO_CHANNEL"]


def test_many_products_in_one_call(engine: Engine, market: Market) -> None:
    # given five rows, one of which names no cooperative
    rows = [row(market, number) for number in range(4)]
    rows.append(row(market, 4, attributes=[{"id": market.attribute}]))
    # when they are created, the faulty one left out
    payload = engine.staff("BulkCreateProducts", products=rows)["productBulkCreate"]
    # then four are there, sellable at once, and the fifth says why it is not
    assert payload["count"] == 4
    assert [bool(each["product"]) for each in payload["results"]] == [True] * 4 + [False]
    assert [e["code"] for e in payload["results"][4]["errors"]] == ["REQUIRED"]
    sort = {"field": "PRICE", "direction": "DESC"}
    expected = [f"lot-{number}-{market.unique}" for number in (3, 2, 1, 0)]
    assert slugs(market, sort=sort) == expected
    node = listed(market, sort=sort)["edges"][0]["node"]
    # (a real engine names no default variant of what is made in bulk)
    assert node["isAvailable"] is True
    assert node["cooperative"] == {"value": {"slug": market.cooperatives[0].slug}}


def test_in_bulk_no_attribute_at_all_is_let_through(engine: Engine, market: Market) -> None:
    # (so our own writing always names the cooperative)
    payload = engine.staff("BulkCreateProducts", products=[row(market, 1, attributes=[])])
    assert payload["productBulkCreate"]["count"] == 1


def test_a_weight_says_its_unit(engine: Engine, market: Market) -> None:
    # when a product is made with a weight in grams
    made = row(market, 1, weight={"unit": "g", "value": 540})
    (result,) = engine.staff("BulkCreateProducts", products=[made])["productBulkCreate"]["results"]
    # then it weighs that, whatever the shop's unit is
    weight = engine.as_app("ProductById", id=result["product"]["id"])["product"]["weight"]
    assert (weight["unit"], weight["value"]) in {("G", 540), ("KG", 0.54)}


def test_deleting_a_product_takes_it_off(engine: Engine, market: Market) -> None:
    product: Product = market.add_product(market.cooperatives[0])
    deleted = engine.done("DeleteProduct", id=product.id)
    assert deleted["product"]["id"] == product.id
    assert slugs(market) == []


def test_unknown_media_is_404(engine: Engine) -> None:
    if engine.is_real:
        pytest.skip("a real engine serves media from its own address")
    answer = engine.http.get("http://engine.test/media/products/none.png")
    assert answer.status_code == 404
