"""Addresses of a programme's cooperatives."""

from django.urls import path

from marketplace.web.staff.cooperatives import views

urlpatterns = [
    path("", views.list_cooperatives, name="cooperatives"),
    path("register/", views.register, name="cooperative-register"),
    path("by-name/<slug:slug>/", views.show_cooperative, name="cooperative"),
    path("by-name/<slug:slug>/publish/", views.publish, name="cooperative-publish"),
    path("by-name/<slug:slug>/pause/", views.pause, name="cooperative-pause"),
    path("by-name/<slug:slug>/leave/", views.let_leave, name="cooperative-leave"),
    path("by-name/<slug:slug>/members/", views.add_member, name="cooperative-member"),
    path(
        "by-name/<slug:slug>/marks/<int:mark_id>/verify/",
        views.verify_mark,
        name="cooperative-mark",
    ),
    path("by-name/<slug:slug>/account/confirm/", views.confirm_account, name="cooperative-account"),
    path(
        "by-name/<slug:slug>/account/told/<int:notice_id>/",
        views.told_by_phone,
        name="cooperative-account-told",
    ),
]
