"""A buyer follows an order by its link, without an account, and says what arrived."""
