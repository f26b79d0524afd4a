"""Which watches want a paper, found without asking each."""
