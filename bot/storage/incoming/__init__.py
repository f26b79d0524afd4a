"""What brings papers: mailings, catching up, citing works, imports; each with how far it came."""
