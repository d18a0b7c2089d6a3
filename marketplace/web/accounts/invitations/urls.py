"""Address of an invitation's link."""

from django.urls import path

from marketplace.web.accounts.invitations import phone_views, views

urlpatterns = [
    path("phone/<str:token>/", phone_views.phone_link, name="account-phone-link"),
    path("<str:token>/", views.invitation, name="account-invitation"),
]
