"""Papers: saved, merged, linked to their authors, found again."""
