"""A programme's papers: the cooperatives' statements, invoices of the commission, the year."""
