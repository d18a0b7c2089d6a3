"""A programme's vouchers: proposed by one person, confirmed by another, stopped by either."""
