"""Address of an invitation's link."""

from django.urls import path

from marketplace.web.accounts.invitations import views

urlpatterns = [path("<str:token>/", views.invitation, name="account-invitation")]
