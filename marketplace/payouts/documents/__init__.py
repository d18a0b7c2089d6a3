"""Accounting documents: commission invoices and credit notes, the annual summary of sellers."""
