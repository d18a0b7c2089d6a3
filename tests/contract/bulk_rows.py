"""Rows of a bulk import of products, and the list that shows them."""

from tests.contract.world import Market

LIST = """
query($channel: String!, $where: ProductWhereInput, $search: String, $sort: ProductOrder,
      $first: Int!, $after: String) {
  products(channel: $channel, where: $where, search: $search, sortBy: $sort,
           first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { node {
      slug name isAvailable
      pricing { priceRange { start { gross { fractionalAmount fractionDigits currency } } } }
      cooperative: assignedAttribute(slug: "%s") {
        ... on AssignedSinglePageReferenceAttribute { value { slug } }
      }
      translation(languageCode: AR) { name }
      defaultVariant { quantityAvailable pricing { price { gross { amount } } } }
    } }
  }
}"""


def listed(market: Market, **arguments: object) -> dict:  # type: ignore[type-arg]
    query = LIST % f"cooperative-{market.unique}"
    asked = {"channel": market.channel_slug, "first": 20, **arguments}
    found: dict = market.engine.buyer(query, **asked)["products"]  # type: ignore[type-arg]
    return found


def row(market: Market, number: int, **changes: object) -> dict[str, object]:
    cooperative = market.cooperatives[0]
    channel = {"channelId": market.channel}
    listing = {"isPublished": True, "visibleInListings": True, "isAvailableForPurchase": True}
    return {
        "name": f"Lot {number}",
        "slug": f"lot-{number}-{market.unique}",
        "externalReference": f"lot-{number}-{market.unique}",
        "productType": market.product_type,
        "category": market.category,
        "attributes": [{"id": market.attribute, "reference": cooperative.page}],
        "channelListings": [{**channel, **listing}],
        "variants": [
            {
                "attributes": [],
                "sku": f"LOT-{number}-{market.unique}",
                "externalReference": f"lot-{number}-{market.unique}-v",
                "stocks": [{"warehouse": cooperative.warehouse, "quantity": 4}],
                "channelListings": [{**channel, "price": 10 + number}],
            }
        ],
        **changes,
    }
