"""Where our App's addresses stand, apart: to name them, nothing else of the site is loaded."""

from django.urls import include, path

urlpatterns = [path("saleor/", include("marketplace.saleor.urls"))]
