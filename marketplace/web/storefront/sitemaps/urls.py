"""What robots ask for, at addresses that they know."""

from django.urls import path

from marketplace.web.storefront.sitemaps import index, robots, sections

app_name = "sitemaps"
urlpatterns = [
    path("robots.txt", robots.show_robots, name="robots"),
    path("sitemap.xml", index.show_index, name="index"),
    path("sitemaps/<slug:market>/pages.xml", sections.show_pages, name="pages"),
    path(
        "sitemaps/<slug:market>/cooperatives-<uuid:first>.xml",
        sections.show_cooperatives,
        name="cooperatives",
    ),
    path(
        "sitemaps/<slug:market>/listings-<uuid:first>.xml", sections.show_listings, name="listings"
    ),
]
