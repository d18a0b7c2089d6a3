"""The shop's addresses: ``/`` and everything under ``/{market}/{language}/``."""

from django.urls import URLPattern, URLResolver, include, path

from marketplace.web.storefront.basket import views as basket
from marketplace.web.storefront.basket import voucher_views
from marketplace.web.storefront.checkout import cash_code
from marketplace.web.storefront.checkout import views as checkout
from marketplace.web.storefront.cooperatives import views as cooperatives
from marketplace.web.storefront.feeds import views as feeds
from marketplace.web.storefront.home import manifest
from marketplace.web.storefront.home import views as home
from marketplace.web.storefront.info import contact
from marketplace.web.storefront.info import views as info
from marketplace.web.storefront.listings import views as listings
from marketplace.web.storefront.search import suggest
from marketplace.web.storefront.search import views as search
from marketplace.web.storefront.sharing import views as sharing

app_name = "storefront"

shop_pages: list[URLPattern | URLResolver] = [
    path("", home.show_home, name="home"),
    path("market/", home.change_market, name="change-market"),
    path("search/", search.show_results, name="search"),
    path("search/suggest/", suggest.suggest, name="suggest"),
    path("search/chosen/", suggest.log_chosen, name="search-chosen"),
    path("category/<slug:slug>/", search.show_category, name="category"),
    path("goods/<slug:slug>/", listings.show_listing, name="listing"),
    path("cooperatives/", cooperatives.show_cooperatives, name="cooperatives"),
    path("cooperatives/<slug:slug>/", cooperatives.show_cooperative, name="cooperative"),
    path("basket/", basket.show_basket, name="basket"),
    path("basket/add/", basket.add_line, name="basket-add"),
    path("basket/lines/<uuid:variant_id>/", basket.change_line, name="basket-change"),
    path("basket/voucher/", voucher_views.enter_voucher, name="basket-voucher"),
    path("checkout/", checkout.ask_address, name="checkout"),
    path("checkout/offer/", checkout.ask_offer_address, name="checkout-offer"),
    path(
        "checkout/<uuid:attempt_id>/delivery/", checkout.choose_delivery, name="checkout-delivery"
    ),
    path("checkout/<uuid:attempt_id>/payment/", checkout.choose_payment, name="checkout-payment"),
    path(
        "checkout/<uuid:attempt_id>/payment/code/",
        cash_code.confirm_cash_order,
        name="checkout-cash-code",
    ),
    path("checkout/<uuid:attempt_id>/", include("marketplace.web.storefront.payment.urls")),
    path("", include("marketplace.web.storefront.conversations.urls")),
    path("", include("marketplace.web.storefront.reviews.urls")),
    path("account/", include("marketplace.web.storefront.account.urls")),
    path("orders/", include("marketplace.web.storefront.tracking.urls")),
    path("about/contact/", contact.show_contact, name="contact"),
    path("about/<slug:slug>/", info.show_page, name="info"),
    path("apply/", include("marketplace.web.storefront.applying.urls")),
    path("my-data/", include("marketplace.web.storefront.personal_data.urls")),
    path("legal/", include("marketplace.web.storefront.legal.urls")),
    path("manifest.webmanifest", manifest.show_manifest, name="manifest"),
    path("picture-<slug:digest>.jpg", sharing.show_shop, name="picture"),
    path(
        "category/<slug:slug>/picture-<slug:digest>.jpg",
        sharing.show_category,
        name="category-picture",
    ),
    path(
        "cooperatives/<slug:slug>/picture-<slug:digest>.jpg",
        sharing.show_cooperative,
        name="cooperative-picture",
    ),
    path(
        "goods/<slug:slug>/picture-<slug:digest>.jpg",
        sharing.show_listing,
        name="listing-picture",
    ),
    path("feeds/<slug:reader>.xml", feeds.show_feed, name="feed"),
]

urlpatterns = [
    path("", home.enter, name="enter"),
    path("<slug:market>/<slug:language>/", include(shop_pages)),
]
