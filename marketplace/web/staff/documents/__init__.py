"""A programme's documents: statements of cooperatives, commission invoices, annual summary."""
