"""A programme's documents: the cooperatives' statements, invoices of the commission, the year."""
