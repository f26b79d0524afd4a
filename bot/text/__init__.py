"""Text to text: folding, LaTeX, Markdown, the topic language."""
