"""Addresses of the cooperative's own page and account."""

from django.urls import path

from marketplace.web.portal.profile import views

urlpatterns = [
    path("", views.edit_contact, name="profile"),
    path("texts/<str:language>/", views.edit_text, name="profile-text"),
    path("bank-account/", views.bank_account, name="bank-account"),
    path("bank-account/change/", views.change_bank_account, name="bank-account-change"),
    path("bank-account/confirm/", views.confirm_bank_account, name="bank-account-confirm"),
]
