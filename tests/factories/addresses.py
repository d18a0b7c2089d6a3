"""Addresses that buyers type."""

ADDRESS = {
    "name": "Salma Bennani",
    "phone": "٠٦٦١٢٢٣٣٤٤",
    "email": "salma@example.org",
    "country_code": "MA",
    "region_code": "MA-06",
    "city": "Casablanca",
    "line1": "12 rue des Orangers",
    "line2": "",
    "postal_code": "20000",
}
