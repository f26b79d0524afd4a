"""Papers as references: BibTeX, RIS, CSL-JSON and plain APA."""

from __future__ import annotations

from bot.text.references.forms import CITED, ReferenceForm, reference_key, render_references

__all__ = ["CITED", "ReferenceForm", "reference_key", "render_references"]
