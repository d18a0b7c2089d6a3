"""Addresses of the pages inside Saleor's Dashboard: a frame and its content each."""

from django.urls import path

from marketplace.web.dashboard import views

app_name = "dashboard"

urlpatterns = [
    path("", views.overview_frame, name="overview"),
    path("content/", views.overview, name="overview-content"),
    path("order/", views.order_frame, name="order"),
    path("order/content/", views.order, name="order-content"),
    path("product/", views.product_frame, name="product"),
    path("product/content/", views.product, name="product-content"),
]
