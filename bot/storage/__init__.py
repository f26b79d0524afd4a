"""The catalogue, watches and deliveries in SQLite."""
