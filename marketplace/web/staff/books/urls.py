"""Addresses of the books, under a programme."""

from django.urls import path

from marketplace.web.staff.books import closing_views, opening_views, views

urlpatterns = [
    path("", views.show_books, name="books"),
    path("trial-balance.csv", views.download_trial, name="books-trial"),
    path("trial-balance-base.csv", views.download_base_trial, name="books-base-trial"),
    path("journal.txt", views.download_fec, name="books-fec"),
    path("journal.csv", views.download_journal, name="books-journal"),
    path("close/", closing_views.close, name="books-close"),
    path("opening/", opening_views.bring_in, name="books-opening"),
    path("chart/", views.show_chart, name="books-chart"),
]
