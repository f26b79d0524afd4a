"""What brings papers into the catalogue: feeds, catching up, citing works, records in a file."""
